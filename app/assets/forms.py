"""Sharing files."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, StopValidation

from app.entries.models import TITLE_LENGTH
from app.forms import Form


class AssetForm(Form):
    """`upload_id` names a file that was sent before and is held; with `anyway` it is shared whatever is like it."""

    upload_id = IntegerField(validators=[Optional()])
    anyway = BooleanField()
    file = MultipleFileField(_l("Files"), [FileRequired(_l("Choose a file first."))])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    title = StringField(
        _l("Name"), [Length(max=TITLE_LENGTH)],
        description=_l("Left empty, and where there are several, each is called like its file."),
    )
    body = TextAreaField(_l("What it is for"), [Length(max=20_000)])
    tags = StringField(_l("Tags"), [Length(max=500)], description=_l("For example: fair, emea"))


class VersionForm(Form):
    """A file that is sent with the form, or one that has arrived before."""

    file = FileField(_l("New version"))
    upload_id = IntegerField(validators=[Optional()])
    note = StringField(_l("What changed"), [Length(max=500)])

    def validate_file(self, field) -> None:
        if not field.data and not self.upload_id.data:
            raise StopValidation(_("Choose a file first."))
