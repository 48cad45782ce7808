"""What people type about themselves and each other."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, EqualTo, Length, Optional, ValidationError

from app.forms import Form
from app.people.models import ROLES
from app.presentation import LOCALES, known_timezones

PASSWORD_LENGTH = 10
ROLE_NAMES = {"admin": _l("Admin"), "member": _l("Member"), "guest": _l("Guest")}
LOCALE_NAMES = {"en": "English", "de": "Deutsch", "zh": "中文", "ar": "العربية", "he": "עברית"}


def _name():
    return StringField(_l("Name"), [DataRequired(_l("Tell us your name.")), Length(max=120)])


def _email():
    return EmailField(_l("E-mail"), [DataRequired(_l("Type an e-mail address.")), Length(max=254),
                                     Email(_l("This is not an e-mail address."))])


def _new_password():
    return PasswordField(
        _l("New password"),
        [DataRequired(_l("Choose a password.")),
         Length(min=PASSWORD_LENGTH, max=200, message=_l("Use at least %(min)d characters."))],
        description=_l("At least 10 characters; a short sentence is good."),
    )


class SignInForm(Form):
    email = EmailField(_l("E-mail"), [DataRequired(_l("Type your e-mail address."))])
    password = PasswordField(_l("Password"), [DataRequired(_l("Type your password."))])


class FirstPersonForm(Form):
    """The first visitor of an empty Quarterdeck becomes its admin."""

    name = _name()
    email = _email()
    team = StringField(_l("Team"), [Optional(), Length(max=80)], default="Marketing")
    password = _new_password()


class AcceptForm(Form):
    name = _name()
    password = _new_password()


class ForgottenForm(Form):
    email = _email()


class NewPasswordForm(Form):
    password = _new_password()


class ChangePasswordForm(Form):
    current = PasswordField(_l("Current password"), [DataRequired(_l("Type your current password."))])
    password = _new_password()
    again = PasswordField(_l("New password again"), [EqualTo("password", _l("The two are not the same."))])


class ProfileForm(Form):
    """A profile is about work and nothing personal."""

    name = _name()
    title = StringField(_l("Job title"), [Length(max=120)])
    team = StringField(_l("Team"), [Length(max=80)])
    region = StringField(
        _l("Region"), [Length(max=60)], description=_l("Where your work is: EMEA, DACH, North America …")
    )
    expertise = StringField(
        _l("Expertise"), [Length(max=400)], description=_l("What colleagues may ask you about, with commas.")
    )
    about = TextAreaField(_l("What I work on"), [Length(max=4000)])
    locale = SelectField(_l("Language"), choices=[(code, LOCALE_NAMES[code]) for code in LOCALES])
    timezone = StringField(_l("Time zone"), description=_l("For example Europe/Berlin"))

    def validate_timezone(self, field) -> None:
        if field.data not in known_timezones:
            raise ValidationError(_l("Write it as Continent/City."))


class TokenForm(Form):
    name = StringField(
        _l("What is it for?"), [DataRequired(_l("Name it, so that you can tell it apart.")), Length(max=80)]
    )


class InviteForm(Form):
    email = _email()
    role = SelectField(_l("Role"), choices=[(role, ROLE_NAMES[role]) for role in reversed(ROLES)], default="member")
    team = StringField(_l("Team"), [Length(max=80)])
