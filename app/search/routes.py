"""The search page and the suggestions of the search box."""

from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import select

from app.access import space_clause
from app.extensions import db
from app.learnings.models import DIMENSIONS
from app.search.finder import Found, find
from app.search.language import TEXT_LENGTH
from app.search.similar import similar
from app.search.suggestions import PICKED, named, seen_among, suggest, titled
from app.spaces.models import Space
from app.web import is_fragment, whole_number

search = Blueprint("search", __name__)
WORDS = 400
KINDS = ("post", "comment", "review", "learning", "asset", "decision", "task", "handoff", "conversation",
         "sending", "news")
PICKS = {"asset": ("asset",), "read": ("asset", "review", "learning", "decision", "post")}
"""What is picked in forms, by the name of their field: of which kinds."""


@search.get("/search")
def index():
    text = request.args.get("q", "").strip()
    kind = request.args.get("kind", "")
    space_id = whole_number(request.args, "space_id")
    found, is_long = None, len(text) > TEXT_LENGTH
    text = text[:TEXT_LENGTH]
    if text and not is_long:
        found = find(current_user, text, kind=kind if kind in KINDS else None, space_id=space_id,
                     cursor=request.args.get("cursor"))

    def link(**changes) -> str:
        chosen = {"q": text, "kind": kind, "space_id": space_id} | changes
        return "/search?" + urlencode({name: value for name, value in chosen.items() if value})

    template = "search/_hits.html" if is_fragment() and "cursor" in request.args else "search/index.html"
    page = render_template(
        template, text=text, kind=kind, space_id=space_id, found=found, link=link,
        longest=TEXT_LENGTH if is_long else None, spaces=_spaces(found), total=_total(found),
        called=[] if kind or space_id or not text else named(current_user, text),
    )
    return (page, 422) if is_long else page


def _spaces(found: Found | None) -> list[tuple[Space, int]]:
    """The spaces of the facets, by how much was found in them."""
    counts = found.facets["space"] if found else {}
    query = select(Space).where(Space.id.in_(counts), space_clause(current_user))
    return sorted(((space, counts[space.id]) for space in db.session.scalars(query)), key=lambda pair: -pair[1])


def _total(found: Found | None) -> str:
    if found is None:
        return ""
    if found.total_is_more:
        return _("More than %(count)s found", count=found.total)
    return ngettext("%(num)s found", "%(num)s found", found.total)


@search.get("/search/suggest")
def suggestions():
    """What the search box offers while typing: people, spaces, titles."""
    text = request.args.get("q", "").strip()[:TEXT_LENGTH]
    found = suggest(current_user, text) if text else []
    return render_template("search/_suggestions.html", text=text, suggestions=found)


@search.get("/pick/<name>")
def picks(name: str):
    """What a form's search found by title, with what is ticked there already."""
    if name not in PICKS:
        abort(404)
    text = request.args.get(f"find-{name}", "").strip()[:TEXT_LENGTH]
    chosen = seen_among(current_user, request.args.getlist(name, type=int)[:PICKED])
    found = titled(current_user, text, PICKS[name], but=[each.id for each in chosen]) if text else []
    return render_template("search/_picks.html", name=name, chosen=chosen, found=found)


@search.get("/similar")
def similar_before():
    """What colleagues have already tried of this sort: beside a form while it is filled in, or a page of its own."""
    words = " ".join(filter(None, (request.args.get(name, "").strip() for name in ("q", "programme"))))[:WORDS]
    places = {name: _parts(request.args.get(name, "")) for name in DIMENSIONS}
    found = similar(current_user, words, places)
    template = "search/_similar.html" if is_fragment() else "search/similar.html"
    return render_template(template, found=found, words=words)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
