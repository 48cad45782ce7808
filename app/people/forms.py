"""What people type about themselves and each other."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from app.forms import Form
from app.people import rules
from app.people.models import ROLES
from app.presentation import LOCALES, known_timezones

ROLE_NAMES = {"admin": _l("Admin"), "member": _l("Member"), "guest": _l("Guest")}
LOCALE_NAMES = {"en": "English", "de": "Deutsch", "zh": "中文", "ar": "العربية", "he": "עברית"}


def keeps(rule: Callable[[str], str]):
    """A validator of one of the rules for people."""

    def check(_form, field) -> None:
        try:
            rule(field.data or "")
        except rules.Unacceptable as error:
            raise ValidationError(error.message) from None

    return check


def _name():
    return StringField(_l("Name"), [DataRequired(_l("Tell us your name.")), keeps(rules.name)])


def _email():
    return EmailField(_l("E-mail"), [DataRequired(_l("Type an e-mail address.")), keeps(rules.email)])


def _team(**options):
    return StringField(_l("Team"), [keeps(rules.team)], **options)


def _new_password():
    return PasswordField(
        _l("New password"), [DataRequired(_l("Choose a password.")), keeps(rules.password)],
        description=_l("At least 10 characters; a short sentence is good."),
    )


class SignInForm(Form):
    email = EmailField(_l("E-mail"), [DataRequired(_l("Type your e-mail address."))])
    password = PasswordField(_l("Password"), [DataRequired(_l("Type your password."))])


class FirstPersonForm(Form):
    """The first visitor of an empty Quarterdeck becomes its admin."""

    name = _name()
    email = _email()
    team = _team(default="Marketing")
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
    team = _team()
    region = StringField(
        _l("Region"), [Length(max=60)], description=_l("Where your work is: EMEA, DACH, North America …")
    )
    expertise = StringField(
        _l("Expertise"), [Length(max=400)], description=_l("What colleagues may ask you about, with commas.")
    )
    about = TextAreaField(_l("What I work on"), [Length(max=4000)])
    locale = SelectField(_l("Language"), choices=[(code, LOCALE_NAMES[code]) for code in LOCALES])
    timezone = StringField(_l("Time zone"), description=_l("For example Europe/Berlin"))
    digest_by_mail = BooleanField(_l("Send me what each quarter taught by mail"))
    shows_presence = BooleanField(
        _l("Show others in an open thread that I read and type there, and show me who else does"))

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
    team = _team()
