"""Printing the pages of an export: plain HTML that needs no script, no font and no server."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

from flask import current_app

from app.entries.anchors import clock
from app.entries.models import Entry
from app.export import names
from app.export.batches import Batch, Thread, pointers
from app.export.links import Desk, Links
from app.export.scope import Scope
from app.export.sinks import Sink
from app.export.voice import Voice
from app.learnings.strength import standing
from app.presentation import file_size
from app.reviews.kpis import kpis
from app.reviews.presentation import METRIC_NAMES, figure_text, kpi_missing, kpi_value

STYLE = Path(__file__).with_name("style.css")
PLAIN = "export/kinds/other.html"
SAID = SimpleNamespace(
    kpis=kpis, kpi_value=kpi_value, kpi_missing=kpi_missing, figure_text=figure_text, metric_names=METRIC_NAMES,
    standing=standing, clock=clock, size=file_size, names=names, address=names.address,
)
"""What templates compute with."""


class Printer:
    """Renders templates into the sink. `people` and `tags` are those that pages have linked to so far."""

    def __init__(self, scope: Scope, voice: Voice, sink: Sink, made_at: datetime) -> None:
        self.scope, self.voice, self.sink, self.made_at = scope, voice, sink, made_at
        self.people: set[int] = set()
        self.tags: set[str] = set()
        self.nav: list[tuple[str, object]] = []

    def page(self, name: str, template: str, links: Links, **shown) -> None:
        """A page at this place of the export."""
        up = "../" * name.count("/")
        found = current_app.jinja_env.get_template(template)
        self.sink.write(name, found.generate(
            desk=Desk(links, up), up=up, page=name, space=self.scope.space, person=self.scope.person, voice=self.voice,
            made_at=self.made_at, nav=self.nav, said=SAID, **shown,
        ))
        self.people |= links.named_people
        self.tags |= links.named_tags

    def thread(self, thread: Thread, batch: Batch, *, is_pinned: bool, lost: set[str]) -> None:
        """The page of a thread, and those of the older versions of an asset."""
        shown = {"thread": thread, "root": thread.root, "batch": batch, "is_pinned": is_pinned, "lost": lost,
                 "stand": _stand(batch)}
        if thread.part.template == PLAIN:
            shown["facts"] = facts(thread.root)
        self.page(thread.page, "export/thread.html", batch.links, **shown)
        for version in getattr(thread.root, "versions", ()):
            if version.has_pages and version is not thread.root.page_version:
                self.page(names.version_name(thread.page, version.number), "export/version.html", batch.links,
                          version=version, **shown)


def _stand(batch: Batch) -> Callable:
    """For templates: where the slide is that a comment speaks of, as (address from the top, number of the slide)."""

    def stand(comment) -> str | None:
        found = batch.stands.get(comment.version_id)
        spot = batch.links.spots.get(found.asset_id) if found else None
        if not (spot and spot.page and comment.page):
            return None
        page = spot.page if found.is_read else names.version_name(spot.page, found.number)
        return names.address(page, f"slide-{comment.page}")

    return stand


def facts(entry) -> list[tuple[str, object, bool]]:
    """What the table of an unknown kind says of an entry: (name, value, whether it is the id of an entry)."""
    known, found = {attribute.key for attribute in Entry.__mapper__.column_attrs}, []
    for attribute in type(entry).__mapper__.column_attrs:
        value = getattr(entry, attribute.key)
        is_pointer = attribute.key in pointers(type(entry))
        is_foreign = any(column.foreign_keys for column in attribute.columns)
        if attribute.key in known or value in (None, "", [], {}) or (is_foreign and not is_pointer):
            continue
        found.append((attribute.key.removesuffix("_id").replace("_", " "), value, is_pointer))
    return found
