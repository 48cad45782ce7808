"""Posting a campaign review, with its deck and what was learned."""

from collections.abc import Sequence

from app.assets.actions import KeptFile, add_version, upload
from app.assets.models import Asset
from app.entries.actions import edit, publish
from app.learnings.actions import state_learning
from app.people.models import Person
from app.reviews.commitments import owed, tell_owners
from app.reviews.models import Review
from app.spaces.models import Space

FIELDS = (
    "programme", "quarter", "region", "segment", "channels", "starts_on", "ends_on", "currency", "budget", "cost",
    "expected_responses", "sent", "responses", "leads", "mqls", "sqls", "opportunities", "pipeline", "won", "margin",
    "new_customers", "what_worked", "what_did_not",
)


def post_review(
    space: Space, title: str, *, actor: Person, body: str = "", deck: KeptFile | Asset | None = None,
    learnings: Sequence[dict] = (), **fields,
) -> Review:
    """Post the review of a campaign with its figures and, if there is one, its deck: a new file becomes an asset.

    Each of `learnings` (what `state_learning` takes, `claim` at least) becomes an entry beside it.
    """
    asset = upload(space, deck, actor=actor, title=title) if isinstance(deck, KeptFile) else deck
    review = Review(space=space, title=title.strip(), body=body.strip(), deck=asset, **fields)
    publish(review, actor=actor)
    tell_owners(review, actor=actor)
    for each in learnings:
        state_learning(space, actor=actor, review=review, **each)
    return review


def change_review(review: Review, *, actor: Person, deck: KeptFile | None = None, **fields) -> Review:
    """Change what a review says; a new deck file is a new version of its deck."""
    if deck and review.deck:
        add_version(review.deck, deck, actor=actor)
    elif deck:
        asset: Asset = upload(review.space, deck, actor=actor, title=review.title)
        fields["deck"] = asset
    before = owed(review)
    edit(review, actor=actor, **fields)
    tell_owners(review, actor=actor, before=before)
    return review
