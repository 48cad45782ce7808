"""Telling what came of a next step, and carrying it into the next review. Actions take their actor, never commit."""

from collections import defaultdict
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from app.access import who_may_see
from app.activity.recording import record
from app.db import now
from app.entries.actions import after_removal
from app.entries.markdown import beginning
from app.entries.models import Entry
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.reviews import kinds
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.search import index

WORDS = 200
"""So many characters of a commitment stand in the sentence that tells of it."""


class NeedsReason(ValueError):
    """What is dropped is dropped for a reason."""


class IsCarried(ValueError):
    """It lives on in a later review: what comes of it is told there."""


class IsSettled(ValueError):
    """What came of it is told already: only who owes it, or may change its review, corrects that."""


class CannotOwe(ValueError):
    """Who owes it cannot see the review into which it would be carried; says so in the reader's language."""


def owed(review: Review) -> set[tuple[int, int]]:
    """Which open commitments of a review are whose, to know later what is new: `(commitment id, person id)`."""
    return {(each.id, each.owner_id) for each in review.commitments if each.is_open and each.owner_id}


def tell_owners(review: Review, *, actor: Person, before: set[tuple[int, int]] = frozenset()) -> None:
    """Let everybody know what they owe now and did not `before`, each once."""
    db.session.flush()
    new = owed(review) - before
    texts = defaultdict(list)
    for each in review.commitments:
        if (each.id, each.owner_id) in new:
            texts[each.owner_id].append(each.text)
    for owner_id, owing in texts.items():
        owner = db.session.get(Person, owner_id)
        record(kinds.CommitmentMade, actor=actor, entry=review, person=owner, what=beginning("; ".join(owing), WORDS))


def settle(
    commitment: Commitment, outcome: str, *, actor: Person, did: str = "", reason: str = "",
    done_on: date | None = None, told_in: Review | None = None,
) -> Commitment:
    """Say what came of it: done or partly, on `done_on` (default: the actor's today), or dropped for a `reason`.

    May be corrected, but not from a later review: `told_in` is the one in which it is said first. Raises NeedsReason,
    IsCarried, IsSettled.
    """
    _lock(commitment)
    if commitment.outcome == "carried":
        raise IsCarried
    if told_in and not commitment.is_open:
        raise IsSettled
    if outcome == "dropped" and not reason.strip():
        raise NeedsReason
    commitment.did, commitment.reason = did.strip(), reason.strip()
    commitment.done_on = None if outcome == "dropped" else done_on or today_for(actor)
    _end(commitment, outcome, actor, told_in)
    record(kinds.CommitmentSettled, actor=actor, entry=commitment.review, person=commitment.owner,
           what=beginning(commitment.text, WORDS), outcome=outcome)
    return commitment


def reopen(commitment: Commitment, *, actor: Person) -> bool:
    """Nothing came of it yet, after all; False if that was so. Raises IsCarried."""
    _lock(commitment)
    if commitment.outcome == "carried":
        raise IsCarried
    if commitment.is_open:
        return False
    commitment.reopen()
    record(kinds.CommitmentReopened, actor=actor, entry=commitment.review, person=commitment.owner,
           what=beginning(commitment.text, WORDS))
    return True


def carry(
    commitment: Commitment, review: Review, *, actor: Person, due_on: date | None = None, did: str = "",
) -> Commitment:
    """Promise it again in a later review, by `due_on` (default: the day it had); the new commitment.

    What was done partly stays so, anything else counts as carried. Raises IsCarried for what is, IsSettled for what is
    done or dropped, CannotOwe.
    """
    _lock(commitment)
    if commitment.outcome == "carried" or commitment.carried_into:
        raise IsCarried
    if commitment.outcome not in (None, "partly"):
        raise IsSettled
    if commitment.owner and not who_may_see(review, [commitment.owner_id]):
        raise CannotOwe(_("%(name)s cannot see this review, and so cannot owe it.", name=commitment.owner.name))
    place = max((each.position for each in review.commitments), default=-1) + 1
    again = Commitment(position=place, text=commitment.text, owner_id=commitment.owner_id,
                       due_on=due_on or commitment.due_on, carried_from=commitment)
    review.commitments.append(again)
    if commitment.is_open:
        commitment.did = did.strip()
        _end(commitment, "carried", actor, review)
    db.session.flush()
    db.session.expire(commitment, ["carried_into"])
    index.write_entry(db.session, review)
    record(kinds.CommitmentCarried, actor=actor, entry=review, person=commitment.owner,
           what=beginning(commitment.text, WORDS))
    return again


def _lock(commitment: Commitment) -> None:
    """Whoever settles it at the same time waits, and then sees what we made of it."""
    db.session.execute(select(Commitment.id).where(Commitment.id == commitment.id).with_for_update())
    db.session.refresh(commitment, ["outcome"])
    db.session.expire(commitment, ["carried_into"])


def _end(commitment: Commitment, outcome: str, actor: Person, told_in: Review | None) -> None:
    commitment.outcome, commitment.settled_at, commitment.settled_by = outcome, now(), actor
    commitment.told_in_id = told_in.id if told_in else None
    db.session.flush()


@after_removal
def let_go(entry: Entry) -> None:
    """A review that was withdrawn promises nothing; what was carried into it is open again where it was said."""
    if isinstance(entry, Review):
        entry.steps = []
