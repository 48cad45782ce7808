"""Opening and changing spaces."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, NumberRange, Optional, ValidationError

from app.accounts.models import TIERS
from app.accounts.words import STAGE_NAMES
from app.forms import Form, WholeNumberField
from app.projects.models import STATES
from app.spaces.models import ACCESS

ACCESS_NAMES = {
    "open": _l("Open – everybody in the company reads and joins"),
    "closed": _l("Closed – everybody sees that it exists, members read"),
    "secret": _l("Secret – only members know of it"),
}
MOST_EMPLOYEES = 100_000_000
STATE_NAMES = {"planned": _l("Planned"), "running": _l("Running"), "done": _l("Done")}


class SpaceForm(Form):
    """What all spaces have."""

    name = StringField(_l("Name"), [DataRequired(_l("Give it a name.")), Length(max=120)])
    description = TextAreaField(_l("What it is for"), [Length(max=4000)])
    access = RadioField(_l("Who may look in"), choices=[(each, ACCESS_NAMES[each]) for each in ACCESS], default="open")


class ProjectForm(SpaceForm):
    goal = TextAreaField(_l("The goal, in a sentence"), [Length(max=500)])
    brief = TextAreaField(_l("The brief"), [Length(max=20_000)],
                          description=_l("What a newcomer has to know: audience, message, limits. Markdown."))
    state = SelectField(_l("State"), choices=[(each, STATE_NAMES[each]) for each in STATES], default="running")
    starts_on = DateField(_l("Starts"), [Optional()])
    ends_on = DateField(_l("Ends"), [Optional()])

    def validate_ends_on(self, field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("It ends before it starts."))


class AccountForm(SpaceForm):
    tier = SelectField(_l("Tier"), choices=[(each, each) for each in TIERS], default="B")
    industry = StringField(_l("Industry"), [Length(max=80)])
    region = StringField(_l("Region"), [Length(max=60)])
    stage = SelectField(_l("Stage"), choices=[("", "–"), *STAGE_NAMES.items()], default="")
    website = StringField(_l("Website"), [Length(max=200)])
    employees = WholeNumberField(_l("Employees"), [Optional(), NumberRange(min=0, max=MOST_EMPLOYEES)])
    marketing_owner_id = SelectField(_l("Owner in marketing"), coerce=int)
    sales_owner_id = SelectField(_l("Owner in sales"), coerce=int)
    parent_id = SelectField(_l("Part of"), coerce=int, default=0)


class MemberForm(Form):
    email = EmailField(_l("E-mail"), [DataRequired(_l("Type an e-mail address.")), Length(max=254),
                                     Email(_l("This is not an e-mail address."))])
    role = SelectField(_l("Role"), choices=[("member", _l("Member")), ("owner", _l("Owner")), ("guest", _l("Guest"))])
