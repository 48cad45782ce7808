"""Asking for approval, and answering."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.approvals.models import VERDICTS
from app.forms import Form
from app.people.days import today_for
from app.people.models import Person
from app.spaces.models import Space
from app.spaces.naming import PeopleField

VERDICT_NAMES = {
    "approved": _l("Approve"), "with_changes": _l("Approve with changes"), "changes": _l("Request changes"),
}


class TeamsField(SelectMultipleField):
    """Teams as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AskForm(Form):
    people = PeopleField(_l("People"), [Length(max=1000)], description=_l("@lena @jon, who can see this file."))
    teams = TeamsField(_l("Teams"), coerce=int, description=_l("One answer of anybody in it speaks for a team."))
    due_on = DateField(_l("By"), [Optional()])
    note = TextAreaField(_l("What to look at"), [Length(max=2000)])
    space: Space
    reader: Person

    def validate_due_on(self, field) -> None:
        if field.data and field.data < today_for(self.reader):
            raise ValidationError(_l("This day is over."))

    def validate_teams(self, field) -> None:
        if not field.data and not self.people.data:
            raise ValidationError(_l("Ask somebody: a person or a team."))


class AnswerForm(Form):
    verdict = RadioField(_l("Your answer"), [DataRequired(_l("Choose an answer."))],
                         choices=[(each, VERDICT_NAMES[each]) for each in VERDICTS])
    note = TextAreaField(_l("What should change, or what convinced you"), [Length(max=5000)])
