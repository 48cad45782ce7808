"""Learnings: the library, a learning with its record, stating and changing one."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.access import entry_clause, fetch, writable_spaces
from app.activity.delivery import commit
from app.assets.models import Page, Version
from app.entries.cards import cards
from app.entries.models import Entry
from app.entries.places import usual_place
from app.entries.routes import thread_context
from app.extensions import db
from app.feed import pages
from app.learnings import actions, library
from app.learnings.forms import EvidenceForm, LearningEditForm, LearningForm, OtherForm, ResultForm, TrialForm
from app.learnings.models import DIMENSIONS, Contradiction, Evidence, Learning, Vouch
from app.learnings.places import places_of
from app.learnings.strength import STANDINGS
from app.reviews.models import Review
from app.spaces.models import Space
from app.web import done, whole_number

learnings = Blueprint("learnings", __name__)
OFFERED = 200
"""Learnings to choose another one from."""


def _shelf() -> library.Shelf:
    """What of the library the address asks for; what it does not know is passed over."""
    wanted = request.args
    return library.Shelf(
        scopes={name: wanted[name] for name in DIMENSIONS if wanted.get(name)},
        standing=wanted["standing"] if wanted.get("standing") in STANDINGS else None,
        stale=bool(wanted.get("stale")),
        order=wanted["order"] if wanted.get("order") in library.ORDERS else library.ORDERS[0],
    )


@learnings.get("/learnings")
def index():
    shelf = _shelf()
    ids, older = library.browse(current_user, shelf, pages.window())
    context = {}
    if not pages.is_stretch():
        filtered = bool(shelf.scopes or shelf.standing or shelf.stale)
        suits = [] if filtered else library.in_order(library.for_me(current_user))
        context = {"choices": library.choices(current_user), "suits": suits, "filtered": filtered}
    return pages.render("learnings/index.html", pages.stream(ids, older), shelf=shelf, standings=STANDINGS, **context)


@learnings.get("/learnings/<int:key>")
def show(key: int):
    fetch(Learning, key)
    return page(key)


def page(key: int, **forms) -> str:
    """The page of a learning, perhaps with a form that was refused."""
    [learning] = cards([key])
    trial_form = forms.get("trial_form") or TrialForm(formdata=None)
    offer_places(trial_form)
    return render_template(
        "learnings/show.html", learning=learning, trial_form=trial_form,
        result_form=forms.get("result_form") or ResultForm(formdata=None),
        evidence_form=forms.get("evidence_form") or EvidenceForm(formdata=None),
        evidence=_seen_evidence(learning), opposed=_opposed(learning), vouches=_vouches(learning),
        newer=_seen(learning.superseded_by_id), replaced=_replaced(learning),
        related=library.in_order(library.suiting(current_user, learning.narrowed_to, without=key)),
        **thread_context(learning),
    )


def offer_places(form: TrialForm) -> None:
    """The spaces a trial can run in: mine."""
    form.trial_space_id.choices = [("", _("no project"))] + [
        (space.id, space.name) for space in writable_spaces(current_user) if space.kind != "community"
    ]


def _seen_evidence(learning: Learning) -> list[Evidence]:
    """What it rests on, as far as the reader may see it."""
    query = select(Evidence).join(Evidence.entry).where(
        Evidence.learning_id == learning.id, entry_clause(current_user, Entry), Entry.deleted_at.is_(None)
    )
    return list(db.session.scalars(query.options(
        joinedload(Evidence.entry).joinedload(Entry.author), joinedload(Evidence.version).joinedload(Version.asset)
    ).order_by(Evidence.is_origin.desc(), Evidence.id)))


def _seen_learnings(condition) -> list[Learning]:
    query = select(Learning).where(condition, entry_clause(current_user, Learning), Learning.deleted_at.is_(None))
    return list(db.session.scalars(query.order_by(Learning.id)))


def _seen(key: int | None) -> Learning | None:
    return next(iter(_seen_learnings(Learning.id == key)), None) if key else None


def _replaced(learning: Learning) -> list[Learning]:
    return _seen_learnings(Learning.superseded_by_id == learning.id)


def _opposed(learning: Learning) -> list[Learning]:
    low = select(Contradiction.other_id).where(Contradiction.learning_id == learning.id)
    high = select(Contradiction.learning_id).where(Contradiction.other_id == learning.id)
    return _seen_learnings(or_(Learning.id.in_(low), Learning.id.in_(high)))


def _vouches(learning: Learning) -> list[Vouch]:
    query = select(Vouch).where(Vouch.learning_id == learning.id).options(joinedload(Vouch.person))
    return list(db.session.scalars(query.order_by(Vouch.at.desc())))


@learnings.route("/learnings/new", methods=["GET", "POST"])
def new():
    if current_user.is_guest:
        abort(403)
    form = LearningForm(**_beginning())
    if form.validate_on_submit():
        learning = _state(form)
        commit()
        return done(_("The learning is on record."), learning.url)
    spaces = writable_spaces(current_user)
    return render_template("learnings/form.html", form=form, spaces=spaces), 422 if form.errors else 200


def _beginning() -> dict:
    """What the form begins with: from a review its places, from an entry it is promoted from its words."""
    review_id, origin_id = (whole_number(request.args, name) for name in ("review", "from"))
    review = fetch(Review, review_id) if review_id else None
    origin = fetch(Entry, origin_id) if origin_id else None
    page = whole_number(request.args, "page")
    claim = request.args.get("claim") or (_words_of(origin, page) if origin else "")
    places = places_of(review) if review else {}
    return {
        "review_id": review_id, "origin_id": origin_id, "origin_page": page,
        "claim": claim, "space_id": whole_number(request.args, "space") or usual_place(current_user, Learning),
    } | {name: ", ".join(values) for name, values in places.items()}


def _words_of(origin: Entry, page: int | None) -> str:
    """What it says, or what its slide is called."""
    version = origin.page_version if page and origin.thread_id is None else None
    title = select(Page.title).where(Page.version_id == version.id, Page.number == page) if version else None
    return db.session.scalar(title) or origin.headline if version else origin.headline


def _state(form: LearningForm) -> Learning:
    space = fetch(Space, form.space_id.data, "post")
    review = fetch(Review, form.review_id.data) if form.review_id.data else None
    origin = fetch(Entry, form.origin_id.data) if form.origin_id.data else None
    return actions.state_learning(
        space, form.claim.data, actor=current_user, evidence=form.evidence.data, holds_for=form.holds_for.data,
        advice=form.advice.data, review=review, narrowed_to=form.narrowed_to, review_by=form.review_by.data,
        origin=actions.Ground(origin, form.origin_page.data) if origin else None,
    )


@learnings.route("/learnings/<int:key>/edit", methods=["GET", "POST"])
def change(key: int):
    learning = fetch(Learning, key, "edit")
    places = {name: ", ".join(values) for name, values in learning.narrowed_to.items()}
    form = LearningEditForm(obj=learning, data=places)
    if form.validate_on_submit():
        fields = {name: form[name].data for name in ("title", "body", "advice", "review_by", "holds_for")}
        actions.change_learning(learning, actor=current_user, narrowed_to=form.narrowed_to, **fields)
        commit()
        return done(_("Saved. How it read before is kept."), learning.url)
    return render_template("learnings/edit.html", form=form, learning=learning), 422 if form.errors else 200


@learnings.route("/learnings/<int:key>/relation", methods=["GET", "POST"])
def relate(key: int):
    """Say that another learning contradicts this one, or takes its place."""
    learning = fetch(Learning, key, "comment")
    form = OtherForm()
    others = _seen_learnings(Learning.id != key)[-OFFERED:]
    form.other_id.choices = [(each.id, each.title) for each in reversed(others)]
    if form.validate_on_submit():
        other = fetch(Learning, form.other_id.data)
        if form.relation.data == "contradicts":
            actions.contradict(learning, other, actor=current_user)
        else:
            actions.supersede(learning, other, actor=current_user)
        commit()
        return done(_("They point at each other now."), learning.url)
    return render_template("learnings/relate.html", form=form, learning=learning), 422 if form.errors else 200
