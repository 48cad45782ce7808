"""The home feed as its page shows it: in bounded statements, with what one space or person floods it with folded."""

from dataclasses import replace

from sqlalchemy import Select, or_, select

from app.assets.models import Asset
from app.decisions.models import Decision, decision_makers
from app.entries.models import Entry
from app.extensions import db
from app.feed import streams
from app.feed.folding import Page, Row, Run, fold
from app.handoffs.models import Handoff
from app.handoffs.waiting import waits_for
from app.people.models import Person

FIRST, THEN = 60, 1000
"""So many entries are looked at for a page; of a flood so many in a second go."""


def home(person: Person, window: streams.Window, view: str, run: Run) -> Page:
    """A page of a view of the home feed. Two statements, three where most of what is looked at is folded."""
    return page_of(person, window, list(streams.branches_of(person, view)), run)


def page_of(person: Person, window: streams.Window, branches: list[Select], run: Run) -> Page:
    """A page of a feed that has these sources."""
    for most in (FIRST, THEN):
        looked_at = replace(window, limit=most)
        rows = _rows(person, looked_at, branches)
        page = fold(rows[:most], window.limit, run=run, more=len(rows) > most)
        if page.is_full or len(rows) <= most:
            break
    return page


def _rows(person: Person, window: streams.Window, branches: list[Select]) -> list[Row]:
    key = streams.merged(branches, window)
    if key is None:
        return []
    ids = select(key).distinct().order_by(key.desc()).limit(window.limit + 1).subquery()
    files = Asset.__table__
    query = select(Entry.id, Entry.space_id, Entry.author_id, _stays(person), files.c.import_id)
    query = query.join(ids, ids.c[0] == Entry.id).outerjoin(files, files.c.id == Entry.id)
    return [Row(*each) for each in db.session.execute(query.order_by(Entry.id.desc()))]


def _stays(person: Person):
    """True, in SQL, for what is never folded: what all should see, what waits for this person to take or decide."""
    named = select(decision_makers.c.decision_id).where(decision_makers.c.person_id == person.id)
    decisions = Decision.__table__
    undecided = select(decisions.c.id).where(decisions.c.choice == "", decisions.c.id.in_(named))
    handed = select(Handoff.__table__.c.id).where(waits_for(person))
    return or_(Entry.important_at.is_not(None), Entry.id.in_(undecided), Entry.id.in_(handed))
