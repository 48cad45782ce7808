"""Proposals of a deck: kept when it was read, taken over or put aside one by one."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.activity.recording import record
from app.assets.models import Version
from app.db import now
from app.extensions import db
from app.people.models import Person
from app.reviews import kinds
from app.reviews.actions import change_review
from app.reviews.figures import AMOUNTS
from app.reviews.models import Review
from app.reviews.proposal_models import DeckProposal
from app.reviews.proposals import Proposal
from app.reviews.quarters import quarter_of

TEXTS = ("what_worked", "what_did_not")
LISTS = ("channels", "next_steps")


def propose(review: Review, version: Version, proposals: Iterable[Proposal]) -> int:
    """Keep what `version` of the deck proposes beyond what the review says already; how many that is.

    What an earlier version proposed and nobody decided on is gone.
    """
    stale = delete(DeckProposal).where(DeckProposal.review_id == review.id, DeckProposal.state == "open")
    db.session.execute(stale)
    new = [each for each in proposals if not says(review, each)]
    db.session.add_all(
        DeckProposal(review_id=review.id, version_id=version.id, **each.as_json()) for each in new
    )
    review.deck_read_version_id = version.id
    if new:
        record(kinds.DeckRead, actor=None, entry=review, count=len(new))
    return len(new)


def says(review: Review, proposal: Proposal) -> bool:
    """Whether the review says this already."""
    present = getattr(review, proposal.field)
    if proposal.field in TEXTS:
        return proposal.value.strip() in present
    if proposal.field in LISTS:
        return set(proposal.value) <= set(present)
    return present == proposal.value


def accept(proposed: DeckProposal, *, actor: Person) -> Review:
    """Take the value over: texts and lists are added to what is there, anything else takes its place.

    Other values for the same field are settled with it.
    """
    review, proposal = proposed.review, proposed.proposal
    _decide(proposed, "accepted")
    if proposal.field not in TEXTS + LISTS:
        rivals = select(DeckProposal).where(
            DeckProposal.review_id == review.id, DeckProposal.field == proposal.field, DeckProposal.state == "open"
        )
        for rival in db.session.scalars(rivals):
            _decide(rival, "dismissed")
    return change_review(review, actor=actor, **{proposal.field: _together(review, proposal)})


def _together(review: Review, proposal: Proposal):
    present = getattr(review, proposal.field)
    if proposal.field in TEXTS:
        return "\n\n".join(filter(None, (present.strip(), proposal.value.strip())))
    if proposal.field in LISTS:
        return list(dict.fromkeys([*present, *proposal.value]))
    return proposal.value


def dismiss(proposed: DeckProposal) -> None:
    """Put it aside; what the review says stays."""
    _decide(proposed, "dismissed")


def _decide(proposed: DeckProposal, state: str) -> None:
    proposed.state, proposed.decided_at = state, now()
    db.session.flush()


def waiting(review: Review) -> list[DeckProposal]:
    """What nobody has decided on, in the order of the deck."""
    query = select(DeckProposal).where(DeckProposal.review_id == review.id, DeckProposal.state == "open")
    return list(db.session.scalars(query.order_by(DeckProposal.page, DeckProposal.id)))


def certain(review: Review, proposals: list[DeckProposal]) -> list[DeckProposal]:
    """Those that can be taken over unseen: the deck is sure and says nothing else, and nobody has said otherwise."""
    by_field: dict[str, list[DeckProposal]] = {}
    for each in proposals:
        by_field.setdefault(each.field, []).append(each)
    return [each for name, group in by_field.items() for each in group
            if each.certainty == "sure" and (name in TEXTS + LISTS or (len(group) == 1 and _is_open(review, name)))]


def _is_open(review: Review, name: str) -> bool:
    """Whether a field holds nothing that somebody chose; quarter and currency begin with a guess of the form."""
    if name == "quarter":
        return review.quarter == quarter_of(review.created_at)
    if name == "currency":
        return all(getattr(review, amount) is None for amount in AMOUNTS)
    return getattr(review, name) in (None, "")
