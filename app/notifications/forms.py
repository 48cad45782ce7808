"""What people say of how they want to be told."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from app.activity.rule_models import LEVELS
from app.forms import Form
from app.notifications.models import MAIL

LEVEL_NAMES = dict(zip(LEVELS, (
    _l("Everything new"), _l("What concerns me"), _l("Where I am named and what is asked of me"), _l("Nothing"),
), strict=True))
MAIL_NAMES = dict(zip(MAIL, (
    _l("Each event, a few minutes later"), _l("A digest every day"), _l("A digest every week"), _l("No mail"),
), strict=True))
WEEKDAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))


class MailForm(Form):
    mail = SelectField(_l("Mail"), choices=list(MAIL_NAMES.items()))
    hour = SelectField(_l("Digests at"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)],
                       description=_l("By the clock of your time zone."))
    weekday = SelectField(_l("Weekly digests on"), coerce=int, choices=list(enumerate(WEEKDAYS)))
    on_desktop = BooleanField(_l("Open tabs show what is new on my desktop, where the browser lets them"))


class RuleForm(Form):
    """A rule: of a space or everywhere (0), of a kind or of all ("")."""

    space_id = SelectField(_l("Where"), coerce=int)
    kind = SelectField(_l("What"))
    level = SelectField(_l("I hear of"), choices=list(LEVEL_NAMES.items()), default="mine")
