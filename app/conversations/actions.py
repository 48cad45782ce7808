"""Writing down what was said with a customer. Each action takes its actor, records what happened and never commits."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import Account
from app.activity.recording import record
from app.contacts.actions import recognise
from app.contacts.models import Contact
from app.conversations import kinds, promises
from app.conversations.models import Conversation
from app.conversations.promises import Said
from app.conversations.words import CHANNEL_NAMES
from app.db import now
from app.entries.actions import edit, publish
from app.entries.models import TITLE_LENGTH
from app.extensions import db
from app.people.models import Person
from app.search import index


def log_conversation(
    account: Account, said: str, *, actor: Person, channel: str = "call", title: str = "",
    happened_at: datetime | None = None, contacts: Sequence[Contact] = (), people: Sequence[tuple[str, str]] = (),
    promised: Sequence[Said] = (),
) -> Conversation:
    """Write down what was said. `people` are names and addresses, `(name, email)`: whom nobody knows yet
    becomes a contact.

    Left without a title it is called by its channel and who was there.
    """
    happened_at = happened_at or now()
    there = _there(account, contacts, people, actor, happened_at)
    conversation = Conversation(
        space=account.space, channel=channel, happened_at=happened_at, contacts=there, body=said.strip(),
        title=title.strip()[:TITLE_LENGTH] or title_of(channel, there),
    )
    publish(conversation, actor=actor, kind=kinds.ConversationLogged)
    promises.write(conversation, promised, actor=actor)
    index.write_entry(db.session, conversation)
    return conversation


def change_conversation(
    conversation: Conversation, *, actor: Person, contacts: Sequence[Contact] | None = None,
    people: Sequence[tuple[str, str]] = (), promised: Sequence[Said] | None = None, **fields,
) -> Conversation:
    """Change what it says; how it read before is kept. The words of a letter stay as they came."""
    if conversation.by_mail:
        fields = {name: value for name, value in fields.items() if name == "title"}
    if "title" in fields and not fields["title"].strip():
        del fields["title"]
    if contacts is not None:
        account = conversation.space.account
        there = _there(account, contacts, people, actor, fields.get("happened_at") or conversation.happened_at)
        if there != list(conversation.contacts):
            conversation.contacts = there
    if promised is not None:
        promises.write(conversation, promised, actor=actor)
    db.session.flush()
    edit(conversation, actor=actor, **fields)
    index.write_entry(db.session, conversation)
    return conversation


def _there(account: Account, contacts: Sequence[Contact], people: Sequence[tuple[str, str]], actor: Person,
           moment: datetime) -> list[Contact]:
    everybody = [*((each.name, each.email) for each in contacts), *people]
    return recognise(account, everybody, actor=actor, spoken_at=moment) if everybody else []


def title_of(channel: str, people: Sequence[Contact]) -> str:
    """What a conversation is called that nobody gave a name."""
    if not people:
        return str(CHANNEL_NAMES[channel])
    names = ", ".join(each.name for each in people[:3]) + (" …" if len(people) > 3 else "")
    return _("%(channel)s with %(names)s", channel=CHANNEL_NAMES[channel], names=names)[:TITLE_LENGTH]


def tell_of_address(account: Account, *, actor: Person) -> None:
    """The account has a new address for mail."""
    record(kinds.MailAddressMade, actor=actor, space=account.space)
