"""Naming a feed."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.forms import Form
from app.voices.found import LONGEST_ADDRESS


class FeedForm(Form):
    """The address of a feed, or of a web page that names one."""

    address = StringField(
        _l("Address of their blog, news or podcast"), [DataRequired(_l("Paste an address.")),
                                                       Length(max=LONGEST_ADDRESS)],
        description=_l("The feed itself, or the web page: then we look for the feed there."),
    )
