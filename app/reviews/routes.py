"""Campaign reviews: the list with its filters, the page with its deck, posting and changing one."""

from datetime import timedelta

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import entry_clause, fetch, writable_spaces
from app.activity.delivery import commit
from app.annotations.pins import by_page
from app.annotations.pins import wanted as wanted_pins
from app.assets.actions import keep
from app.assets.changes import changes
from app.assets.models import Asset, Page
from app.assets.routes import slide_talk
from app.assets.store import StoreError
from app.assets.talk import talk
from app.assets.uploads import name_sent, refusal
from app.db import now
from app.entries.beside import beside
from app.entries.cards import bookmarked, cards, thread
from app.entries.places import usual_place
from app.entries.references import known
from app.extensions import db
from app.feed import pages, streams
from app.learnings.models import Learning
from app.reviews import actions
from app.reviews.breakdown_view import breakdown_tables
from app.reviews.commitment_page import promises
from app.reviews.currencies import company_currency, last_rates
from app.reviews.drafting import start_draft
from app.reviews.figure_table import figure_table
from app.reviews.filters import choices, conditions, wanted
from app.reviews.forms import ReviewForm
from app.reviews.key_points import points_of
from app.reviews.models import Review
from app.reviews.presentation import headline_kpis, kpi_missing, kpi_value
from app.reviews.quarters import quarter_of, spoken
from app.reviews.queue import queue
from app.spaces.models import Space
from app.web import done, looking_first, whole_number

reviews = Blueprint("reviews", __name__)
OPEN_FOR = timedelta(days=14)
"""How long a review takes questions, unless its authors say otherwise."""
reviews.add_app_template_filter(kpi_value)
reviews.add_app_template_filter(kpi_missing)
reviews.add_app_template_filter(headline_kpis)
reviews.add_app_template_filter(spoken, "quarter")


@reviews.get("/reviews")
def index():
    asked = wanted(request.args)
    ids, older = streams.of_kind(current_user, Review, pages.window(), *conditions(asked))
    return pages.render(
        "reviews/index.html", pages.stream(ids, older), wanted=asked, choices=choices(current_user), choosing=True,
    )


@reviews.get("/reviews/<int:key>")
def show(key: int):
    fetch(Review, key)
    [review] = cards([key])
    version = review.page_version
    slides = list(db.session.scalars(select(Page).where(Page.version_id == version.id).order_by(Page.number))) \
        if version else []
    slide = min(max(whole_number(request.args, "slide") or 1, 1), max(len(slides), 1))
    comments = thread(review)
    spoken = talk(comments, version)
    learnings = select(Learning.id).where(
        Learning.review_id == key, entry_clause(current_user, Learning), Learning.deleted_at.is_(None)
    )
    return render_template(
        "reviews/show.html", review=review, version=version, slides=slides, slide=slide,
        spoken=spoken, changes=changes(version, slides), known=known(review),
        figures=None if review.is_deleted else figure_table(current_user, review),
        breakdowns=breakdown_tables(review),
        learnings=cards(db.session.scalars(learnings)), questions=queue(comments, current_user),
        points=points_of(review, comments), pins=by_page(spoken.on, wanted_pins(request.args)),
        pins_shown=wanted_pins(request.args), thread=review, comments=spoken.whole,
        bookmarked_ids=bookmarked([review, *comments]), reply_to=whole_number(request.args, "reply"),
        beside=beside(review), **promises(review),
    )


@reviews.get("/reviews/<int:key>/talk")
def made_of_talk(key: int):
    """The key points and the questions alone, for browsers that were told something was said."""
    review = fetch(Review, key)
    comments = thread(review)
    return render_template("reviews/_talk.html", review=review, version=review.page_version,
                           points=points_of(review, comments), questions=queue(comments, current_user))


@reviews.get("/reviews/<int:key>/slides/<int:number>/thread")
def slide_thread(key: int, number: int):
    """The talk about one slide, for the deck viewer."""
    review = fetch(Review, key)
    return slide_talk(review, review.deck, number)


@reviews.route("/reviews/new", methods=["GET", "POST"])
def new():
    if current_user.is_guest:
        abort(403)
    with looking_first():
        form = ReviewForm(**beginning())
        is_draft = request.form.get("then") == "draft"
        is_right = not is_draft and form.validate_on_submit()
        if is_right:
            fetch(Space, form.space_id.data, "post")
    if is_draft:
        return _keep_as_draft(form)
    if is_right:
        deck = kept_deck(form)
        if not form.deck.errors:
            space = fetch(Space, form.space_id.data, "post")
            review = actions.post_review(space, actor=current_user, deck=deck, **form.posting())
            commit()
            return done(_("Your review is posted."), review.url)
    return form_page(form)


def beginning() -> dict:
    """What the form of a new review says before anybody typed."""
    return {"quarter": quarter_of(now()), "currency": company_currency(), "closes_on": now().date() + OPEN_FOR,
            "space_id": whole_number(request.args, "space") or usual_place(current_user, Review)}


def _keep_as_draft(form: ReviewForm):
    """Nobody else sees it yet, so nothing has to be complete."""
    deck = kept_deck(form)
    if form.deck.errors:
        return form_page(form)
    draft = start_draft(form.typed(), actor=current_user, deck=deck)
    commit()
    return done(_("Kept as a draft. Only its authors see it."), draft.url)


def kept_deck(form: ReviewForm):
    """The deck's bytes in the store, or an error beside the field."""
    if not form.deck.data:
        return None
    try:
        return keep(form.deck.data.stream, name_sent(form.deck.data))
    except StoreError as error:
        form.deck.errors = [refusal(error)]
        return None


def form_page(form: ReviewForm, **context):
    """The form, with its errors if it has some. `context` may hold the `review` or the `draft` it changes."""
    form.propose_rates(last_rates(current_user))
    page = render_template(
        "reviews/form.html", form=form, spaces=writable_spaces(current_user), choices=choices(current_user),
        **{"review": None, "draft": None, **context},
    )
    return (page, 422) if form.errors else page


@reviews.route("/reviews/<int:key>/edit", methods=["GET", "POST"])
def edit(key: int):
    with looking_first():
        review = fetch(Review, key, "edit", options=[selectinload(Review.deck).selectinload(Asset.versions)])
        present = {**{name: getattr(review, name) for name in actions.FIELDS}, "title": review.title,
                 "body": review.body, "space_id": review.space_id, "channels": ", ".join(review.channels),
                 "next_steps": review}
        form = ReviewForm(data=present)
        is_right = form.validate_on_submit()
    if is_right:
        deck = kept_deck(form)
        if not form.deck.errors:
            review = fetch(Review, key, "edit")
            actions.change_review(review, actor=current_user, deck=deck, **form.fields())
            commit()
            return done(_("Saved. How it read before is kept."), review.url)
    return form_page(form, review=review)
