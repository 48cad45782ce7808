"""Recording what was sent to a customer."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import Length, ValidationError

from app.conversations.forms import WithPeople
from app.sendings.models import CHANNELS
from app.sendings.words import CHANNEL_NAMES

TEXT_LENGTH = 5000


class SendingForm(WithPeople):
    """`warned`: whether something is known against what was chosen, once that is known."""

    warned = False
    yet_to_come = _l("This is yet to come: what was sent is recorded when it went out.")
    channel = RadioField(_l("How"), choices=[(each, CHANNEL_NAMES[each]) for each in CHANNELS], default="mail")
    body = TextAreaField(_l("A note"), [Length(max=TEXT_LENGTH)],
                         description=_l("What you wrote along, or what they asked for."))
    anyway = BooleanField(_l("I sent it all the same"))
    reason = TextAreaField(_l("Why"), [Length(max=TEXT_LENGTH)], description=_l(
        "It is kept, for everybody who reads this account."))

    def validate_names(self, field) -> None:
        super().validate_names(field)
        if not field.data and not self.contact_ids.data:
            raise ValidationError(_("Say to whom."))

    def validate_anyway(self, field) -> None:
        if self.warned and not field.data:
            raise ValidationError(_("Something is known against this, see above. Tick this if it went out all the "
                                    "same."))

    def validate_reason(self, field) -> None:
        if self.warned and self.anyway.data and not field.data:
            raise ValidationError(_("Say why it went out all the same."))
