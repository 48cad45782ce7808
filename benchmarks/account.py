"""`python -m benchmarks.account [LINES]`: what the page of an account costs that was touched very often, in every way.

Takes the demo company and repeats what touches one of its accounts, with all that belongs to it, until its timeline has
this many lines (default 20,000). DATABASE_URL measures PostgreSQL (an empty database).
"""

import os
import sys
import tempfile
from datetime import timedelta

from flask_migrate import upgrade
from sqlalchemy import func, insert, or_, select

from app import create_app
from app.accounts.models import AccountChange
from app.assets.models import Asset, Version
from app.conversations.models import Conversation, Promise, conversation_contacts
from app.db import making_database
from app.decisions.models import Decision
from app.demo.company import load
from app.entries.models import Comment, Entry, Post, Share
from app.entries.reference_models import AccountMention
from app.extensions import db
from app.handoffs.models import Handoff, HandoffStep, handoff_reads
from app.learnings.models import Learning
from app.people.models import Person
from app.reviews.models import Review
from app.sendings.models import Sending, SendingItem, sending_contacts
from app.spaces.models import Space
from app.voices.models import News
from benchmarks.measure import print_pages

SLUG = "brennhage-automotive"
ENTRIES = (Entry, Post, Comment, Conversation, Handoff, Sending, News, Asset, Decision, Learning, Review)
BELOW = (AccountMention, Share, Version, SendingItem, Promise, HandoffStep)
LINKS = (conversation_contacts, sending_contacts, handoff_reads)
OF_ENTRIES = {"id", "entry_id", "thread_id", "parent_id", "conversation_id", "sending_id", "handoff_id", "asset_id",
              "comment_id"}
"""Columns that point to an entry; if it is repeated, they point to the copy."""
APART = timedelta(hours=5)


def multiply(space: Space, lines: int) -> None:
    """Repeat what touches the account until there are `lines` of it, a third of them changes of its record at most."""
    named = select(AccountMention.entry_id).where(AccountMention.space_id == space.id)
    shared = select(Share.entry_id).where(Share.space_id == space.id)
    roots = select(Entry.id).where(or_(Entry.space_id == space.id, Entry.id.in_(named), Entry.id.in_(shared)))
    ids = set(db.session.scalars(select(Entry.id).where(or_(Entry.id.in_(roots), Entry.thread_id.in_(roots)))))
    step = db.session.scalar(select(func.max(Entry.id))) + 1
    rows = {table: _rows(table, ids) for table in [*(each.__table__ for each in (*ENTRIES, *BELOW)), *LINKS]}
    top = {table: db.session.scalar(select(func.max(table.c.id))) + 1 for table in rows if "id" in table.c}
    for number in range(1, lines // len(ids) + 1):
        for table, some in rows.items():
            owns_id = table.c.get("id") is not None and not table.c.id.foreign_keys and table.name != "entries"
            copies = [_copy(row, ids, number, step, top.get(table, 0) if owns_id else 0) for row in some]
            if copies:
                db.session.execute(insert(table), copies)
    change = db.session.scalars(select(AccountChange).join(AccountChange.account).limit(1)).first()
    told = {column.name: getattr(change, column.name) for column in AccountChange.__table__.c if column.name != "id"}
    told["account_id"] = space.account.id
    db.session.execute(insert(AccountChange), [
        told | {"created_at": change.created_at - number * APART} for number in range(lines // 4)])
    db.session.commit()


def _rows(table, ids: set[int]) -> list[dict]:
    owner = next(name for name in ("entry_id", "conversation_id", "sending_id", "handoff_id", "asset_id", "id")
                 if name in table.c)
    query = select(table).where(table.c[owner].in_(ids)).order_by(*table.primary_key)
    return [dict(row) for row in db.session.execute(query).mappings()]


def _copy(row: dict, ids: set[int], number: int, step: int, own_step: int) -> dict:
    told = dict(row)
    for name, value in row.items():
        if name == "id" and own_step:
            told[name] = value + number * own_step
        elif name in OF_ENTRIES and value in ids:
            told[name] = value + number * step
        elif name in ("happened_at", "created_at"):
            told[name] = value - number * APART
        elif name == "item_id":
            told[name] = None
    return told


VIEWS = ("", "?tab=timeline", "?tab=timeline&kind=handoff", "?tab=timeline&kind=news", "?tab=handoffs", "?tab=shelf",
         "?tab=shelf&view=sent", "/commitments")


def main() -> None:
    """Load, repeat, and print what each view of the account takes."""
    lines = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory(prefix="quarterdeck-account-") as folder:
        os.environ["QUARTERDECK_DATA"] = folder
        app = create_app(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        with app.app_context(), making_database():
            upgrade()
            load()
            space = db.session.scalar(select(Space).where(Space.slug == SLUG))
            multiply(space, lines)
            db.session.execute(db.text("ANALYZE"))
            db.session.commit()
            owner = db.session.scalar(select(Person.id).where(Person.handle == "jon"))
            kinds = dict(db.session.execute(select(Entry.kind, func.count()).group_by(Entry.kind)).all())
            print(f"{db.engine.dialect.name}: {kinds}")
            db.session.rollback()
        print_pages(app, owner, {view or "home": f"/accounts/{SLUG}{view}" for view in VIEWS})


if __name__ == "__main__":
    main()
