"""What is said of files that are shared or imported."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.uploads.models import PATH_LENGTH


class ShareForm(Form):
    """One file that has arrived, with what is said of all that are shared together."""

    upload_id = IntegerField(_l("File"), [DataRequired(_l("Choose a file first."))])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    title = StringField(_l("Name"), [Length(max=TITLE_LENGTH)])
    body = TextAreaField(_l("What it is for"), [Length(max=20_000)])
    tags = StringField(_l("Tags"), [Length(max=500)])
    folder = StringField(_l("Folder"), [Length(max=PATH_LENGTH)])


class ImportForm(Form):
    """A zip, sent with the form or before it."""

    file = FileField(_l("Zip archive"))
    upload_id = IntegerField(validators=[Optional()])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    body = TextAreaField(_l("What it is"), [Length(max=10_000)],
                         description=_l("Stands on each file. Their folders become tags by themselves."))
