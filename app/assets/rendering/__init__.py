"""Pages out of files: pictures, text and notes, made in a process of its own that may fail without harm."""

from app.assets.rendering.render import render
from app.assets.rendering.results import Limits, Rendered, RenderedPage, Unreadable

__all__ = ["Limits", "Rendered", "RenderedPage", "Unreadable", "render"]
