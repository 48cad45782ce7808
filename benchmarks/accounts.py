"""`python -m benchmarks.accounts [ACCOUNTS]`: what the list of accounts costs, and a whole with its parts.

Takes the demo company and adds so many accounts (default 5,000), each with twenty conversations, two promises, a
hand-off and ten posts; and one company with 20 parts, each touched 1,000 times. DATABASE_URL measures PostgreSQL (an
empty database).
"""

import os
import sys
import tempfile
from datetime import timedelta

from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from app import create_app
from app.accounts.models import Account
from app.conversations.models import Conversation, Promise
from app.db import making_database, now
from app.demo.company import load
from app.entries.models import Entry, Post
from app.extensions import db
from app.handoffs.models import Handoff
from app.people.models import Person
from app.spaces.models import Space
from benchmarks.measure import print_pages

PARTS, TOUCHES = 20, 1000
REGIONS, INDUSTRIES = ("DACH", "EMEA", "APAC", "LATAM"), ("Packaging", "Food", "Automotive", "Logistics", "Chemistry")


def add(number: int, people: list[int]) -> None:
    """So many accounts that nearly everybody may read."""
    space, account = (db.session.scalar(select(func.max(each.id))) + 1 for each in (Space, Account))
    begun = now()
    _insert(Space, [{"id": space + n, "kind": "account", "name": f"Company {n * 7919 % number}", "slug": f"company-{n}",
                     "access": "secret" if n % 10 == 0 else "open", "created_at": begun} for n in range(number)])
    _insert(Account, [{
        "id": account + n, "space_id": space + n, "tier": "ABC"[n % 3], "region": REGIONS[n % 4],
        "industry": INDUSTRIES[n % 5], "marketing_owner_id": people[n % len(people)],
        "sales_owner_id": people[n * 7 % len(people)],
        "parent_id": account + 1 if 1 < n <= PARTS + 1 else None} for n in range(number)])
    for n in range(number):
        some = TOUCHES if n <= PARTS + 1 else 20
        said = [begun - timedelta(hours=(n % 60) * 24 + 7 * each) for each in range(some)]
        _entries(Conversation, space + n, people, said, channel="call", by_mail=False)
        _entries(Post, space + n, people, said[:10])
    given = now() - timedelta(days=5)
    first = db.session.scalar(select(func.max(Entry.id))) + 1
    due = [given + timedelta(hours=n % 240) for n in range(number)]
    _spine("handoff", first, [space + n for n in range(number)], people, due)
    hours = {"zone": "UTC", "days": [0, 1, 2, 3, 4], "opens": 540, "closes": 1020, "holidays": []}
    _insert(Handoff.__table__, [{
        "id": first + n, "signal": "lead", "tier": "B", "person_id": people[n % len(people)], "state": "waiting",
        "working_hours": hours, "allowed": 28800, "due_at": due[n], "warn_at": due[n], "reminded": 2,
        } for n in range(number)])
    talks = db.session.execute(select(Entry.id).where(Entry.kind == "conversation").order_by(Entry.id.desc()).limit(
        number * 2)).scalars().all()
    _insert(Promise, [{"conversation_id": key, "side": ("ours", "theirs")[n % 2], "position": 0, "text": "Offer",
                       "owner_id": people[n % len(people)], "due_on": (begun + timedelta(days=n % 60 - 10)).date(),
                       } for n, key in enumerate(talks)])
    db.session.commit()


def _insert(table, rows: list[dict]) -> None:
    db.session.execute(insert(table), rows)


def _spine(kind: str, first: int, spaces: list[int], people: list[int], at: list) -> None:
    _insert(Entry.__table__, [{
        "id": first + n, "kind": kind, "space_id": spaces[n % len(spaces)], "author_id": people[n % len(people)],
        "title": f"{kind} {n}", "body": "", "body_html": "", "comment_count": 0, "created_at": moment,
        "happened_at": moment} for n, moment in enumerate(at)])


def _entries(model, space_id: int, people: list[int], at: list, **columns) -> None:
    first = db.session.scalar(select(func.max(Entry.id))) + 1
    _spine(model.__mapper__.polymorphic_identity, first, [space_id], people, at)
    _insert(model.__table__, [{"id": first + n, **columns} for n in range(len(at))])


VIEWS = ("", "?mine=1", "?order=touched", "?order=name", "?order=tier", "?silent=1&order=touched", "?needs=1",
         "?region=DACH&tier=A", "/company-1?tab=timeline", "/company-1?tab=timeline&parts=1",
         "/company-1?tab=timeline&parts=1&kind=conversation")


def main() -> None:
    """Load, add, and print what each view takes."""
    number = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory(prefix="quarterdeck-accounts-") as folder:
        os.environ["QUARTERDECK_DATA"] = folder
        app = create_app(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
        with app.app_context(), making_database():
            upgrade()
            load()
            people = list(db.session.scalars(select(Person.id).where(Person.role != "guest")))
            add(number, people)
            db.session.execute(db.text("ANALYZE"))
            db.session.commit()
            reader = db.session.scalar(select(Person.id).where(Person.handle == "jon"))
            print(f"{db.engine.dialect.name}: {db.session.scalar(select(func.count(Entry.id)))} entries")
            db.session.rollback()
        print_pages(app, reader, {view or "the list": f"/accounts{view}" for view in VIEWS})


if __name__ == "__main__":
    main()
