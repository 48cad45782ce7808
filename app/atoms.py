"""What every template can say without importing it: the macros of the components, icons, and parts that never change.

A page says these hundreds of times. Imported template by template, Jinja would build their modules anew for each card;
as globals they are built once, when the application is.
"""

from functools import lru_cache

from flask import Flask, current_app, render_template
from flask_babel import get_locale
from markupsafe import Markup

from app.entries.cards import runs

# Each file may use what stands above it.
MACROS = {
    "components/atoms.html": (
        "mark", "avatar", "person_link", "faces", "when", "button", "icon_button", "act", "menu_button", "tag", "state",
        "approval_state", "record", "record_text", "reaction_sign", "progress", "keep_button",
    ),
    "components/kinds.html": ("kind_name", "kinds_name", "kind_icon", "counted"),
    "components/forms.html": ("field", "form_errors", "csrf"),
    "components/upload.html": ("file_field", "sending"),
    "components/parts.html": (
        "tabs", "chips", "empty", "dialog", "menu", "menu_item", "older", "flashes", "notice", "breadcrumb", "table",
    ),
    "components/strip.html": ("strip",),
    "components/composer.html": ("composer",),
}

ANY_KEY = "\ue000"
"""Where keys stand in a part that is rendered once; nobody's words are in there, so nothing else reads like it."""


@lru_cache(maxsize=1000)
def icon(sprite: str, name: str, label: str | None = None, size: str = "", turns: bool = False) -> Markup:
    """A line drawing from the sprite: decoration beside a word, or named by `label` when it stands alone.

    `size` is "", "small" or "large"; `turns` mirrors it where text runs from right to left (arrows, chevrons).
    Templates know it without the first argument.
    """
    classes = f"icon{f' icon--{size}' if size else ''}{' icon--turns' if turns else ''}"
    role = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="{}" {}><use href="{}#{}"></use></svg>').format(classes, role, sprite, name)


def unchanging(template: str, **told) -> Markup:
    """A part that reads the same to everybody who speaks a language (and of whom the same is `told`): rendered once."""
    parts = current_app.extensions["unchanging_parts"]
    key = (template, str(get_locale()), *sorted(told.items()))
    if key not in parts:
        parts[key] = Markup(render_template(template, **told))
    return parts[key]


def repeated(template: str, key: int, **shape: bool | str) -> Markup:
    """A part that reads the same on every card but for the key of its entry, `key` in the template: rendered once for
    each language and `shape`, which is all else it may say. Nothing of an entry or of who reads belongs into it.
    """
    parts = current_app.extensions["unchanging_parts"]
    name = (template, str(get_locale()), *sorted(shape.items()))
    if name not in parts:
        parts[name] = render_template(template, key=ANY_KEY, **shape)
    return Markup(parts[name].replace(ANY_KEY, str(key)))


def init_app(app: Flask) -> None:
    """Build the macros; comes last, when everything they use is there."""
    app.jinja_env.filters["runs"] = runs
    known = app.jinja_env.globals
    asset_url = known["asset_url"]
    known.update(
        icon=lambda *arguments, **named: icon(asset_url("icons.svg"), *arguments, **named), unchanging=unchanging,
        repeated=repeated,
    )
    app.extensions["unchanging_parts"] = {}
    for template, names in MACROS.items():
        module = app.jinja_env.get_template(template).module
        known.update({name: getattr(module, name) for name in names})
