"""What a page with a stream in it hands to its template; the same context serves the page, older and newer entries."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import jsonify, render_template, request
from flask_login import current_user
from sqlalchemy import select

from app.access import can, membership
from app.decisions import log
from app.decisions.models import Decision
from app.entries.cards import bookmarked, cards
from app.entries.models import Entry
from app.extensions import db
from app.feed import folding, streams
from app.people.models import Follow
from app.spaces.joining import has_asked
from app.spaces.models import Space
from app.web import PAGE_SIZE, is_fragment, whole_number

NEWS_LIMIT = 500
"""Of so many new entries a browser that was away is told; of more, that there are more."""


@dataclass
class Stream:
    """Entries and the way to older ones, as `components/_stream.html` shows them; or only which entries are new."""

    ids: list[int]
    entries: list[Entry]
    older_url: str | None
    bookmarked_ids: set[int]
    folds: list[folding.Fold] = field(default_factory=list)


def asks_for_news() -> bool:
    """Whether a browser wants to know which entries came after the newest it has: their ids, without the cards."""
    return "after" in request.args and request.headers.get("Accept") == "application/json"


def window() -> streams.Window:
    """The stretch of the stream that the address asks for."""
    return streams.Window(before=whole_number(request.args, "before"), after=whole_number(request.args, "after"),
                          limit=NEWS_LIMIT if asks_for_news() else PAGE_SIZE)


def stream(ids: list[int], older: int | None, **further) -> Stream:
    """Load the cards of a stretch. Where more is new than fits, the way to older entries ends at what was known;
    `further` goes along in its address.
    """
    entries = [] if asks_for_news() else cards(ids)
    older_url = _here(before=older, **further) if older is not None else None
    return Stream(ids, entries, older_url, bookmarked(entries))


def _here(**changes) -> str:
    """The address of this page with other arguments; those without a value are left out."""
    arguments = {key: value for key, value in (dict(request.args) | changes).items() if value is not None}
    return f"{request.path}?{urlencode(arguments)}"


def is_unfolded() -> bool:
    """Whether all entries are asked for, none folded away: what is inside of a line, or which ones are new."""
    return "unfolded" in request.args or asks_for_news()


def run_above() -> folding.Run:
    """The run of entries that ends the page above this one."""
    return folding.Run.read(request.args.get("run", ""))


def folded(page: folding.Page) -> Stream:
    """Load the cards of a page in which lines stand for what floods it."""
    shown = stream(page.ids, page.next, run=str(page.run))
    shown.folds = page.folds
    return shown


def inside(fold: folding.Fold) -> str:
    """The address of the entries a line stands for, on this page's view."""
    return _here(before=fold.id + 1, after=fold.oldest - 1 if fold.oldest > 1 else None, unfolded=1, run=None)


def is_stretch() -> bool:
    """Whether older or newer entries are asked for, or their ids, and not a page."""
    return asks_for_news() or (is_fragment() and ("before" in request.args or "after" in request.args))


def render(template: str, shown: Stream, **context):
    """The whole page; or for htmx, which asks for older or newer entries, only those; or the ids of what is new."""
    if asks_for_news():
        return jsonify(ids=shown.ids, more=shown.older_url is not None)
    if is_stretch():
        template = "components/_entries.html"
    return render_template(
        template, entries=shown.entries, folds=shown.folds, inside=inside, older_url=shown.older_url,
        bookmarked_ids=shown.bookmarked_ids, **context
    )


DISCUSSION = (Entry.kind == "post", Entry.title != "")
TABS = {"stream": (), "discussions": DISCUSSION} | {
    f"{kind}s": (Entry.kind == kind,) for kind in ("asset", "decision", "review", "learning")}
"""The views of a space, and what narrows its stream to them."""
STATES = {
    "discussions": {"open": Entry.resolved_at.is_(None), "resolved": Entry.resolved_at.is_not(None)},
    "decisions": {name: Entry.id.in_(select(Decision.id).where(condition)) for name, condition in log.STATES.items()},
}
"""How such a view is narrowed further."""


def follows(space: Space) -> int | None:
    """Whether who asks follows the space."""
    mine = (Follow.person_id == current_user.id, Follow.space_id == space.id)
    return db.session.scalar(select(Follow.id).where(*mine))


def space_page(template: str, space: Space, **context):
    """The page of a space: its stream, or one kind of entry. Who may not read sees what it is and how to get in."""
    if not can(current_user, "read", space):
        return render_template("spaces/closed_door.html", space=space, asked=has_asked(space, current_user))
    tab = request.args.get("tab", "stream")
    tab = tab if tab in TABS else "stream"
    state = request.args.get("state", "")
    narrowed = [STATES[tab][state]] if state in STATES.get(tab, {}) else []
    ids, older = streams.of_space(space, window(), *TABS[tab], *narrowed)
    standing = membership(current_user, space)
    return render(
        template, stream(ids, older), space=space, tab=tab, in_state=state, membership=standing, follows=follows(space),
        read_up_to=standing.read_entry_id if standing else None, stream_url=request.full_path.rstrip("?"),
        read_url=f"/spaces/{space.slug}/read" if standing and tab == "stream" else None, **context,
    )
