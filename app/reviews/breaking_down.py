"""The figures of a review row by row: kept, replaced, taken from a file; and what its headers were said to mean."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app.activity.recording import record
from app.db import insert_missing, now
from app.entries import kinds
from app.entries.actions import after_removal
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.reviews.actions import change_review
from app.reviews.adding_up import AddedUp
from app.reviews.breakdown_models import IGNORED, BreakdownRow, FigureHeader
from app.reviews.figure_words import guess, plain
from app.reviews.models import Review

MOST_REMEMBERED = 300
"""Headers of one file."""


def replace_breakdown(review: Review, kind: str, rows: Iterable[tuple[str, dict]], *, actor: Person) -> bool:
    """Let these rows, each a label with its figures, take the place of those by channel, or by week, that are there.

    No rows leave none. Rows that are there already leave no trace; whether there were others.
    """
    new = [BreakdownRow(kind=kind, position=at, label=label, **figures) for at, (label, figures) in enumerate(rows)]
    old = [row for row in review.breakdown if row.kind == kind]
    if [(row.label, row.metrics) for row in old] == [(row.label, row.metrics) for row in new]:
        return False
    for row in old:
        review.breakdown.remove(row)
    # Before others take their places, which are unique.
    db.session.flush()
    review.breakdown.extend(new)
    review.edited_at = now()
    record(kinds.Edited, actor=actor, entry=review)
    return True


def take_over(review: Review, found: AddedUp, names: Iterable[str], *, actor: Person) -> Review:
    """Let the sums of a file, as far as they are named, be the figures of the review, and its rows the breakdown."""
    replace_breakdown(review, found.kind, found.rows.items(), actor=actor)
    return change_review(review, actor=actor, **{name: found.sums[name] for name in names})


def meanings_of(headers: Iterable[str]) -> list[str]:
    """What the columns with these headers hold: as was said the last time anybody did, else as their words tell.

    Rows are called by one column, so of several that could do it only the first is proposed, and each figure once.
    """
    headers = list(headers)
    known = select(FigureHeader).where(FigureHeader.header.in_({plain(header) for header in headers}))
    remembered = {each.header: each.meaning for each in db.session.scalars(known)}
    found, seen = [], set()
    for header in headers:
        meaning = remembered.get(plain(header))
        if meaning is None:
            meaning = guess(header)
            meaning = IGNORED if _role(meaning) in seen else meaning
        seen.add(_role(meaning))
        found.append(meaning)
    return found


def _role(meaning: str) -> str:
    return "label" if meaning in ("channel", "week") else meaning


def remember(headers: Iterable[str], meanings: Iterable[str]) -> None:
    """Keep what the headers of a file were said to mean, for whoever brings the next one; the last word counts."""
    said = {plain(header): meaning for header, meaning in zip(headers, meanings, strict=True) if plain(header)}
    said = dict(list(said.items())[:MOST_REMEMBERED])
    if not said:
        return
    insert_missing(db.session, FigureHeader, [{"header": header, "meaning": said[header]} for header in said])
    for each in db.session.scalars(select(FigureHeader).where(FigureHeader.header.in_(said)).with_for_update()):
        each.meaning = said[each.header]
    db.session.flush()


@after_removal
def _forget_rows(entry: Entry) -> None:
    if isinstance(entry, Review):
        db.session.execute(delete(BreakdownRow).where(BreakdownRow.review_id == entry.id))
