"""Asking with answers to choose from."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, DateField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.entries.forms import BODY_LENGTH
from app.forms import Form
from app.people.days import today_for
from app.polls.actions import NoChoice, answers
from app.polls.models import MOST_OPTIONS, OPTION_LENGTH


class PollForm(Form):
    question = TextAreaField(_l("The question"), [DataRequired(_l("Ask something.")), Length(max=BODY_LENGTH)])
    options = TextAreaField(_l("Answers, one a line"), [DataRequired(_l("Give answers to choose from."))])
    is_multiple = BooleanField(_l("Several may be chosen"))
    closes_on = DateField(_l("Open until"), [Optional()])

    def validate_options(self, field) -> None:
        try:
            told = answers(field.data.splitlines())
        except NoChoice:
            raise ValidationError(_("Give two to %(most)s answers, one a line.", most=MOST_OPTIONS)) from None
        if any(len(each) > OPTION_LENGTH for each in told):
            raise ValidationError(_("An answer may have %(most)s characters at most.", most=OPTION_LENGTH))

    def validate_closes_on(self, field) -> None:
        if field.data and field.data < today_for(current_user):
            raise ValidationError(_l("This day is over."))
