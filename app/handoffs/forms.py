"""Handing over, and what both sides say on the way."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, Length, Optional, ValidationError

from app.access import LARGEST_KEY
from app.accounts.models import TIERS
from app.entries.models import TITLE_LENGTH, Entry
from app.forms import Form
from app.handoffs.models import LINE
from app.handoffs.reading import MOST_READS, readable
from app.people.days import today_for
from app.people.models import Person
from app.reviews.figures_form import FigureField
from app.reviews.numerals import CURRENCIES
from app.spaces.models import Space
from app.spaces.naming import PeopleField

NOBODY = 0
SIGNAL_NAMES = {"lead": _l("A lead"), "signal": _l("A buying signal")}
OUTCOME_NAMES = {
    "meeting": _l("A meeting"), "opportunity": _l("An opportunity"), "won": _l("Won"), "lost": _l("Lost"),
    "recycled": _l("Back to marketing"),
}
COLUMNS = ("signal", "contact_name", "contact_role", "contact_email", "programme", "source", "permission_channel",
           "permission_basis", "permission_words")
"""What a hand-off says besides its title and its text."""
_KEY = re.compile(r"(\d+)(?:[/?#].*)?$")


class ReadsField(TextAreaField):
    """What the contact read: an address or a number a line; afterwards the entries are in `entries`."""

    entries: list[Entry] = ()

    def post_validate(self, form, validation_stopped: bool) -> None:
        """Look them up, for the reader; what they cannot see is named beside the field."""
        lines = [*map(str, form.read.data or ()), *(each.strip() for each in self.data.splitlines() if each.strip())]
        if len(lines) > MOST_READS:
            raise ValidationError(_("Name at most %(most)s.", most=MOST_READS))
        keys = {line: _key(line) for line in lines}
        known = readable(current_user, {key for key in keys.values() if key})
        if unknown := [line for line, key in keys.items() if key not in known]:
            raise ValidationError(_("There is nothing at “%(line)s” that you can see.", line=unknown[0][:80]))
        self.entries = [known[key] for key in dict.fromkeys(keys.values())]


def _key(line: str) -> int | None:
    """The id in the last part of an address: "https://…/assets/12?slide=3", "/e/12", "12"."""
    found = _KEY.search(line.partition("#")[0].partition("?")[0])
    return int(found[1]) if found and len(found[1]) <= 10 and int(found[1]) <= LARGEST_KEY else None


class DetailsForm(Form):
    """What a hand-off says; it can be changed later."""

    signal = RadioField(_l("What is it?"), choices=list(SIGNAL_NAMES.items()), default="lead")
    title = StringField(_l("In a line: what do they want?"), [
        DataRequired(_l("Say in a line what they want.")), Length(max=TITLE_LENGTH)])
    body = TextAreaField(_l("What they asked or said"), [Length(max=20_000)],
                         description=_l("In their own words, as far as you have them."))
    contact_name = StringField(_l("Who on their side"), [Length(max=LINE)])
    contact_role = StringField(_l("Their role"), [Length(max=LINE)])
    contact_email = StringField(_l("Their e-mail"), [
        Optional(), Length(max=254), Email(_l("This is not an e-mail address."))])
    read = SelectMultipleField(_l("What they read"), coerce=int, validate_choice=False)
    reads = ReadsField(_l("or links to it"), [Length(max=4000)],
                       description=_l("Of files, reviews or posts here, one a line."))
    review_id = SelectField(_l("From the campaign"), coerce=int, default=NOBODY, validate_choice=False)
    programme = StringField(_l("or programme, in words"), [Length(max=LINE)])
    source = StringField(_l("Where they came from"), [Length(max=60)], description=_l("Webinar, fair, referral …"))
    permission_channel = StringField(_l("May be contacted by"), [Length(max=60)], description=_l("E-mail, phone …"))
    permission_basis = StringField(_l("Because"), [Length(max=LINE)],
                                   description=_l("Consent, a contract, they asked …"))
    permission_words = StringField(_l("What they agreed to"), [Length(max=300)])

    def said(self) -> dict:
        """The fields as columns; without what was read and the campaign."""
        return {name: self[name].data for name in COLUMNS}


class HandoffForm(DetailsForm):
    tier = SelectField(_l("Tier"), choices=[(each, each) for each in TIERS],
                       description=_l("In working hours. It begins with the tier of the account."))
    queue_id = SelectField(_l("To the queue"), coerce=int, default=NOBODY)
    person = PeopleField(_l("or to one person"), [Length(max=60)], description=_l("@jon, who can see this account."))
    space: Space

    def validate_queue_id(self, field) -> None:
        """Who chooses a queue need not empty the person that the form began with."""
        if field.data and self.person.data.strip() == self.person.object_data:
            self.person.data = ""
        named = len(self.person.data.split())
        if named > 1:
            raise ValidationError(_("One person takes it; who else should know can be named in the text."))
        if bool(named) == bool(field.data):
            raise ValidationError(_("Give it to a queue, or to one person."))

    @property
    def addressee(self) -> Person | None:
        """To whom, where it is a person."""
        return self.person.people[0] if self.person.people else None


class NoteForm(Form):
    note = TextAreaField(_l("A word to them"), [Length(max=5000)])


class PassForm(Form):
    """To whom else of sales; `space` is the account's."""

    queue = SelectField(_l("To the queue"), coerce=int, default=NOBODY)
    person = PeopleField(_l("or to one person"), [Length(max=60)], description=_l("@jon, who can see this account."))
    note = TextAreaField(_l("Why, and what they should know"), [
        DataRequired(_l("Write what you want to say.")), Length(max=5000)])
    space: Space

    def validate_queue(self, field) -> None:
        if len(self.person.data.split()) + bool(field.data) != 1:
            raise ValidationError(_("Give it to a queue, or to one person."))


class QuestionForm(Form):
    note = TextAreaField(_l("What do you need to know?"), [
        DataRequired(_l("Write what you want to say.")), Length(max=5000)])


class AnswerForm(Form):
    note = TextAreaField(_l("Your answer"), [DataRequired(_l("Write what you want to say.")), Length(max=5000)])


class DeclineForm(Form):
    reason = RadioField(_l("Why"), [DataRequired(_l("Choose a reason from the list."))], validate_choice=False)
    note = TextAreaField(_l("More about it"), [Length(max=5000)],
                         description=_l("What would have made it a good one? It flows into the next campaign."))


class OutcomeForm(Form):
    outcome = RadioField(_l("What came of it?"), [DataRequired(_l("Choose what came of it."))])
    amount = FigureField(_l("Worth"))
    currency = SelectField(_l("Currency"), choices=[(each, each) for each in CURRENCIES])
    reason = StringField(_l("Why it was lost, or is too early"), [Length(max=300)])
    day = DateField(_l("Marketing should try again from"), [Optional()])
    note = TextAreaField(_l("A word to them"), [Length(max=5000)])

    def validate_day(self, field) -> None:
        if field.data and self.outcome.data == "recycled" and field.data < today_for(current_user):
            raise ValidationError(_l("This day is over."))

    def said(self) -> dict:
        """The fields as `tell_outcome` takes them."""
        return {name: self[name].data for name in ("amount", "currency", "day")} | {
            "reason": self.reason.data, "note": self.note.data}
