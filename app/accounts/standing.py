"""What stands open with many customers at once: the same hand-offs and promises that the page of one tells of, counted
in bounded statements. Only what the reader may see counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Date, case, func, literal, select, union_all
from sqlalchemy.orm import aliased, joinedload

from app.access import visible
from app.accounts.models import Account
from app.accounts.touched import Touched, last_touches
from app.conversations.models import Conversation, Promise
from app.conversations.promises import late
from app.db import now
from app.extensions import db
from app.handoffs.models import Handoff
from app.handoffs.waiting import IS_OPEN, IS_OWED, first_at, living
from app.people.models import Person
from app.spaces.models import Space

SOON = timedelta(days=7)
"""A promise of ours needs something once its day is as near as that."""


@dataclass(frozen=True)
class Standing:
    """An account, what is open and late with it, and when it was last touched. `handoff` is the open one that is due
    first; `due_on` the first day of what we promised.
    """

    account: Account
    handoffs: int = 0
    late_handoffs: int = 0
    ours: int = 0
    late_ours: int = 0
    late_theirs: int = 0
    due_on: date | None = None
    handoff: Handoff | None = None
    touched: Touched | None = None

    @property
    def is_late(self) -> bool:
        """Whether anybody is late with anything."""
        return bool(self.late_handoffs or self.late_ours or self.late_theirs)


COUNTS = ("handoffs", "late_handoffs", "ours", "late_ours", "late_theirs")


def open_work(reader: Person, space_ids: Iterable[int] | None = None):
    """Per account's space what is open, as a subquery: COUNTS, `due_on`, on which `day` something is due first, and
    whether it `needs` something now: a hand-off that waits for a word, a promise of ours that is due within SOON, one
    of theirs that is over. One statement goes ahead.
    """
    moment = now()
    handoffs, promises = _handoffs(reader, moment), _promises(reader, moment)
    if space_ids is not None:
        handoffs = handoffs.where(Handoff.space_id.in_(space_ids))
        promises = promises.where(Conversation.space_id.in_(space_ids))
    rows = union_all(handoffs, promises).subquery()
    counts = [func.sum(rows.c[name]).label(name) for name in COUNTS]
    return select(rows.c.space_id, *counts, func.max(rows.c.needs).label("needs"), func.min(rows.c.day).label("day"),
                   func.min(rows.c.due_on).label("due_on")).group_by(rows.c.space_id).subquery()


def _flag(condition):
    return case((condition, 1), else_=0)


def _columns(space_id, *, needs, day, due_on, **counts) -> list:
    return [space_id.label("space_id"), *(counts.get(name, literal(0)).label(name) for name in COUNTS),
            needs.label("needs"), day.label("day"), due_on.label("due_on")]


def _handoffs(reader: Person, moment):
    """What waits for an answer of marketing has no clock: it is for today."""
    day = case((Handoff.state == "asked", literal(moment.date(), Date)), else_=func.date(Handoff.due_at, type_=Date))
    return living(reader).where(IS_OPEN).with_only_columns(*_columns(
        Handoff.space_id, needs=_flag(IS_OWED), day=day, due_on=case((literal(1) == 0, literal(None, Date))),
        handoffs=literal(1), late_handoffs=_flag(Handoff.due_at < moment)))


def _promises(reader: Person, moment):
    """What they promised is counted once it is late: until then it is theirs."""
    owner = aliased(Person)
    ours, is_late = Promise.side == "ours", late(moment, owner)
    query = visible(reader, Promise).join(Space, Space.id == Conversation.space_id).outerjoin(
        owner, owner.id == Promise.owner_id).where(
        Promise.outcome.is_(None), Conversation.deleted_at.is_(None), Space.archived_at.is_(None), ours | is_late)
    soon = Promise.due_on <= moment.date() + SOON
    return query.with_only_columns(*_columns(
        Conversation.space_id, needs=_flag(is_late | (ours & soon)), day=Promise.due_on,
        due_on=case((ours, Promise.due_on)), ours=_flag(ours), late_ours=_flag(ours & is_late),
        late_theirs=_flag(~ours & is_late)))


def standings(account_ids: list[int], reader: Person) -> list[Standing]:
    """How these accounts stand, in their order; five statements."""
    query = select(Account).where(Account.id.in_(account_ids)).options(
        joinedload(Account.marketing_owner), joinedload(Account.sales_owner), joinedload(Account.parent))
    accounts = {each.id: each for each in db.session.scalars(query)}
    spaces = [each.space_id for each in accounts.values()]
    counted = open_work(reader, spaces)
    counts = {row.space_id: row for row in db.session.execute(select(counted))}
    first, touches = first_at(spaces, reader), last_touches(account_ids, reader)
    found = []
    for account in (accounts[key] for key in account_ids if key in accounts):
        row, space_id = counts.get(account.space_id), account.space_id
        open_now = {name: getattr(row, name) for name in (*COUNTS, "due_on")} if row else {}
        found.append(Standing(account, handoff=first.get(space_id), touched=touches.get(space_id), **open_now))
    return found
