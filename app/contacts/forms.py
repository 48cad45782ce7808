"""What is known of somebody at a customer."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length, ValidationError

from app.contacts.actions import NotAnEmail, check_email
from app.contacts.models import EMAIL_LENGTH, NAME_LENGTH
from app.forms import Form


class ContactForm(Form):
    name = StringField(_l("Name"), [DataRequired(_l("Say who it is.")), Length(max=NAME_LENGTH)])
    email = StringField(_l("E-mail"), [Length(max=EMAIL_LENGTH)])
    title = StringField(_l("What they do there"), [Length(max=120)])
    phone = StringField(_l("Phone"), [Length(max=60)])

    def validate_email(self, field) -> None:
        try:
            check_email(field.data)
        except NotAnEmail:
            raise ValidationError(_("This is not an e-mail address.")) from None
