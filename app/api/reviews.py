"""Campaign reviews."""

from flask_login import current_user

from app.access import allow, fetch
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Text, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.problems import Invalid
from app.api.review_inputs import ReviewIn, columns, with_steps
from app.api.showing import expect_usable, living, one, stretch
from app.assets.models import Asset
from app.feed import streams
from app.reviews import actions, closing
from app.reviews.currencies import company_currency, rate_errors
from app.reviews.filters import conditions
from app.reviews.models import Review
from app.spaces.models import Space


class ReviewQuery(PlainQuery):
    space_id = key(written=True)
    quarter = Text(7, metadata={"description": "“2026-Q3”, or a whole year, “2026”."})
    region = Text(60)
    programme = Text(120)
    channel = Text(60)
    segment = Text(120)


@operation("GET", "/reviews", query=paged_query(ReviewQuery), returns=SCHEMAS["review"], paged=True)
def list_reviews(query):
    """Reviews I may see, newest first."""
    window = streams.Window(before=query.pop("cursor"), limit=query.pop("limit"))
    place = [Review.space_id == query["space_id"]] if "space_id" in query else []
    return stretch(*streams.of_kind(current_user, Review, window, *place, *conditions(query)))


@operation("POST", "/reviews", body=ReviewIn(), returns=SCHEMAS["review"], status=201)
def create_review(body):
    """Post the review of a campaign, and with it what was learned: each of `learnings` becomes an entry of its own."""
    space = fetch(Space, body.pop("space_id"), "post")
    learnings, deck_id = body.pop("learnings"), body.pop("deck_id", None)
    if wrong := rate_errors(body.get("currency", company_currency()), body.get("rate"), body.get("rate_on")):
        raise Invalid({name: [message] for name, message in wrong.items()})
    deck = living(Asset, deck_id) if deck_id else None
    if deck:
        expect_usable("deck_id", deck)
    review = actions.post_review(space, body.pop("title"), actor=current_user, deck=deck, learnings=[
        {"claim": each["title"], "evidence": each["body"], "holds_for": each["holds_for"], "advice": each["advice"]}
        for each in learnings
    ], **with_steps(columns(body), Review(space_id=space.id)))
    return one(review, status=201)


@operation("GET", "/reviews/<key:review_id>", returns=SCHEMAS["review"], etag=True)
def read_review(review_id):
    """One review."""
    return one(living(Review, review_id))


@operation("PUT", "/reviews/<key:review_id>/closing", returns=SCHEMAS["review"])
def close_review(review_id):
    """No more questions: what is said from now on is a follow-up."""
    review = _writable(review_id)
    closing.close(review, actor=current_user)
    return one(review)


@operation("DELETE", "/reviews/<key:review_id>/closing", status=204)
def reopen_review(review_id):
    """Questions again, until somebody closes it."""
    closing.reopen(_writable(review_id), None, actor=current_user)


def _writable(review_id: int) -> Review:
    review = living(Review, review_id)
    allow("edit", review)
    return review
