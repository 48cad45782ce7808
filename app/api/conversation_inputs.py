"""What callers say of a conversation, and how it becomes one."""

from datetime import UTC, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length
from sqlalchemy import select

from app.access import who_may_read
from app.api.fields import Day, Input, Text, Wrong, key
from app.api.problems import Invalid
from app.contacts.models import NAME_LENGTH, Contact
from app.conversations.actions import change_conversation
from app.conversations.models import CHANNELS, SIDES, Conversation
from app.conversations.promises import Said
from app.db import now
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


class PromiseIn(Input):
    side = Text(choices=SIDES, load_default="ours")
    text = Text(2000, needed=True)
    owner_id = key(load_default=None, allow_none=True, metadata={
        "description": "Who of us owes it, or looks after theirs."})
    due_on = Day(load_default=None, allow_none=True)


class When(fields.AwareDateTime):
    """A moment that has been; without a zone it is in UTC."""

    def __init__(self, **options) -> None:
        super().__init__(format="iso", default_timezone=UTC, **options)

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, str) or "T" not in value.upper():
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        try:
            found = super()._deserialize(value, attr, data, **named).astimezone(UTC)
        except OverflowError:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from None
        if found > now() + timedelta(days=1):
            raise Wrong(_l("This is yet to come: a conversation is logged when it was."))
        return found


class ConversationEdit(Input):
    """Of one that came by mail only its title, its contacts and its promises can be changed."""

    title = Text(TITLE_LENGTH)
    body = Text(BODY_LENGTH, metadata={"description": "What they said, in Markdown."})
    channel = Text(choices=CHANNELS)
    happened_at = When()
    contact_ids = fields.List(key(), validate=Length(max=50))
    promises = fields.List(fields.Nested(PromiseIn), validate=Length(max=50))


class ConversationIn(Input):
    body = Text(BODY_LENGTH, needed=True, metadata={"description": "What they said, in Markdown."})
    channel = Text(choices=CHANNELS, load_default="call")
    title = Text(TITLE_LENGTH, load_default="", metadata={"description": "Left out: its channel and who was there."})
    happened_at = When(load_default=None, metadata={"description": "Left out: now."})
    contact_ids = fields.List(key(), load_default=list, validate=Length(max=50))
    names = fields.List(Text(NAME_LENGTH, needed=True), load_default=list, validate=Length(max=30), metadata={
        "description": "Who else was there; whom nobody knows yet becomes a contact."})
    promises = fields.List(fields.Nested(PromiseIn), load_default=list, validate=Length(max=50))


def contacts_named(space: Space, ids: list[int]) -> list[Contact]:
    """The contacts of the account with these ids. Raises Invalid."""
    found = {each.id: each for each in db.session.scalars(
        select(Contact).where(Contact.id.in_(ids), Contact.account_id == space.account.id))} if ids else {}
    if missing := [each for each in ids if each not in found]:
        raise Invalid({"contact_ids": [_("Nobody at this account has the id %(id)s.", id=missing[0])]})
    return [found[each] for each in dict.fromkeys(ids)]


def promised(space: Space, given: list[dict]) -> list[Said]:
    """Promises as the actions take them. Raises Invalid."""
    ids = {each["owner_id"] for each in given} - {None}
    able = who_may_read(space, ids) if ids else set()
    owners = {each.id: each for each in db.session.scalars(select(Person).where(Person.id.in_(able)))} if able else {}
    for place, each in enumerate(given):
        if each["owner_id"] not in (None, *owners):
            raise Invalid({f"promises.{place}.owner_id": [_("Nobody who can see this place has this id.")]})
    return [Said(each["side"], each["text"].strip(), owners.get(each["owner_id"]), each["due_on"]) for each in given]


def change_by_ids(conversation: Conversation, *, actor: Person = current_user, **changes) -> Conversation:
    """`change_conversation`, with what ids stand for. Raises Invalid."""
    if conversation.by_mail and (theirs := changes.keys() & {"body", "channel", "happened_at"}):
        raise Invalid({name: [_("It came by mail and stays as it came.")] for name in sorted(theirs)})
    if "contact_ids" in changes:
        changes["contacts"] = contacts_named(conversation.space, changes.pop("contact_ids"))
    if "promises" in changes:
        changes["promised"] = promised(conversation.space, changes.pop("promises"))
    return change_conversation(conversation, actor=actor, **changes)
