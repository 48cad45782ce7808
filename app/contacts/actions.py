"""Keeping the people of a customer. Each action takes its actor, records what happened and never commits."""

from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from app.accounts.models import Account
from app.activity.kinds import Kind
from app.activity.recording import record
from app.contacts import kinds
from app.contacts.models import EMAIL_LENGTH, NAME_LENGTH, Contact
from app.extensions import db
from app.people.models import Person


class EmailTaken(ValueError):
    """Somebody else at this account has the address; `contact` is who."""

    def __init__(self, contact: Contact) -> None:
        super().__init__(contact.email)
        self.contact = contact


class NotAnEmail(ValueError):
    """It cannot be an address."""


def check_email(text: str) -> str:
    """The address as it is kept, or nothing. Raises NotAnEmail."""
    text = text.strip().lower()
    try:
        return text and validate_email(text, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError:
        raise NotAnEmail(text) from None


def add_contact(account: Account, name: str, *, actor: Person | None, email: str = "", title: str = "",
                phone: str = "") -> Contact:
    """Somebody at the customer whom we know now. Raises EmailTaken, NotAnEmail."""
    email = check_email(email)
    _expect_free(account, email)
    contact = Contact(account=account, name=name.strip()[:NAME_LENGTH], email=email, title=title.strip(),
                      phone=phone.strip())
    db.session.add(contact)
    return _told(contact, kinds.ContactAdded, actor)


def change_contact(contact: Contact, *, actor: Person, **fields) -> Contact:
    """Change their `name`, `email`, `title` or `phone`. Raises EmailTaken, NotAnEmail."""
    if "email" in fields:
        fields["email"] = check_email(fields["email"])
        _expect_free(contact.account, fields["email"], contact)
    changed = {name: value.strip() for name, value in fields.items() if getattr(contact, name) != value.strip()}
    for name, value in changed.items():
        setattr(contact, name, value)
    return _told(contact, kinds.ContactChanged, actor, fields=sorted(changed)) if changed else contact


def remove_contact(contact: Contact, *, actor: Person) -> None:
    """Forget them; conversations keep what was said."""
    _told(contact, kinds.ContactRemoved, actor)
    db.session.delete(contact)


def recognise(account: Account, people: list[tuple[str, str]], *, actor: Person | None,
              spoken_at: datetime | None = None) -> list[Contact]:
    """The contacts that these names and addresses are, `(name, email)`; who is new is added. Without an address, on
    either side, people are recognised by their name.
    """
    known = list(db.session.scalars(select(Contact).where(Contact.account_id == account.id).order_by(Contact.id)))
    by_email = {each.email: each for each in known if each.email}
    by_name = {each.name.casefold(): each for each in reversed(known)}
    found = []
    for name, email in people:
        name, email = name.strip()[:NAME_LENGTH], email.strip().lower()[:EMAIL_LENGTH]
        contact, named = by_email.get(email) if email else None, by_name.get(name.casefold())
        if contact is None and named and not (email and named.email):
            contact = named
            if email:
                # They were logged by their name alone before.
                contact.email, by_email[email] = email, contact
                _told(contact, kinds.ContactChanged, actor, fields=["email"])
        if contact is None:
            contact = Contact(account=account, name=name or email[:NAME_LENGTH], email=email)
            db.session.add(contact)
            _told(contact, kinds.ContactAdded, actor)
            by_email[email] = by_name[contact.name.casefold()] = contact
        elif name and contact.name == contact.email[:NAME_LENGTH]:
            contact.name = name
        if contact not in found:
            found.append(contact)
        if spoken_at and (contact.spoken_at is None or contact.spoken_at < spoken_at):
            contact.spoken_at = spoken_at
    db.session.flush()
    return found


def _expect_free(account: Account, email: str, but: Contact | None = None) -> None:
    if not email:
        return
    taken = select(Contact).where(Contact.account_id == account.id, Contact.email == email)
    other = db.session.scalar(taken.where(Contact.id != but.id) if but else taken)
    if other is not None:
        raise EmailTaken(other)


def _told(contact: Contact, kind: type[Kind], actor: Person | None, **data) -> Contact:
    db.session.flush()
    record(kind, actor=actor, space=contact.account.space, contact_id=contact.id, contact=contact.name, **data)
    return contact
