"""The form of a review cycle: what is owed is written one a line, with commas: programme, region, @owner."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from app.cycles.actions import Owed
from app.extensions import db
from app.forms import Form
from app.people.models import Person
from app.reviews.models import QUARTER

MOST = 300
QUESTIONS_FOR = timedelta(days=14)


def people_named(handles: set[str]) -> dict[str, Person]:
    """Active people by handle; guests owe and review nothing."""
    query = select(Person).where(Person.handle.in_(handles), Person.deactivated_at.is_(None), Person.role != "guest")
    return {each.handle: each for each in db.session.scalars(query)}


class CycleForm(Form):
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    quarter = StringField(_l("Quarter"), [
        DataRequired(_l("Say which quarter.")), Regexp(QUARTER, message=_l("Write it like 2026-Q3."))
    ])
    due_on = DateField(_l("Due on"), [DataRequired(_l("Say until when."))])
    closes_on = DateField(_l("Questions until"), [DataRequired(_l("Say until when."))])
    owed = TextAreaField(
        _l("Who owes a review"), [DataRequired(_l("Name at least one programme.")), Length(max=40_000)],
        description=_l("One a line: programme, region, @owner. The region may be left out."),
    )
    reviewers = StringField(
        _l("Reviewers"), [Length(max=2000)],
        description=_l("Who reads and asks: @lena, @jon. They hear of every review."),
    )
    lines: list[Owed]
    people: list[Person]

    def validate_closes_on(self, field) -> None:
        if field.data and self.due_on.data and field.data < self.due_on.data:
            raise ValidationError(_l("Questions cannot end before the reviews are due."))

    def validate_owed(self, field) -> None:
        rows = [_parts(line) for line in field.data.splitlines() if line.strip()]
        if len(rows) > MOST:
            raise ValidationError(_l("These are more than %(most)s.") % {"most": MOST})
        known = people_named({handle for *_, handle in rows})
        for number, (programme, _region, handle) in enumerate(rows, 1):
            if not programme or handle not in known:
                raise ValidationError(_wrong(number, programme, handle))
        found = {(programme, region): Owed(programme, region, known[handle]) for programme, region, handle in rows}
        self.lines = list(found.values())

    def validate_reviewers(self, field) -> None:
        handles = {part.strip().removeprefix("@").lower() for part in field.data.split(",") if part.strip()}
        known = people_named(handles)
        if unknown := sorted(handles - set(known)):
            raise ValidationError(_l("Nobody here is called @%(handle)s.") % {"handle": unknown[0]})
        self.people = [known[handle] for handle in sorted(handles)]


def _parts(line: str) -> tuple[str, str, str]:
    """Programme, region and handle of a line; empty where one is missing."""
    head, at, handle = line.rpartition("@")
    programme, _comma, region = (head if at else line).strip().rstrip(",").partition(",")
    return programme.strip()[:120], region.strip()[:60], handle.strip().lower() if at else ""


def _wrong(number: int, programme: str, handle: str) -> str:
    if not programme:
        return _l("Line %(number)s names no programme.") % {"number": number}
    if not handle:
        return _l("Line %(number)s, %(programme)s: name its owner, like @lena.") % {
            "number": number, "programme": programme}
    return _l("Line %(number)s: nobody here is called @%(handle)s.") % {"number": number, "handle": handle}


def written(owed) -> str:
    """What is owed as the form has it."""
    return "\n".join(", ".join(filter(None, (each.programme, each.region, f"@{each.owner.handle}"))) for each in owed)
