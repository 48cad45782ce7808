"""What a page of a file is called: a slide of a deck, a page of a document, a picture."""

from flask_babel import gettext as _


def page_name(kind: str, number: int) -> str:
    """Inside a sentence: "slide 3"; `kind` is the `media_kind` of its file."""
    return {"deck": _("slide %(number)s", number=number), "image": _("picture")}.get(kind) \
        or _("page %(number)s", number=number)


def page_title(kind: str, number: int) -> str:
    """At the beginning of one: "Slide 3"."""
    return {"deck": _("Slide %(number)s", number=number), "image": _("Picture")}.get(kind) \
        or _("Page %(number)s", number=number)


def on_page(kind: str, number: int) -> str:
    """Where something is said: "on slide 3"."""
    return {"deck": _("on slide %(number)s", number=number), "image": _("on the picture")}.get(kind) \
        or _("on page %(number)s", number=number)
