"""Sharing files."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.entries.models import TITLE_LENGTH
from app.forms import Form


class AssetForm(Form):
    """`upload_id` names a file that was sent before and is held; with `anyway` it is shared whatever is like it."""

    upload_id = IntegerField(validators=[Optional()])
    anyway = BooleanField()
    file = FileField(_l("File"), [FileRequired(_l("Choose a file first."))])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    title = StringField(
        _l("Name"), [Length(max=TITLE_LENGTH)], description=_l("Left empty, it is called like the file.")
    )
    body = TextAreaField(_l("What it is for"), [Length(max=20_000)])


class VersionForm(Form):
    file = FileField(_l("New version"), [FileRequired(_l("Choose a file first."))])
    note = StringField(_l("What changed"), [Length(max=500)])
