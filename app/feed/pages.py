"""What a page with a stream in it hands to its template; the same context serves the page, older and newer entries."""

from dataclasses import dataclass

from flask import render_template, request
from flask_login import current_user
from sqlalchemy import select

from app.access import can, membership
from app.entries.cards import bookmarked, cards
from app.entries.models import Entry
from app.extensions import db
from app.feed import streams
from app.people.models import Follow
from app.spaces.models import Space
from app.web import is_fragment, whole_number


@dataclass
class Stream:
    """Entries and the way to older ones, as `components/_stream.html` shows them."""

    entries: list[Entry]
    older_url: str | None
    bookmarked_ids: set[int]


def window() -> streams.Window:
    """The stretch of the stream that the address asks for."""
    return streams.Window(before=whole_number(request.args, "before"), after=whole_number(request.args, "after"))


def stream(ids: list[int], older: int | None) -> Stream:
    """Load the cards of a stretch."""
    entries = cards(ids)
    arguments = {key: value for key, value in request.args.items() if key not in ("before", "after")}
    older_url = None
    if older is not None and "after" not in request.args:
        query = "&".join(f"{key}={value}" for key, value in (arguments | {"before": older}).items())
        older_url = f"{request.path}?{query}"
    return Stream(entries, older_url, bookmarked(entries))


def is_stretch() -> bool:
    """Whether htmx asks for older or newer entries only, not for a page."""
    return is_fragment() and ("before" in request.args or "after" in request.args)


def render(template: str, shown: Stream, **context):
    """The whole page; or for htmx, which asks for older or newer entries, only those."""
    if is_stretch():
        template = "components/_entries.html"
    return render_template(
        template, entries=shown.entries, older_url=shown.older_url, bookmarked_ids=shown.bookmarked_ids, **context
    )


TABS = ("stream", "assets", "decisions", "reviews", "learnings")
KIND_OF_TAB = {"assets": "asset", "decisions": "decision", "reviews": "review", "learnings": "learning"}


def space_page(template: str, space: Space, **context):
    """The page of a space: its stream, or one kind of entry. Who may not read sees what it is and how to get in."""
    if not can(current_user, "read", space):
        return render_template("spaces/closed_door.html", space=space)
    tab = request.args.get("tab", "stream")
    tab = tab if tab in TABS else "stream"
    ids, older = streams.of_space(space, window(), kind=KIND_OF_TAB.get(tab))
    standing = membership(current_user, space)
    follows = db.session.scalar(
        select(Follow.id).where(Follow.person_id == current_user.id, Follow.space_id == space.id)
    )
    return render(
        template, stream(ids, older), space=space, tab=tab, membership=standing, follows=follows,
        read_up_to=standing.read_entry_id if standing else None, stream_url=request.full_path.rstrip("?"),
        read_url=f"/spaces/{space.slug}/read" if standing and tab == "stream" else None, **context,
    )
