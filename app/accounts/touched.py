"""When we and a customer last had to do with each other: what was said to each other, by whatever way, and what was
sent. Of these the reader may see; each account's latest is found by an index.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, case, func, literal_column, or_, select, union_all
from sqlalchemy.orm import aliased

from app.access import entry_clause
from app.accounts.models import Account
from app.conversations.mail_models import Mail
from app.conversations.models import Conversation
from app.db import only_where
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.sendings.models import Sending

TOUCHES = ("conversation", "sending")
"""Kinds of entries that are a touch. A later letter of a conversation is one too, and a comment: `Mail` finds it."""
# Written out, or the partial index would not be found by what is asked for.
_IS_TOUCH = Entry.kind.in_([literal_column(f"'{each}'") for each in TOUCHES])
Index("ix_entries_touches", Entry.space_id, Entry.happened_at, Entry.id, **only_where(
    f"kind IN {TOUCHES} AND thread_id IS NULL AND deleted_at IS NULL"))


@dataclass(frozen=True)
class Touched:
    """`kind` and `channel` say by what; a letter is a conversation by mail."""

    at: datetime
    kind: str
    channel: str
    url: str


def _latest(reader: Person, column):
    """Of an entry in the account of the row outside, scalar."""
    query = select(column).where(
        Entry.space_id == Account.space_id, Entry.thread_id.is_(None), Entry.deleted_at.is_(None), _IS_TOUCH,
        entry_clause(reader))
    return query.order_by(Entry.happened_at.desc(), Entry.id.desc()).limit(1).correlate(Account).scalar_subquery()


def _latest_letter(reader: Person, column):
    letter = aliased(Entry)
    query = select(column).join(letter, letter.id == Mail.entry_id).where(
        Mail.account_id == Account.id, letter.deleted_at.is_(None), entry_clause(reader, letter))
    return query.order_by(Mail.sent_at.desc(), Mail.id.desc()).limit(1).correlate(Account).scalar_subquery()


def touched_at(reader: Person):
    """In SQL, when the `Account` of the row was last touched; null: never, as far as `reader` may see."""
    entry, letter = _latest(reader, Entry.happened_at), _latest_letter(reader, Mail.sent_at)
    return case((or_(entry.is_(None), letter > entry), letter), else_=entry)


def last_touches(account_ids: Iterable[int], reader: Person) -> dict[int, Touched]:
    """The latest touch of each of these accounts, by the id of its space; one statement."""
    latest = [select(column).where(Account.id.in_(account_ids))
              for column in (_latest(reader, Entry.id), _latest_letter(reader, Mail.entry_id))]
    said, sent = Conversation.__table__, Sending.__table__
    channel = func.coalesce(said.c.channel, sent.c.channel, "mail")
    query = select(Entry.space_id, Entry.id, Entry.kind, channel, Entry.happened_at).outerjoin(
        said, said.c.id == Entry.id).outerjoin(sent, sent.c.id == Entry.id)
    found: dict[int, Touched] = {}
    # One list of ids: of two PostgreSQL would look through all entries.
    rows = db.session.execute(query.where(Entry.id.in_(union_all(*latest))).order_by(Entry.happened_at, Entry.id))
    for space_id, key, kind, way, at in rows:
        found[space_id] = Touched(at, "sending" if kind == "sending" else "conversation", way, f"/e/{key}")
    return found
