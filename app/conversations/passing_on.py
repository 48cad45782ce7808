"""What a colleague passes on of a customer: whose words those are, and what the colleague says about them.

Passed on in the text, the letter is the customer's, and what the colleague wrote above it a comment. Passed on as
attachments, each is a letter of its own, and the one that brought them stands with the first of them if it says
anything. What a customer passes on is the customer's letter.
"""

from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import func, select

from app.accounts.models import Account
from app.contacts.models import Contact
from app.conversations.colleagues import Colleagues
from app.conversations.mail.headers import without_forward
from app.conversations.mail.message import Address, Message
from app.conversations.mail.reading import Arrived
from app.extensions import db
from app.people.models import Person


class Letter(NamedTuple):
    """A letter as it was written first, and what those who passed it on said, with who did, the first one first."""

    message: Message
    notes: list[tuple[Address, str]]


def unwrap(account: Account, message: Message, colleagues: Colleagues) -> Letter:
    """The letter that colleagues passed on in `message`; itself if they did not."""
    outer, notes = message, []
    while message.forwarded and _passes_on(message, colleagues):
        if message.note:
            notes.insert(0, (message.sender, message.note))
        inner = message.forwarded
        message = replace(inner, sender=_identified(account, inner.sender), date=inner.date or outer.date)
    if message is outer:
        return Letter(message, [])
    return Letter(replace(
        message, subject=without_forward(message.subject), message_id=outer.message_id, references=outer.references,
        files=outer.files, invitation=outer.invitation, dropped=outer.dropped, trouble=outer.trouble,
        forwarded_by=outer.forwarded_by or outer.sender,
    ), notes)


def _passes_on(message: Message, colleagues: Colleagues) -> bool:
    """Whether one of us passes on what another wrote: says so, or writes to nobody but us."""
    told = [*message.to, *message.cc]
    return colleagues.knows(message.sender) and (
        message.is_forward or not any(colleagues.is_outside(each) for each in told))


def _identified(account: Account, sender: Address) -> Address:
    """A sender whose address the mail program left out, if only one person of this name is known."""
    if sender.email or not sender.name:
        return sender
    first, comma, last = sender.name.partition(",")
    name = (f"{last.strip()} {first.strip()}" if comma else sender.name).lower()
    for model, here in ((Contact, Contact.account_id == account.id), (Person, Person.deactivated_at.is_(None))):
        named = select(model.email).where(func.lower(model.name) == name, here, model.email != "")
        found = db.session.scalars(named.limit(2)).all()
        if len(found) == 1:
            return Address(found[0], sender.name)
    return Address("", sender.name)


def carries(arrived: Arrived, colleagues: Colleagues) -> bool:
    """Whether a letter only brings the messages attached to it: a colleague's, or one without a word."""
    message = arrived.message
    return bool(arrived.inside) and not message.is_report and (
        colleagues.knows(message.sender) or not (message.text or message.quoted))


def carrier(arrived: Arrived) -> Arrived | None:
    """What is left of a letter without the messages that it brought; None if that is nothing."""
    message = arrived.message
    files = [(told, kept) for told, kept in arrived.files if not told.message]
    if not (files or message.text or message.quoted or message.trouble or message.dropped.get("parts")):
        return None
    return replace(arrived, files=files, inside=[])
