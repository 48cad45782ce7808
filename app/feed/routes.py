"""Home, and the pages of tags, people and communities: each a stream."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.access import fetch
from app.activity.delivery import commit
from app.entries.actions import mark_all_read
from app.entries.models import Entry
from app.entries.reference_models import Tag
from app.extensions import db
from app.feed import catching_up, pages, streams, unflooded
from app.feed.profile import accounts_of, campaigns_of
from app.feed.rail import due
from app.feed.trending import about, trending
from app.learnings.effect import effect_of
from app.lists.showing import own
from app.people.actions import follow, unfollow
from app.people.models import Follow, Person
from app.spaces.models import Space
from app.web import done, whole_number

feed = Blueprint("feed", __name__)


@feed.get("/")
def home():
    view = request.args.get("view", streams.VIEWS[0])
    if view not in streams.VIEWS:
        abort(404)
    if view == "unread" or pages.is_unfolded():
        shown = pages.stream(*streams.home(current_user, pages.window(), view))
    else:
        shown = pages.folded(unflooded.home(current_user, pages.window(), view, pages.run_above()))
    whole = {} if pages.is_stretch() else {"due": due(current_user)}
    if whole and view == "unread":
        whole["waiting"] = streams.unread_kinds(current_user)
    elif whole and view == streams.VIEWS[0]:
        whole |= {"news": catching_up.news(current_user), "own": own(current_user), "trends": trending(current_user)}
    return pages.render("feed/home.html", shown, view=view, stream_url=request.full_path, **whole)


@feed.post("/read")
def read_all():
    """I have caught up: everything up to the newest entry I was shown is read."""
    mark_all_read(whole_number(request.form, "entry_id") or 0, actor=current_user)
    commit()
    return done(_("You have caught up."), url_for("feed.home"))


@feed.get("/write")
def write():
    """The composer on a page of its own, for readers without JavaScript and for links."""
    return render_template("entries/write.html", form=None)


@feed.get("/tags/<name>")
def tag(name: str):
    found = _tag(name)
    ids, older = streams.tagged(current_user, found.id, pages.window())
    if not ids:
        abort(404)  # whether a tag exists only in entries I may not see is none of my business
    follows = db.session.scalar(select(Follow.id).where(Follow.person_id == current_user.id, Follow.tag_id == found.id))
    writers, related = about(found, current_user)
    return pages.render("feed/tag.html", pages.stream(ids, older), tag=found, follows=follows, writers=writers,
                        related=related, trends=trending(current_user))


@feed.post("/tags/<name>/follow")
def follow_tag(name: str):
    found = _tag(name)
    mine = db.session.scalar(select(Follow.id).where(Follow.person_id == current_user.id, Follow.tag_id == found.id))
    if not mine and not streams.tagged(current_user, found.id, streams.Window(limit=1))[0]:
        abort(404)  # as its page does
    (unfollow if mine else follow)(current_user, tag=found)
    commit()
    return redirect(url_for("feed.tag", name=found.name), code=303)


@feed.get("/people/<handle>")
def profile(handle: str):
    """A colleague: what they work on, their campaigns and accounts, what they wrote."""
    person = fetch(Person, handle=handle)
    ids, older = streams.of_kind(
        current_user, Entry, pages.window(), Entry.author_id == person.id, *streams.ROOTS
    )
    follows = db.session.scalar(
        select(Follow.id).where(Follow.person_id == current_user.id, Follow.followed_id == person.id)
    )
    return pages.render(
        "people/profile.html", pages.stream(ids, older), person=person, follows=follows,
        campaigns=campaigns_of(person, current_user), accounts=accounts_of(person, current_user),
        effect=effect_of(person, current_user),
    )


@feed.get("/communities/<slug>")
def community(slug: str):
    return pages.space_page("spaces/show.html", fetch(Space, verb="see", slug=slug, kind="community"))


def _tag(name: str) -> Tag:
    return db.session.scalar(select(Tag).where(Tag.name == name.lower())) or abort(404)
