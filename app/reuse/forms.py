"""What people say of files they re-use."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.accounts.words import STAGE_NAMES
from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.reuse.language import NAMES
from app.reuse.models import DIMENSIONS, PLACE_LENGTH

TEXT_LENGTH = 4000


class AdaptForm(Form):
    version = IntegerField(_l("Which version"), [Optional()])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    title = StringField(_l("Name"), [Length(max=TITLE_LENGTH)])
    why = TextAreaField(_l("What you adapt it for"), [
        DataRequired(_l("Say what it is for: it is what others read later.")), Length(max=TEXT_LENGTH)])
    file = FileField(_l("The adapted file"), description=_l(
        "Left empty, it begins as the same file, stored once; you add your version when it is done."))


class SettleForm(Form):
    seen = IntegerField(validators=[DataRequired()])
    outcome = HiddenField(validators=[DataRequired()])
    note = StringField(_l("What you did, or why not"), [Length(max=TEXT_LENGTH)])


class RightsForm(Form):
    licence = TextAreaField(_l("Licence"), [Length(max=TEXT_LENGTH)])
    source = StringField(_l("Source"), [Length(max=500)], description=_l("Who made it, or where it was bought."))
    usable_from = DateField(_l("May be used from"), [Optional()])
    usable_until = DateField(_l("May be used until"), [Optional()], description=_l(
        "After this day it is flagged everywhere and cannot be shared, adapted or collected anew."))
    region = StringField(_l("Regions"), description=_l("With commas between them; left empty: everywhere."))
    channel = StringField(_l("Channels"), description=_l("With commas between them; left empty: all."))
    industry = StringField(_l("Made for the industries"), description=_l(
        "As accounts call theirs, with commas between them: it stands on the shelf of these accounts."))
    stage = SelectMultipleField(_l("Made for the stages"), choices=list(STAGE_NAMES.items()))
    people_shown = TextAreaField(_l("People shown, and their consent"), [Length(max=TEXT_LENGTH)])
    language = SelectField(_l("Language"), choices=lambda: [("", _("none")), *sorted(
        ((code, str(name)) for code, name in NAMES.items()), key=lambda each: each[1])])

    def validate_usable_until(self, field) -> None:
        if field.data and self.usable_from.data and field.data < self.usable_from.data:
            raise ValidationError(_("This is before the day from which it may be used."))

    def _validate_places(self, field) -> None:
        if any(len(each) > PLACE_LENGTH for each in listed(field.data)):
            raise ValidationError(_("Each may have %(most)s characters at most.", most=PLACE_LENGTH))

    validate_region = validate_channel = validate_industry = _validate_places

    def said(self) -> dict:
        """What was said, as `say_rights` takes it."""
        plain = ("licence", "source", "people_shown", "usable_from", "usable_until", "language")
        return {name: self[name].data for name in plain} | {
            "places": {name: self.stage.data if name == "stage" else listed(self[name].data) for name in DIMENSIONS}}


def listed(text: str) -> list[str]:
    """The words between commas."""
    return [each.strip() for each in text.split(",") if each.strip()]
