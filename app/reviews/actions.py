"""Posting a campaign review, with its deck and what was learned."""

from collections.abc import Callable, Sequence

from app.assets.actions import KeptFile, add_version, upload
from app.assets.models import Asset
from app.entries.actions import edit, expect_usable, publish
from app.learnings.actions import state_learning
from app.people.models import Person
from app.reviews.commitments import owed, tell_owners
from app.reviews.currencies import company_currency
from app.reviews.draft_models import ReviewDraft
from app.reviews.figures import OWN_TARGETS
from app.reviews.models import Review
from app.spaces.models import Space

FIELDS = (
    "programme", "quarter", "region", "segment", "channels", "starts_on", "ends_on", "currency", "budget", "cost",
    "expected_responses", "sent", "responses", "leads", "mqls", "sqls", "opportunities", "pipeline", "won", "margin",
    "new_customers", "what_worked", "what_did_not", "closes_on", "rate", "rate_on", *OWN_TARGETS,
)

POSTINGS: list[Callable[[Review, ReviewDraft | None], None]] = []


def after_posting(follow: Callable[[Review, ReviewDraft | None], None]):
    """Register what a feature does when a review was posted, with the draft it was, in the same transaction."""
    POSTINGS.append(follow)
    return follow


def post_review(
    space: Space, title: str, *, actor: Person, body: str = "", deck: KeptFile | Asset | None = None,
    learnings: Sequence[dict] = (), draft: ReviewDraft | None = None, **fields,
) -> Review:
    """Post the review of a campaign with its figures and, if there is one, its deck: a new file becomes an asset.

    Each of `learnings` (what `state_learning` takes, `claim` at least) becomes an entry beside it. `draft` says which
    draft it was until now; `publishing.py` makes a review of that. Raises NotUsable for a deck that may not be used.
    """
    if isinstance(deck, Asset) and draft is None:
        expect_usable(deck)
    asset = upload(space, deck, actor=actor, title=title) if isinstance(deck, KeptFile) else deck
    fields = {"currency": company_currency()} | fields
    review = Review(space=space, title=title.strip(), body=body.strip(), deck=asset, **fields)
    publish(review, actor=actor)
    tell_owners(review, actor=actor)
    for each in learnings:
        state_learning(space, actor=actor, review=review, **each)
    for follow in POSTINGS:
        follow(review, draft)
    return review


def change_review(review: Review, *, actor: Person, deck: KeptFile | None = None, **fields) -> Review:
    """Change what a review says; a new deck file is a new version of its deck.

    A rate belongs to its currency: in another one it is gone, unless a new one is given.
    """
    if fields.get("currency", review.currency) != review.currency:
        fields = {"rate": None, "rate_on": None} | fields
    if deck and review.deck:
        add_version(review.deck, deck, actor=actor)
    elif deck:
        asset: Asset = upload(review.space, deck, actor=actor, title=review.title)
        fields["deck"] = asset
    before = owed(review)
    edit(review, actor=actor, **fields)
    tell_owners(review, actor=actor, before=before)
    return review
