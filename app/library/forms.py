"""What people type about collections."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.forms import Form
from app.library.models import NAME_LENGTH

NOTE_LENGTH = 4000


class CollectionForm(Form):
    name = StringField(_l("Name"), [DataRequired(_l("Give it a name.")), Length(max=NAME_LENGTH)])
    note = TextAreaField(_l("What it is for"), [Length(max=NOTE_LENGTH)])


class CollectForm(Form):
    """Into a collection that is there, or into a new one with a name in a space."""

    collection_id = IntegerField(_l("Collection"), [Optional()])
    name = StringField(_l("Name"), [Length(max=NAME_LENGTH)])
    space_id = IntegerField(_l("Where"), [Optional()])
    note = TextAreaField(_l("What it is for"), [Length(max=NOTE_LENGTH)])

    def validate_name(self, field) -> None:
        if not self.collection_id.data and not field.data:
            raise ValidationError(_("Give the new collection a name."))
