"""What the page of an account tells at a glance, above its stream: what changed, what waits, what was done lately."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from app.accounts.models import Account
from app.conversations.models import Promise
from app.conversations.promises import open_in as open_promises
from app.db import now
from app.decisions.log import open_in
from app.decisions.models import Decision
from app.entries.models import QUIET, Entry
from app.entries.pinning import pinned
from app.extensions import db
from app.feed.visits import Since, last_visit, since
from app.handoffs.models import Handoff
from app.handoffs.waiting import open_at as open_handoffs
from app.people.models import Person
from app.spaces.models import Space

LATELY = timedelta(days=30)
OPEN_SHOWN = 6
"""So many open hand-offs, and promises of each side, stand above the stream."""


@dataclass(frozen=True)
class Overview:
    """Everything on it is for who may read the account's group; `lately` counts entries of the last 30 days by kind.
    `handoffs` and `promises` are what is open on either side, what is due first at the top.
    """

    since: Since | None
    pinned: list[Entry]
    open_decisions: list[Decision]
    handoffs: list[Handoff]
    promises: list[Promise]
    lately: dict[str, int]


def overview(account: Account, reader: Person) -> Overview:
    """Seven statements, whatever was said there."""
    space = account.space
    return Overview(since(last_visit(space, reader)), pinned(space), open_in(space.id, reader),
                    open_handoffs(space, reader, OPEN_SHOWN + 1), open_promises(space, reader), _lately(space))


def _lately(space: Space) -> dict[str, int]:
    count = func.count()
    query = select(Entry.kind, count).where(
        Entry.space_id == space.id, Entry.thread_id.is_(None), Entry.deleted_at.is_(None), Entry.kind != QUIET,
        Entry.happened_at > now() - LATELY)
    return dict(db.session.execute(query.group_by(Entry.kind).order_by(count.desc(), Entry.kind)).all())
