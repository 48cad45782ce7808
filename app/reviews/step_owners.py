"""From lines that name somebody to steps that are somebody's: who is meant, and whether they can owe it here."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import or_, select

from app.access import person_clause, who_may_see
from app.db import now
from app.entries.lines import Line, Unreadable, read_line
from app.extensions import db
from app.people.models import Person
from app.reviews.models import Review
from app.reviews.steps import Step


class Misunderstood(ValueError):
    """Some lines cannot be kept as they are; `problems` says why, by their place in the list."""

    def __init__(self, problems: dict[int, str]) -> None:
        super().__init__(" ".join(dict.fromkeys(problems.values())))
        self.problems = problems


def understood(lines: Sequence[str | Step], review: Review, *, actor: Person) -> list[Step]:
    """The steps that lines or steps say, for a review that may not be posted yet. Raises Misunderstood.

    Whoever owes something must be able to see the review; those who owe something in it already stay.
    """
    problems, read = {}, []
    for place, line in enumerate(lines):
        try:
            read.append(line if isinstance(line, Step) else read_line(line, now().date()))
        except Unreadable as error:
            problems[place] = str(error)
            read.append(None)
    people = _people(read, review, actor)
    able = who_may_see(review, [each.id for each in people]) | {each.owner_id for each in review.commitments}
    for place, each in enumerate(read):
        problem = _problem(each, people, able)
        if problem:
            problems[place] = problem
    if problems:
        raise Misunderstood(problems)
    return [_step(each, people) for each in read]


def _people(read: Sequence[Line | Step | None], review: Review, actor: Person) -> list[Person]:
    """Those who are meant, as far as `actor` knows them or they owe something in this review."""
    handles = {each.handle for each in read if isinstance(each, Line)} - {None}
    ids = {each.owner_id for each in read if isinstance(each, Step)} - {None}
    if not handles and not ids:
        return []
    owing = [each.owner_id for each in review.commitments if each.owner_id]
    meant = select(Person).where(or_(Person.handle.in_(handles), Person.id.in_(ids)))
    return list(db.session.scalars(meant.where(or_(person_clause(actor), Person.id.in_(owing)))))


def _owner(each: Line | Step, people: list[Person]) -> Person | None:
    if isinstance(each, Step):
        return next((person for person in people if person.id == each.owner_id), None)
    return next((person for person in people if person.handle == each.handle), None)


def _problem(each: Line | Step | None, people: list[Person], able: set[int]) -> str | None:
    name = each and (each.handle if isinstance(each, Line) else each.owner_id)
    if not name:
        return None
    owner = _owner(each, people)
    if owner is None:
        return _("Nobody here is called @%(name)s.", name=name)
    return None if owner.id in able else _("%(name)s cannot see this review, and so cannot owe it.", name=owner.name)


def _step(each: Line | Step, people: list[Person]) -> Step:
    if isinstance(each, Step):
        return each
    owner = _owner(each, people)
    return Step(each.text, owner.id if owner else None, each.due_on)
