"""Stating a learning and reporting a trial."""

from flask_babel import lazy_gettext as _l
from wtforms import FloatField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.learnings.models import RESULTS

RESULT_NAMES = {"worked": _l("Worked"), "mixed": _l("Mixed"), "failed": _l("Failed")}


class LearningForm(Form):
    claim = StringField(
        _l("The claim, in one sentence"), [DataRequired(_l("State what was learned.")), Length(max=TITLE_LENGTH)]
    )
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    evidence = TextAreaField(_l("What it rests on"), [Length(max=20_000)])
    holds_for = StringField(
        _l("Holds for"), [Length(max=300)], description=_l("Channel, region, segment: webinar · EMEA · mid-market.")
    )
    advice = TextAreaField(_l("What to do"), [Length(max=4000)])
    review_id = IntegerField(validators=[Optional()], widget=HiddenInput())


class TrialForm(Form):
    place = StringField(_l("Where do you apply it?"), [DataRequired(_l("Say where.")), Length(max=200)],
                        description=_l("Market and campaign: DACH, spring webinar."))
    adaptation = TextAreaField(_l("What do you change?"), [Length(max=4000)])


class ResultForm(Form):
    result = SelectField(_l("It …"), choices=[(each, RESULT_NAMES[each]) for each in RESULTS])
    lift = FloatField(_l("Lift in per cent"), [Optional(), NumberRange(min=-1000, max=100_000)])
    note = TextAreaField(_l("What happened"), [Length(max=4000)])
