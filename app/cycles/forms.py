"""The form of a review cycle: what is owed is written one a line, with commas: programme, region, @owner."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from app.access import LARGEST_KEY
from app.cycles.actions import Owed
from app.cycles.models import ReviewCycle
from app.extensions import db
from app.forms import Form
from app.people.models import Person
from app.reviews.models import QUARTER
from app.spaces.models import Space
from app.spaces.naming import people_named

MOST = 300
QUESTIONS_FOR = timedelta(days=14)
LATEST = date(2199, 12, 31)
"""No day of a cycle is later, so that the next ones have days too."""


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
    cycle: ReviewCycle | None = None
    """The one that is changed; who is in it stays, whatever became of them, and its lines read as they were written."""

    def validate_closes_on(self, field) -> None:
        if field.data and self.due_on.data and field.data < self.due_on.data:
            raise ValidationError(_l("Questions cannot end before the reviews are due."))
        if field.data and field.data > LATEST:
            raise ValidationError(_l("This is too far away."))

    def validate_owed(self, field) -> None:
        written_before = {_written(each): each.key for each in self.cycle.owed} if self.cycle else {}
        rows = [_parts(line, written_before) for line in field.data.splitlines() if line.strip()]
        if len(rows) > MOST:
            raise ValidationError(_l("These are more than %(most)s.") % {"most": MOST})
        known = self._known({handle for *_, handle in rows}, [each.owner for each in self.cycle.owed] if self.cycle
                            else [])
        for number, (programme, _region, handle) in enumerate(rows, 1):
            if not programme or handle not in known:
                raise ValidationError(_wrong(number, programme, handle))
        found = {(programme, region): Owed(programme, region, known[handle]) for programme, region, handle in rows}
        self.lines = list(found.values())

    def validate_reviewers(self, field) -> None:
        handles = {part.strip().removeprefix("@").lower() for part in field.data.split(",") if part.strip()}
        known = self._known(handles, self.cycle.reviewers if self.cycle else [])
        if unknown := sorted(handles - set(known)):
            raise ValidationError(_l("Nobody who can see this place is called @%(handle)s.") % {"handle": unknown[0]})
        self.people = [known[handle] for handle in sorted(handles)]

    def _known(self, handles: set[str], present: list[Person]) -> dict[str, Person]:
        """Who may be named: those who read the space, and who is in the cycle already."""
        key = self.space_id.data
        space = db.session.get(Space, key) if key and 0 < key <= LARGEST_KEY else None
        return {each.handle: each for each in present} | people_named(handles, space)


def _parts(line: str, written_before: dict[str, tuple[str, str]]) -> tuple[str, str, str]:
    """Programme, region and handle of a line; empty where one is missing. The last comma sets the region apart."""
    head, at, handle = line.rpartition("@")
    named = (head if at else line).strip().removesuffix(",").rstrip()
    if named in written_before:
        return *written_before[named], handle.strip().lower()
    programme, comma, region = named.rpartition(",")
    programme, region = (programme, region) if comma else (region, "")
    return programme.strip()[:120], region.strip()[:60], handle.strip().lower() if at else ""


def _wrong(number: int, programme: str, handle: str) -> str:
    if not programme:
        return _l("Line %(number)s names no programme.") % {"number": number}
    if not handle:
        return _l("Line %(number)s, %(programme)s: name its owner, like @lena.") % {
            "number": number, "programme": programme}
    return _l("Line %(number)s: nobody who can see this place is called @%(handle)s.") % {
        "number": number, "handle": handle}


def _written(each) -> str:
    """Programme and region of what is owed, as its line begins; a programme with a comma says that it has no region."""
    if each.region:
        return f"{each.programme}, {each.region}"
    return f"{each.programme}," if "," in each.programme else each.programme


def written(owed) -> str:
    """What is owed as the form has it."""
    return "\n".join(f"{_written(each)}, @{each.owner.handle}" for each in owed)
