"""Stating a learning, and reporting a trial."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, FloatField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.db import now
from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.learnings.models import DIMENSIONS, RESULTS

RESULT_NAMES = {"worked": _l("Worked"), "mixed": _l("Mixed"), "failed": _l("Failed")}


class ScopedForm(Form):
    """Where a learning should hold: each dimension a line, several values with commas."""

    channel = StringField(_l("Channels"), [Length(max=300)], description=_l("With commas: webinar, e-mail."))
    region = StringField(_l("Regions"), [Length(max=300)])
    segment = StringField(_l("Segments"), [Length(max=300)])
    stage = StringField(_l("Stages"), [Length(max=300)], description=_l("Of the customer: evaluation, renewal."))
    holds_for = StringField(_l("In words"), [Length(max=300)], description=_l("What no list says: where it does not."))

    @property
    def narrowed_to(self) -> dict[str, list[str]]:
        return {name: [part.strip() for part in (self[name].data or "").split(",") if part.strip()]
                for name in DIMENSIONS}


class LearningForm(ScopedForm):
    claim = StringField(
        _l("The claim, in one sentence"), [DataRequired(_l("State what was learned.")), Length(max=TITLE_LENGTH)]
    )
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    evidence = TextAreaField(_l("What it rests on"), [Length(max=20_000)])
    advice = TextAreaField(_l("What to do"), [Length(max=4000)])
    review_by = DateField(_l("Look at it again by"), [Optional()])
    review_id = IntegerField(validators=[Optional()], widget=HiddenInput())
    origin_id = IntegerField(validators=[Optional()], widget=HiddenInput())
    origin_page = IntegerField(validators=[Optional(), NumberRange(min=1, max=100_000)], widget=HiddenInput())


class LearningEditForm(ScopedForm):
    title = StringField(
        _l("The claim, in one sentence"), [DataRequired(_l("State what was learned.")), Length(max=TITLE_LENGTH)]
    )
    body = TextAreaField(_l("What it rests on"), [Length(max=20_000)])
    advice = TextAreaField(_l("What to do"), [Length(max=4000)])
    review_by = DateField(_l("Look at it again by"), [Optional()])


class TrialForm(Form):
    place = StringField(_l("Where do you apply it?"), [DataRequired(_l("Say where.")), Length(max=200)],
                        description=_l("Market and campaign: DACH, spring webinar."))
    adaptation = TextAreaField(_l("What do you change?"), [Length(max=4000)])
    trial_space_id = SelectField(_l("It runs in"), coerce=lambda value: int(value) if value else None)
    due_on = DateField(_l("Result by"), [Optional()])

    def validate_due_on(self, field) -> None:
        if field.data and field.data < now().date():
            raise ValidationError(_l("This day is over."))


class ResultForm(Form):
    result = SelectField(_l("It …"), choices=[(each, RESULT_NAMES[each]) for each in RESULTS])
    lift = FloatField(_l("Lift in per cent"), [Optional(), NumberRange(min=-1000, max=100_000)])
    note = TextAreaField(_l("What happened"), [Length(max=4000)])


class OtherForm(Form):
    """Another learning, chosen from a list."""

    other_id = SelectField(_l("Which learning?"), coerce=int, validators=[DataRequired(_l("Choose one."))])
    relation = SelectField(_l("It …"), choices=[
        ("contradicts", _l("contradicts this one")), ("supersedes", _l("takes the place of this one")),
    ])


class EvidenceForm(Form):
    address = StringField(_l("Its address"), [DataRequired(_l("Paste the address of what it rests on."))],
                          description=_l("Of a review, a slide, a comment: copy it there."))
