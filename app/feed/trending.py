"""Tags that more different people use lately than before, among what the reader may see."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from app.access import Anyone, built_once, entry_clause
from app.db import now, when_run
from app.entries.models import Entry
from app.entries.reference_models import EntryTag, Tag
from app.extensions import db
from app.people.models import Person

LATELY, BEFORE = timedelta(days=14), timedelta(days=56)
"""Lately is compared with the weeks before it."""
LOOKED_AT = 1500
"""So many of the newest uses of tags are looked at."""
AMONG = 6000
"""They are looked for among so many: who may see few of them would else read what is older than all that counts."""
LEAST = 2
"""So many people at least have used lately what trends."""
SHOWN = 6
WRITERS = 8
RELATED = 8


def score(lately: int, before: int, share: float) -> float:
    """How much a tag trends: how many more people use it lately than would be expected from before.

    `lately` and `before` count different people, so that nobody pushes a tag by repeating it. `share` is the length of
    the time of `lately` ÷ that of `before`; a person is added on both sides, so that what is new does not beat all:
    (lately + 1) ÷ (before · share + 1) · lately. 0 where fewer than `LEAST` people use it or no more than before.
    """
    expected = before * share
    return lately * (lately + 1) / (expected + 1) if lately >= LEAST and lately > expected else 0.0


def rank(uses: Iterable[tuple[str, int, bool]], shown: int = SHOWN) -> list[tuple[str, int]]:
    """The tags that trend and how many people use them lately, of (tag, person, whether lately); the most first."""
    lately, before = defaultdict(set), defaultdict(set)
    for tag, person_id, is_late in uses:
        (lately if is_late else before)[tag].add(person_id)
    scores = {tag: score(len(people), len(before[tag]), LATELY / BEFORE) for tag, people in lately.items()}
    best = sorted((tag for tag, points in scores.items() if points), key=lambda tag: (-scores[tag], tag))
    return [(tag, len(lately[tag])) for tag in best[:shown]]


def trending(reader: Person) -> list[tuple[str, int]]:
    """What trends for `reader`, in one statement over a bounded number of the newest uses."""
    rows = db.session.execute(*_uses(reader))
    since = now() - LATELY
    return rank((tag, person_id, at > since) for tag, person_id, at in rows)


@built_once
def _uses(anyone: Anyone) -> Select:
    """The newest uses of tags: which, by whom and when."""
    newest = select(EntryTag.tag_id, EntryTag.entry_id).order_by(EntryTag.entry_id.desc()).limit(AMONG).subquery()
    return select(Tag.name, Entry.author_id, Entry.created_at).select_from(newest).join(
        Entry, Entry.id == newest.c.entry_id).join(Tag, Tag.id == newest.c.tag_id).where(
        Entry.deleted_at.is_(None), Entry.created_at > when_run(_long_ago), entry_clause(anyone)).order_by(
        newest.c.entry_id.desc()).limit(LOOKED_AT)


def _long_ago() -> datetime:
    return now() - LATELY - BEFORE


def about(tag: Tag, reader: Person) -> tuple[list[Person], list[str]]:
    """Who used a tag most among its newest uses, and which tags stand beside it; two statements."""
    seen = select(Entry.id, Entry.author_id).join(EntryTag, EntryTag.entry_id == Entry.id).where(
        EntryTag.tag_id == tag.id, Entry.deleted_at.is_(None), entry_clause(reader))
    seen = seen.order_by(EntryTag.entry_id.desc()).limit(LOOKED_AT).subquery()
    count = func.count()
    writers = select(Person).join(seen, seen.c.author_id == Person.id).group_by(Person.id)
    beside = select(Tag.name).join(EntryTag, EntryTag.tag_id == Tag.id).join(seen, seen.c.id == EntryTag.entry_id)
    beside = beside.where(Tag.id != tag.id).group_by(Tag.name).order_by(count.desc(), Tag.name).limit(RELATED)
    return (list(db.session.scalars(writers.order_by(count.desc(), Person.id).limit(WRITERS))),
            list(db.session.scalars(beside)))
