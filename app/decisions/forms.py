"""Writing down a decision, or a question that waits for one."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.spaces.models import Space
from app.spaces.naming import PeopleField

LONGEST_CHOICE = 2000


class DecisionForm(Form):
    question = StringField(
        _l("What has to be decided?"), [DataRequired(_l("Write the question.")), Length(max=TITLE_LENGTH)]
    )
    options = TextAreaField(_l("Options that were considered"), [Length(max=4000)], description=_l("One a line."))
    choice = TextAreaField(_l("What was chosen"), [Length(max=LONGEST_CHOICE)],
                           description=_l("Left empty, the question stays open."))
    why = TextAreaField(_l("Why"), [Length(max=20_000)])
    deciders = PeopleField(_l("Who decides"), [Length(max=1000)],
                           description=_l("@lena @jon. Left empty, a choice is yours."))
    decided_on = DateField(_l("Decided on"), [Optional()])
    needed_by = DateField(_l("Needed by"), [Optional()])
    about_id = IntegerField(validators=[Optional()], widget=HiddenInput())
    supersedes_id = IntegerField(validators=[Optional()], widget=HiddenInput())
    space: Space

    def listed_options(self) -> list[str]:
        """The options, a line each."""
        return [line.strip() for line in self.options.data.splitlines() if line.strip()]

    def said(self) -> dict:
        """What the form says, as the actions take it."""
        return {
            "choice": self.choice.data, "options": self.listed_options(), "deciders": self.deciders.people,
            "decided_on": self.decided_on.data, "needed_by": self.needed_by.data,
        }
