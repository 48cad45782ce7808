"""What callers say of a sending, when it is recorded and when it is corrected; and what its actions refuse."""

from contextlib import contextmanager

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.accounts.models import Account
from app.api.conversation_inputs import When, contacts_named
from app.api.fields import Input, Text, key
from app.api.problems import Invalid
from app.assets.models import Version
from app.contacts.models import NAME_LENGTH
from app.entries.models import TITLE_LENGTH
from app.people.models import Person
from app.sendings import actions
from app.sendings.choosing import chosen
from app.sendings.forms import TEXT_LENGTH
from app.sendings.models import CHANNELS, Sending


class SentFileIn(Input):
    asset_id = key(required=True)
    version = key(load_default=None, allow_none=True, metadata={
        "description": "Its number; left out, the newest that is approved, else the newest."})


class SendingIn(Input):
    files = fields.List(fields.Nested(SentFileIn), required=True, validate=Length(1, actions.MOST))
    channel = Text(choices=CHANNELS, load_default="mail")
    happened_at = When(load_default=None, metadata={"description": "Left out: now."})
    contact_ids = fields.List(key(), load_default=list, validate=Length(max=50))
    names = fields.List(Text(NAME_LENGTH, needed=True), load_default=list, validate=Length(max=30), metadata={
        "description": "Who else it went to; whom nobody knows yet becomes a contact."})
    note = Text(TEXT_LENGTH, load_default="")
    reason = Text(TEXT_LENGTH, load_default="", metadata={
        "description": "Why it went out all the same; needed where something is known against a file."})


class SendingEdit(Input):
    """Left out, it stays. `files` takes the place of those that the caller may see, `contact_ids` with `names` of all
    people.
    """

    files = fields.List(fields.Nested(SentFileIn), validate=Length(max=actions.MOST))
    title = Text(TITLE_LENGTH, needed=True, required=False)
    body = Text(TEXT_LENGTH, metadata={"description": "The note."})
    channel = Text(choices=CHANNELS)
    happened_at = When()
    contact_ids = fields.List(key(), validate=Length(max=50))
    names = fields.List(Text(NAME_LENGTH, needed=True), validate=Length(max=30))
    reason = Text(TEXT_LENGTH, metadata={"description": "Needed where something is known against a new file."})


@contextmanager
def refused():
    """What does not fit is named by its field."""
    try:
        yield
    except actions.NeedsReason:
        raise Invalid({"reason": [_("Say why it went out all the same.")]}) from None
    except actions.Incomplete:
        raise Invalid({"contact_ids": [_("Say what was sent, and to whom.")]}) from None


def versions_named(files: list[dict], account: Account, channel: str) -> list[Version]:
    """The versions of the files that the caller may see. Raises Invalid where one is none of them."""
    numbers = {each["asset_id"]: each["version"] for each in files}
    found = chosen(numbers, numbers, account, channel, current_user)
    if len(found) < len(numbers) or any(numbers[each.asset.id] not in (None, each.version.number) for each in found):
        raise Invalid({"files": [_("There is nothing there that you can see.")]})
    return [each.version for each in found]


def change_sending_by_ids(sending: Sending, *, actor: Person, **changes) -> Sending:
    """`change_sending`, with what ids stand for. Raises Invalid."""
    account, channel = sending.space.account, changes.get("channel", sending.channel)
    if "files" in changes:
        changes["versions"] = versions_named(changes.pop("files"), account, channel)
        sent = {each.asset_id: each.version.number for each in sending.items}
        changes["shown"] = [each.asset.id for each in chosen(sent, sent, account, channel, current_user)]
    if "contact_ids" in changes or "names" in changes:
        ids = changes.pop("contact_ids", None)
        changes["contacts"] = list(sending.contacts) if ids is None else contacts_named(sending.space, ids)
        changes["people"] = [(name, "") for name in changes.pop("names", ())]
    with refused():
        return actions.change_sending(sending, actor=actor, **changes)
