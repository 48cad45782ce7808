"""What marketing and sales do with a hand-off. Each action takes its actor, records what happened, never commits.

Whatever changes its state looks again once it holds the lock of the row: of two who accept at once one is told who was
first.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from app.access import who_may_read
from app.activity.kinds import Kind
from app.activity.recording import record
from app.db import now
from app.entries.actions import after_removal, comment, edit, publish, watch
from app.entries.models import Entry
from app.extensions import db
from app.handoffs import kinds, levels
from app.handoffs.clock import worked
from app.handoffs.models import OPEN, WAITING, Handoff, HandoffStep
from app.handoffs.queue_models import Queue
from app.people.models import Person
from app.reviews.models import Review
from app.spaces.models import Space

WITH_AMOUNT = ("opportunity", "won")
CHANGING = ("state", "turn", "person_id", "person", "queue_id", "queue", "working_hours", "taker_id", "taker",
            "outcome", "due_at", "warn_at", "remaining", "reminded",
            "answered_after")
PERSONAL = ("contact_name", "contact_role", "contact_email", "permission_channel", "permission_basis",
            "permission_words")


class Unfit(ValueError):
    """A `field` says what cannot be; the message says why in the reader's language."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class TooLate(ValueError):
    """It is no longer in a state for this; the message says who was first, or what it is now."""


def hand_over(
    space: Space, title: str, *, actor: Person, person: Person | None = None, queue: Queue | None = None,
    body: str = "", reads: Iterable[Entry] = (), review: Review | None = None, tier: str | None = None, **fields,
) -> Handoff:
    """Give a lead or a buying signal to a person or a queue; `fields` are further columns. Raises Unfit."""
    _check_addressee(space, person, queue)
    handoff = Handoff(space=space, title=title.strip(), body=body.strip(), person=person, queue=queue, review=review,
                      tier=tier or space.account.tier, reads=list(reads), state="waiting", created_at=now(), **fields)
    levels.start_answer(handoff, handoff.created_at)
    publish(handoff, actor=actor, kind=kinds.HandoffGiven)
    if person:
        watch(handoff, person)
    return handoff


def _check_addressee(space: Space, person: Person | None, queue: Queue | None) -> None:
    if (person is None) == (queue is None):
        raise Unfit("person", _("Give it to one person or to one queue."))
    if person and (person.is_guest or not who_may_read(space, [person.id])):
        raise Unfit("person", _("%(name)s cannot see this account.", name=person.name))
    if queue and (queue.closed_at or not who_may_read(space, queue.person_ids())):
        raise Unfit("queue", _("Nobody who works “%(queue)s” can see this account.", queue=queue.name))


def change_handoff(
    handoff: Handoff, *, actor: Person, reads: Iterable[Entry] | None = None, shown: Iterable[Entry] = (), **fields,
) -> Handoff:
    """Change what it says; how it read before is kept. Of what was read `reads` take the place of those `shown` to
    `actor`: what they cannot see stays.
    """
    if reads is not None:
        hidden = [each for each in handoff.reads if each not in set(shown)]
        handoff.reads = list(dict.fromkeys([*hidden, *reads]))
    edit(handoff, actor=actor, **fields)
    return handoff


def ask_back(handoff: Handoff, note: str, *, actor: Person) -> None:
    """Sales needs to know more first; its clock stops until marketing answers. Raises TooLate, Unfit."""
    _need(note)
    _expect(handoff, *WAITING)
    moment = now()
    handoff.remaining = int(worked(handoff.hours, moment, handoff.due_at).total_seconds())
    _note_first_answer(handoff)
    handoff.state, handoff.due_at, handoff.warn_at = "asked", None, None
    _tell(handoff, "asked", kinds.HandoffAsked, actor, note)


def answer(handoff: Handoff, note: str, *, actor: Person) -> None:
    """Marketing says what sales asked; the clock goes on. Raises TooLate, Unfit."""
    _need(note)
    _expect(handoff, "asked")
    handoff.state = "answered"
    levels.resume(handoff, now(), timedelta(seconds=handoff.remaining))
    _tell(handoff, "answered", kinds.HandoffAnswered, actor, note)


def pass_on(
    handoff: Handoff, note: str, *, actor: Person, person: Person | None = None, queue: Queue | None = None,
) -> None:
    """Give it to another person or queue, with words; the clock goes along, see `levels`.

    Accepted already, it waits for them anew, to be accepted or not; once something came of it, whom it is passed on to
    has it, and that is a person. Raises TooLate, Unfit.
    """
    _need(note)
    _check_addressee(handoff.space, person, queue)
    _expect(handoff, *OPEN, "accepted")
    before = {"person_id": handoff.person_id, "queue_id": handoff.queue_id}
    if handoff.state == "accepted":
        _take_from_taker(handoff, person, queue)
    elif before == {"person_id": person and person.id, "queue_id": queue and queue.id}:
        raise Unfit("person" if person else "queue", _("It waits there already."))
    with db.session.no_autoflush:
        handoff.person, handoff.queue = person, queue
        if handoff.outcome:
            handoff.taker = person
        elif handoff.state == "accepted":
            handoff.state, handoff.taker, handoff.turn = "waiting", None, handoff.turn + 1
            levels.pass_back(handoff, now())
        else:
            levels.pass_on(handoff, now())
    if person:
        watch(handoff, person)
    _tell(handoff, "passed", kinds.HandoffPassed, actor, note, **before)


def _take_from_taker(handoff: Handoff, person: Person | None, queue: Queue | None) -> None:
    if not handoff.next_outcomes:
        raise TooLate(_("What came of it last leaves no room for that."))
    if person and person.id == handoff.taker_id:
        raise Unfit("person", _("%(name)s has it already.", name=person.name))
    if handoff.outcome and queue:
        raise Unfit("queue", _("Something came of it already: give it to one person."))


def accept(handoff: Handoff, *, actor: Person, note: str = "") -> None:
    """It is theirs: out of the queue, with an outcome owed. Raises TooLate."""
    _expect(handoff, *OPEN)
    _note_first_answer(handoff)
    # State and clock change together, also where marketing still owes an answer.
    with db.session.no_autoflush:
        handoff.state, handoff.taker = "accepted", actor
        levels.start_outcome(handoff, now())
    watch(handoff, actor)
    _tell(handoff, "accepted", kinds.HandoffAccepted, actor, note)


def decline(handoff: Handoff, reason: str, *, actor: Person, note: str = "") -> None:
    """Sales does not take it, for a `reason` of the list. Raises TooLate, Unfit."""
    _expect(handoff, *OPEN)
    if reason not in levels.reasons():
        raise Unfit("reason", _("Choose a reason from the list."))
    _note_first_answer(handoff)
    levels.stop(handoff)
    handoff.state, handoff.taker, handoff.declined_because = "declined", actor, reason
    _tell(handoff, "declined", kinds.HandoffDeclined, actor, note, reason=reason)


def withdraw(handoff: Handoff, *, actor: Person, note: str = "") -> None:
    """Who gave it takes it back while nobody has accepted it. Raises TooLate."""
    _expect(handoff, *OPEN)
    levels.stop(handoff)
    handoff.state = "withdrawn"
    _tell(handoff, "withdrawn", kinds.HandoffWithdrawn, actor, note)


def tell_outcome(
    handoff: Handoff, outcome: str, *, actor: Person, note: str = "", amount: Decimal | None = None,
    currency: str = "", reason: str = "", day: date | None = None,
) -> None:
    """What came of it: a meeting, an opportunity or a win with an amount, a loss with a reason, or back to marketing
    for a day. Raises TooLate, Unfit.
    """
    _expect(handoff, "accepted")
    if outcome not in handoff.next_outcomes:
        raise TooLate(_("What came of it last leaves no room for that."))
    _check_outcome(outcome, amount, reason, day)
    amount = amount if outcome in WITH_AMOUNT else None
    currency = currency if amount is not None else ""
    levels.stop(handoff)
    handoff.outcome = outcome
    if amount is not None:
        handoff.amount, handoff.currency = amount, currency
    handoff.recycle_on = day if outcome == "recycled" else None
    _tell(handoff, outcome, kinds.OUTCOMES[outcome], actor, note, amount=amount, currency=currency,
          reason=reason if outcome in ("lost", "recycled") else "", day=handoff.recycle_on)


def _check_outcome(outcome: str, amount: Decimal | None, reason: str, day: date | None) -> None:
    if outcome in WITH_AMOUNT and amount is None:
        raise Unfit("amount", _("Say how much it is worth."))
    if outcome == "lost" and not reason.strip():
        raise Unfit("reason", _("Say why it was lost."))
    if outcome == "recycled" and day is None:
        raise Unfit("day", _("Say from which day marketing should try again."))


def _expect(handoff: Handoff, *states: str) -> None:
    """Take the row for ourselves, and go on only where it is in one of these states."""
    table, held_by, turn = Handoff.__table__, (handoff.person_id, handoff.queue_id), handoff.turn
    taker_id = handoff.taker_id
    db.session.execute(select(table.c.id).where(table.c.id == handoff.id).with_for_update())
    db.session.refresh(handoff, CHANGING)
    if (handoff.person_id, handoff.queue_id) != held_by or handoff.turn != turn:
        raise TooLate(_("It was passed on to %(name)s.", name=(handoff.person or handoff.queue).name))
    if taker_id and handoff.taker_id not in (taker_id, None):
        raise TooLate(_("It was passed on to %(name)s.", name=handoff.taker.name))
    if handoff.state not in states:
        raise TooLate(_standing(handoff))


def _standing(handoff: Handoff) -> str:
    """What it is by now, and by whom."""
    name = handoff.taker.name if handoff.taker else handoff.author.name
    return {
        "accepted": _("%(name)s accepted this already.", name=name),
        "declined": _("%(name)s declined this already.", name=name),
        "withdrawn": _("%(name)s took this back.", name=handoff.author.name),
        "asked": _("It waits for marketing to answer first."),
    }.get(handoff.state) or _("It waits for sales again.")


def _need(note: str) -> None:
    if not note.strip():
        raise Unfit("note", _("Write what you want to say."))


def _note_first_answer(handoff: Handoff) -> None:
    """Sales said something for the first time: how much working time that took."""
    if handoff.answered_after is None:
        took = worked(handoff.hours, handoff.created_at, now())
        handoff.answered_after = max(int(took.total_seconds()), 0)


def _tell(handoff: Handoff, step: str, kind: type[Kind], actor: Person, note: str, **said) -> None:
    """Write the step down, its note as a comment of the thread, and who should know."""
    words = comment(handoff, note, actor=actor, kind=kinds.HandoffNoted) if note.strip() else None
    db.session.flush()
    db.session.add(HandoffStep(handoff_id=handoff.id, step=step, turn=handoff.turn, by_id=actor.id, created_at=now(),
                               comment_id=words.id if words else None, **said))
    told = {name: str(value) for name, value in said.items() if value and name in ("amount", "currency", "reason")}
    record(kind, actor=actor, entry=handoff, **told)


@after_removal
def forget(entry: Entry) -> None:
    """With a hand-off that is deleted go the names in it; nobody owes anything for it any more."""
    if not isinstance(entry, Handoff):
        return
    for name in PERSONAL:
        setattr(entry, name, "")
    entry.reads = []
    if entry.is_open:
        levels.stop(entry)
        entry.state = "withdrawn"
