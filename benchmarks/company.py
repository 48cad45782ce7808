"""A synthetic company, written in bulk: as many entries as asked, in spaces and threads of a plausible shape."""

import random
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import insert

from app.accounts.models import Account
from app.db import go_on_counting, now
from app.entries.models import Comment, Entry
from app.extensions import db
from app.people.models import Person
from app.search.analysis import tokens
from app.search.engine import engine_of
from app.search.models import PAGES, SearchDocument
from app.search.query import Tokens
from app.spaces.models import Membership, Space
from benchmarks import customers

BATCH = 5000
PEOPLE = 500
ENTRIES_PER_SPACE = 200
READER_SPACES = 200
THREAD_OF = 50
SENTENCES = 4000
VOCABULARY = 3000
COMMENTS_PER_POST = 2


def load(entries: int, progress) -> None:
    """Write the company into an empty, migrated database. Deterministic. The reader is person 1."""
    chance = random.Random(entries)
    people = [{"id": key, "email": f"p{key}@example.com", "handle": f"p{key}", "name": f"Person {key}",
               "team_id": 1 + key % customers.TEAMS}
              for key in range(1, PEOPLE + 1)]
    customers.people_around()
    db.session.execute(insert(Person), people)
    spaces = max(READER_SPACES, entries // ENTRIES_PER_SPACE)
    kinds = ("project", "account", "community")
    db.session.execute(insert(Space), [
        {"id": key, "kind": kinds[key % 3], "name": f"Space {key}", "slug": f"space-{key}",
         "access": "open" if key % 5 == 0 else "closed"} for key in range(1, spaces + 1)
    ])
    accounts = [{"id": key, "space_id": key} for key in range(1, spaces + 1) if customers.is_account(key)]
    db.session.execute(insert(Account), accounts)
    db.session.execute(insert(Membership), list(_memberships(spaces, chance)))
    customers.followed()
    db.session.commit()
    sentences = list(_sentences(chance))
    for start in range(1, entries + 1, BATCH):
        _write_batch(start, min(start + BATCH, entries + 1), spaces, sentences, chance)
        db.session.commit()
        if start % (BATCH * 40) == 1 and start > 1:
            progress(f"  {start - 1:,} entries")
    _thread(entries + 1, sentences)
    go_on_counting(db.session, db.metadata.sorted_tables)
    db.session.commit()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _memberships(spaces: int, chance: random.Random) -> Iterator[dict]:
    """The reader is in 200 spaces spread over all; each space has nine more members."""
    step = max(1, spaces // READER_SPACES)
    mine = set(range(1, spaces + 1, step))
    for space in range(1, spaces + 1):
        others = chance.sample(range(2, PEOPLE + 1), 9)
        for person in ([1] if space in mine else []) + others:
            yield {"space_id": space, "person_id": person, "role": "member", "read_entry_id": 0, "joined_at": now()}


def _sentences(chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Sentences whose words are as unevenly frequent as words are, with their tokens."""
    words = [f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{chance.choice('lmnrst')}{number:x}"
             for number in range(VOCABULARY)]
    words[:6] = ["campaign", "webinar", "gripper", "pricing", "hannover", "distributor"]
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
    for _ in range(SENTENCES):
        text = " ".join(chance.choices(words, weights, k=chance.randint(8, 40)))
        yield text, tokens(text)


def _write_batch(start: int, stop: int, spaces: int, sentences, chance: random.Random) -> None:
    began = now() - timedelta(days=730)
    rows, roots, comments, documents, index = [], [], [], [], []
    root = None
    for key in range(start, stop):
        text, found = sentences[chance.randrange(SENTENCES)]
        is_root = root is None or key % (COMMENTS_PER_POST + 1) == 1
        if is_root:
            root = {"id": key, "space_id": chance.randint(1, spaces)}
            root["kind"] = customers.kind_of(key, root["space_id"])
        rows.append({
            "id": key, "kind": root["kind"] if is_root else "comment", "space_id": root["space_id"],
            "author_id": chance.randint(1, PEOPLE), "thread_id": None if is_root else root["id"], "title": "",
            "body": text, "body_html": f"<p>{text}</p>", "comment_count": COMMENTS_PER_POST if is_root else 0,
            "created_at": began + timedelta(seconds=key),
        })
        (roots if is_root else comments).append(rows[-1] if is_root else {"id": key})
        documents.append(_document(key, text, found))
        index.append(Tokens(key * PAGES, key, [], found))
    _insert(rows, roots, comments, documents, index)


def _document(key: int, text: str, found: list[str]) -> dict:
    return {"id": key * PAGES, "entry_id": key, "page": 0, "length": len(found), "title": "", "text": text}


def _insert(rows, roots, comments, documents, index) -> None:
    db.session.execute(insert(Entry.__table__), rows)
    customers.write(roots)
    if comments:
        db.session.execute(insert(Comment.__table__), comments)
    db.session.execute(insert(SearchDocument.__table__), documents)
    engine_of(db.session).write(db.session, index)


def _thread(root: int, sentences) -> None:
    """A thread of fifty comments in the reader's first space; its root has the highest id but those."""
    rows, comments, documents, index = [], [], [], []
    for key in range(root, root + THREAD_OF + 1):
        text, found = sentences[key % SENTENCES]
        is_root = key == root
        rows.append({
            "id": key, "kind": "post" if is_root else "comment", "space_id": 1, "author_id": 2 + key % 20,
            "thread_id": None if is_root else root, "title": "", "body": text, "body_html": f"<p>{text}</p>",
            "comment_count": THREAD_OF if is_root else 0, "created_at": now(),
        })
        comments += [] if is_root else [{"id": key}]
        documents.append(_document(key, text, found))
        index.append(Tokens(key * PAGES, key, [], found))
    _insert(rows, rows[:1], comments, documents, index)
