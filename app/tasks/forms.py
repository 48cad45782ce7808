"""Writing down what is to be done, in a line or in full, and the days it is for."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.entries.lines import Line, Unreadable, read_line
from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.people.days import today_for
from app.people.models import Person
from app.spaces.models import Space
from app.spaces.naming import PeopleField, people_named
from app.tasks.models import NAME_LENGTH


class QuickForm(Form):
    """A task in a line: "Book the hall @jon 2026-12-15". `said` and `owner` are what it says."""

    line = StringField(_l("A new task"), [DataRequired(_l("Say what is to be done.")), Length(max=TITLE_LENGTH)])
    space: Space
    said: Line
    owner: Person | None = None

    def validate_line(self, field) -> None:
        try:
            self.said = read_line(field.data, today_for(current_user))
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        if handle := self.said.handle:
            self.owner = people_named({handle}, self.space, guests_too=True).get(handle)
            if self.owner is None:
                raise ValidationError(_("Nobody who can see this place is called @%(handle)s.", handle=handle))


class TaskForm(Form):
    title = StringField(
        _l("What is to be done?"), [DataRequired(_l("Say what is to be done.")), Length(max=TITLE_LENGTH)])
    body = TextAreaField(_l("More about it"), [Length(max=20_000)])
    owner = PeopleField(_l("Who does it"), [Length(max=100)], description=_l("@jon. Left empty, it is to be taken."))
    due_on = DateField(_l("Until"), [Optional()])
    milestone_id = SelectField(_l("For the milestone"), coerce=int, default=0)
    about_id = IntegerField(validators=[Optional()], widget=HiddenInput())
    space: Space

    def validate_owner(self, field) -> None:
        if len(field.data.split()) > 1:
            raise ValidationError(_("One person does it; who helps can be named in the text."))

    @property
    def doer(self) -> Person | None:
        """Who is to do it."""
        return self.owner.people[0] if self.owner.people else None


class MilestoneForm(Form):
    name = StringField(_l("What has to be there?"), [DataRequired(_l("Give it a name.")), Length(max=NAME_LENGTH)])
    due_on = DateField(_l("By"), [DataRequired(_l("Say by which day."))])
