"""Writing down a decision."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from app.entries.models import TITLE_LENGTH
from app.forms import Form


class DecisionForm(Form):
    question = StringField(
        _l("What had to be decided?"), [DataRequired(_l("Write the question.")), Length(max=TITLE_LENGTH)]
    )
    options = TextAreaField(_l("Options that were considered"), [Length(max=4000)], description=_l("One a line."))
    choice = TextAreaField(_l("What was chosen"), [DataRequired(_l("Write what was chosen.")), Length(max=2000)])
    why = TextAreaField(_l("Why"), [Length(max=20_000)])
    about_id = IntegerField(validators=[Optional()], widget=HiddenInput())

    def listed_options(self) -> list[str]:
        """The options, a line each."""
        return [line.strip() for line in (self.options.data or "").splitlines() if line.strip()]
