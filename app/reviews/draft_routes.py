"""Drafts of reviews: written by one or several, kept as it is typed, published when it is ready."""

from flask import jsonify, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, or_
from sqlalchemy.orm import selectinload
from werkzeug.datastructures import MultiDict

from app.access import fetch, visible
from app.activity.delivery import commit
from app.assets.models import Asset
from app.extensions import db
from app.forms import tidy
from app.people.models import Person
from app.reviews import drafting
from app.reviews.draft_models import ReviewDraft
from app.reviews.forms import ReviewForm
from app.reviews.publishing import publish_draft
from app.reviews.quarters import PATTERN, neighbour
from app.reviews.routes import form_page, kept_deck, reviews
from app.reviews.said import said_before
from app.spaces.models import Space
from app.web import done, looking_first

DRAFTS_SHOWN = 50


@reviews.get("/reviews/drafts")
def drafts():
    """What I am writing, alone or with others, the last one saved first."""
    mine = visible(current_user, ReviewDraft).where(ReviewDraft.posted_at.is_(None))
    newest = mine.order_by(ReviewDraft.saved_at.desc()).limit(DRAFTS_SHOWN)
    found = list(db.session.scalars(newest.options(selectinload(ReviewDraft.deck), selectinload(ReviewDraft.saved_by))))
    return render_template("reviews/drafts.html", drafts=found)


@reviews.route("/reviews/drafts/<int:key>", methods=["GET", "POST"])
def draft(key: int):
    with looking_first():
        found = _draft(key)
    if found.posted_at:
        return redirect(found.review.url if found.review else "/reviews", code=303)
    if request.method == "GET":
        return _page(found, ReviewForm(formdata=MultiDict(found.fields)))
    form = ReviewForm()
    deck = kept_deck(form)
    found = _draft(key)
    drafting.write(found, form.typed(), actor=current_user)
    if deck:
        drafting.attach_deck(found, deck, actor=current_user)
    publishing = request.form.get("then") == "publish"
    # A deck that was refused stays an error: validating again would forget it.
    if publishing and not form.deck.errors and form.validate():
        space = fetch(Space, form.space_id.data, "post")
        if _all_may_read(found, form, space):
            return _publish(found, form, space)
    commit()
    drafting.tell_authors(found)
    return _page(found, form) if form.errors else done(_("Saved. Only its authors see it."), found.url)


def _all_may_read(found: ReviewDraft, form: ReviewForm, space: Space) -> bool:
    """Whether everybody who wrote it may see it where it goes; else it says so beside the place."""
    shut_out = drafting.locked_out(found, space)
    if shut_out:
        names = ", ".join(each.name for each in shut_out)
        form.space_id.errors = [_("%(names)s wrote it along and cannot look in there: choose another.", names=names)]
    return not shut_out


def _publish(found: ReviewDraft, form: ReviewForm, space: Space):
    review = publish_draft(found, space, actor=current_user, **form.posting())
    commit()
    drafting.tell_authors(found)
    return done(_("Your review is posted."), review.url)


@reviews.route("/reviews/drafts/<int:key>/fields", methods=["GET", "POST"])
def draft_fields(key: int):
    """What the draft says, for browsers that keep it while it is typed. Only the fields that are sent change."""
    found = _draft(key)
    if found.posted_at:
        posted = jsonify(posted=found.review.url if found.review else "/reviews")
        return posted, 409 if request.method == "POST" else 200
    if request.method == "POST":
        typed = ReviewForm().typed()
        was = {name: tidy(request.form[f"was.{name}"]) for name in typed if f"was.{name}" in request.form}
        fields = {name: typed[name] for name in request.form if name in typed}
        drafting.write(found, fields, actor=current_user, based_on=was)
        commit()
        drafting.tell_authors(found)
    return jsonify(fields=found.fields, saved_at=found.saved_at.isoformat())


@reviews.get("/reviews/drafts/<int:key>/deck")
def draft_deck(key: int):
    """The viewer again: how far the slides are, or all of them."""
    found = _draft(key)
    if found.newest_version is None:
        # A page that asks once more while its draft is being posted has nothing to show any more.
        return "", 204
    return render_template("reviews/_draft_deck.html", draft=found, **_slides(found))


@reviews.post("/reviews/drafts/<int:key>/authors")
def invite_author(key: int):
    found = _draft(key)
    typed = request.form.get("handle", "").strip()
    # SQLite knows the capitals of ASCII only: a name as it is written is found as well.
    named = or_(Person.name == typed, func.lower(Person.name) == typed.lower(),
                Person.handle == typed.removeprefix("@").lower())
    colleagues = visible(current_user, Person).where(Person.deactivated_at.is_(None), Person.role != "guest")
    matching = list(db.session.scalars(colleagues.where(named).limit(2)))
    if len(matching) != 1:
        wrong = _("Several people have this name: use their @handle.") if matching else _(
            "Nobody here is called %(name)s.", name=typed)
        form = ReviewForm(formdata=MultiDict(found.fields))
        return _page(found, form, wrong_author=wrong, author_typed=typed), 422
    [person] = matching
    drafting.invite_author(found, person, actor=current_user)
    commit()
    return done(_("%(name)s can write along now.", name=person.name), found.url)


@reviews.post("/reviews/drafts/<int:key>/authors/<int:person_id>/end")
def remove_author(key: int, person_id: int):
    """Who began it takes anybody out; everybody else goes of themselves."""
    found = _draft(key, "draft" if person_id == current_user.id else "discard")
    person = fetch(Person, person_id)
    drafting.remove_author(found, person)
    commit()
    onward = "/reviews/drafts" if person_id == current_user.id else found.url
    return done(_("%(name)s does not write along any more.", name=person.name), onward)


@reviews.post("/reviews/drafts/<int:key>/end")
def discard_draft(key: int):
    drafting.discard(_draft(key, "discard"), actor=current_user)
    commit()
    return done(_("The draft is gone."), "/reviews/drafts")


def _draft(key: int, verb: str = "draft") -> ReviewDraft:
    return fetch(ReviewDraft, key, verb, options=[selectinload(ReviewDraft.deck).selectinload(Asset.versions)])


def _slides(found: ReviewDraft) -> dict:
    version = found.newest_version
    return {"version": version, "slides": version.pages if version else []}


def _page(found: ReviewDraft, form: ReviewForm, **context):
    quarter = found.said("quarter")
    said = said_before(current_user, found.said("programme"), found.said("region"), quarter)
    return form_page(
        form, draft=found, authors=drafting.authors(found), said=said,
        last_quarter=neighbour(quarter, -1) if PATTERN.fullmatch(quarter) else "", **_slides(found), **context,
    )
