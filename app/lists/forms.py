"""What people type about their lists and filters."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from app.forms import Form
from app.lists.models import NAME_LENGTH


def _name():
    return StringField(_l("Name"), [DataRequired(_l("Give it a name.")), Length(max=NAME_LENGTH)])


class ListForm(Form):
    name = _name()


class ItemForm(Form):
    what = StringField(_l("@person, #tag, $account or the name of a space"),
                       [DataRequired(_l("Say whom or what."))])


class FilterForm(Form):
    name = _name()
    place = HiddenField()
    query = HiddenField()
