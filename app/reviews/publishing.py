"""A draft becomes a review: everybody who may read its place learns of it."""

from app.activity.recording import record
from app.extensions import db
from app.people.models import Person
from app.reviews import kinds
from app.reviews.actions import post_review
from app.reviews.draft_models import ReviewDraft
from app.reviews.drafting import authors, become
from app.reviews.file_taking import rows_of
from app.reviews.models import Review
from app.reviews.proposing import hand_over
from app.search import index
from app.spaces.models import Space


def publish_draft(draft: ReviewDraft, space: Space, title: str, *, actor: Person, **fields) -> Review:
    """Post what was drafted, in the name of `actor` and of all who wrote along; its deck moves into `space` with it.

    It becomes an entry only now, so that feeds and read marks see it as new.
    """
    deck, writers = draft.deck, [each for each in authors(draft) if each.id != actor.id]
    if deck:
        deck.space, deck.title = space, title.strip()
    review = post_review(space, title, actor=actor, deck=deck, draft=draft, **fields)
    review.co_authors, review.breakdown = writers, rows_of(draft)
    if writers:
        record(kinds.PostedTogether, actor=actor, entry=review)
    hand_over(draft, review)
    become(draft, review)
    if deck:
        index.write_entry(db.session, deck)
    return review
