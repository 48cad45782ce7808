"""Logging a conversation, and telling what came of a promise."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from app.contacts.models import NAME_LENGTH, Contact
from app.conversations.mail.headers import addresses
from app.conversations.models import CHANNELS, OUTCOMES, Conversation, Promise
from app.conversations.promises import Said
from app.conversations.words import CHANNEL_NAMES, OUTCOME_WORDS
from app.db import now
from app.entries.forms import BODY_LENGTH
from app.entries.lines import Unreadable, lines_of, read_line
from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.people.days import today_for, zone_of
from app.spaces.models import Space
from app.spaces.naming import people_named

OPEN = "open"
MOST_PROMISES = 50
MOST_NAMES = 30


class PromisesField(TextAreaField):
    """Promises of one side, one a line, of a form with a `space`; afterwards they are in `said`."""

    def __init__(self, *arguments, side: str, **named) -> None:
        super().__init__(*arguments, **named)
        self.side, self.said = side, []

    def process_data(self, value) -> None:
        """Promises as lines, or text."""
        self.owing = {each.owner.handle: each.owner for each in value or () if isinstance(each, Promise) and each.owner}
        self.data = "\n".join(each.line for each in value) if isinstance(value, list) else value

    def post_validate(self, form, validation_stopped: bool) -> None:
        """Read the lines; what cannot be understood is said beside the field."""
        lines = lines_of(self.data or "")
        if len(lines) > MOST_PROMISES:
            raise ValidationError(_("These are too many for one conversation."))
        try:
            read = [read_line(line, today_for(current_user)) for line in lines]
        except Unreadable as error:
            raise ValidationError(str(error)) from None
        known = people_named({each.handle for each in read if each.handle}, form.space, guests_too=True) | self.owing
        for each in read:
            if each.handle and each.handle not in known:
                raise ValidationError(_("Nobody who can see this place is called @%(handle)s.", handle=each.handle))
        me = current_user._get_current_object() if self.side == "ours" else None
        self.said = [Said.of(self.side, each, known.get(each.handle, me)) for each in read]


class WithPeople(Form):
    """Something with people of the customer at a moment that has been; `known` are contacts that can be ticked."""

    yet_to_come = _l("This is yet to come: a conversation is logged when it was.")
    contact_ids = SelectMultipleField(_l("Spoken to lately"), coerce=int, choices=[])
    names = StringField(_l("Who on their side"), [Length(max=2000)],
                        description=_l("Names with commas between them; who is new is remembered."))
    happened_at = DateTimeLocalField(_l("When"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])

    def offer(self, known: list[Contact]) -> None:
        """Let these contacts be ticked."""
        self.known = known
        self.contact_ids.choices = [(each.id, each.name) for each in known]

    def validate_names(self, field) -> None:
        named = addresses(field.data)
        if len(named) > MOST_NAMES or any(len(each.shown) > NAME_LENGTH for each in named):
            raise ValidationError(_l("These are too many names, or one is too long."))

    def validate_happened_at(self, field) -> None:
        if self.moment > now() + timedelta(days=1):
            raise ValidationError(self.yet_to_come)

    @property
    def moment(self) -> datetime:
        """When it was, as the writer's clock shows it; now, if they did not say."""
        told = self.happened_at.data
        return told.replace(tzinfo=zone_of(current_user.timezone)) if told else now()

    def there(self) -> dict:
        """Who was there, as the actions take it."""
        ticked = [each for each in self.known if each.id in (self.contact_ids.data or [])]
        return {"contacts": ticked, "people": [(each.name, each.email) for each in addresses(self.names.data)]}


class ConversationForm(WithPeople):
    """`space` is the account's."""

    channel = RadioField(_l("How"), choices=[(each, CHANNEL_NAMES[each]) for each in CHANNELS], default="call")
    body = TextAreaField(_l("What they said"), [Length(max=BODY_LENGTH)])
    ours = PromisesField(_l("What we promised"), [Length(max=8000)], side="ours",
                         description=_l("One a line: Send the offer @jon 2026-12-15. Without a name it is yours."))
    theirs = PromisesField(_l("What they promised"), [Length(max=8000)], side="theirs",
                           description=_l("One a line. Whom you name looks after it."))
    title = StringField(_l("In a few words"), [Length(max=TITLE_LENGTH)])
    space: Space

    def validate_body(self, field) -> None:
        if not field.data and not self.ours.data and not self.theirs.data:
            raise ValidationError(_l("Write down what they said, or what was promised."))

    @property
    def promised(self) -> list[Said]:
        return [*self.ours.said, *self.theirs.said]


class ChangeForm(ConversationForm):
    """The same of one that is there; the words of a letter are not its readers' to change."""

    def shape(self, conversation: Conversation) -> None:
        """Leave out what a letter has as it came."""
        if conversation.by_mail:
            for name in ("channel", "body", "happened_at"):
                delattr(self, name)


class SettleForm(Form):
    """What came of a promise."""

    outcome = RadioField(_l("What came of it?"), [DataRequired(_l("Say what came of it."))], choices=[
        *((each, OUTCOME_WORDS[each]) for each in OUTCOMES), (OPEN, _l("Still open"))], default="kept")
    note = TextAreaField(_l("In a sentence"), [Length(max=2000)])


class MailboxForm(Form):
    """A mailbox, sent with the form or before it."""

    file = FileField(_l("Mailbox"), description=_l(
        "An .mbox file with any number of letters: a report says what became of each."))
    upload_id = IntegerField(validators=[Optional()])
