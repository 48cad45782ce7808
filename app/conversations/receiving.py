"""Mail that comes by itself: whom it is for, whether it may come in, who stands for it here."""

import hmac
import re
import secrets

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from app.access import can
from app.accounts.models import Account
from app.conversations.actions import tell_of_address
from app.conversations.colleagues import mail_domain
from app.conversations.filing import Filed, file_arrived
from app.conversations.mail.message import Message
from app.conversations.mail.reading import Delivery
from app.conversations.mail_models import MailKey
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership, Space

_ADDRESS = re.compile(r"^<?(?P<slug>[^@+\s<>]{1,80})(?:\+(?P<key>[^@\s<>]{1,60}))?@(?P<domain>[^@\s<>]+?)>?$")
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # nothing in it is taken for another when it is read aloud
KEY_LENGTH = 16


MISTAKES = (ArithmeticError, AttributeError, DataError, IntegrityError, KeyError, IndexError, TypeError, ValueError)
"""What a letter that we read wrongly may raise when it is filed; it is not the store or the database that is away."""


class NoSuchAddress(LookupError):
    """Mail to this address is for nobody here."""


def make_address(account: Account, *, actor: Person) -> MailKey:
    """A new address for the mail of an account; the one before leads nowhere from now on."""
    kept = key_of(account)
    if kept is None:
        kept = MailKey(account=account)
        db.session.add(kept)
    kept.key = "".join(secrets.choice(ALPHABET) for _each in range(KEY_LENGTH))
    db.session.flush()
    tell_of_address(account, actor=actor)
    return kept


def key_of(account: Account) -> MailKey | None:
    """The secret of the account's address, if it has one."""
    return db.session.scalar(select(MailKey).where(MailKey.account_id == account.id))


def address_of(account: Account) -> str:
    """Where mail of this account is sent; empty as long as nobody asked for an address."""
    kept = key_of(account)
    return f"{account.space.slug}+{kept.key}@{mail_domain()}" if kept else ""


def account_at(address: str) -> Account:
    """Whose address it is. Raises NoSuchAddress for a key that is wrong, as for an account that is not there."""
    account, key = named_by(address)
    if account is None or not key or not _is_key(account, key) or account.space.is_archived:
        raise NoSuchAddress(address)
    return account


def _is_key(account: Account, key: str) -> bool:
    kept = key_of(account)
    return kept is not None and hmac.compare_digest(kept.key.encode(), key.lower().encode())


def named_by(address: str) -> tuple[Account | None, str]:
    """The account that an address names, whatever its key, and that key."""
    found = _ADDRESS.match(address.strip())
    if not found or not address.isprintable():  # what no database takes is nobody's
        return None, ""
    slug = found["slug"].lower()
    query = select(Account).join(Account.space).where(Space.slug == slug, Space.kind == "account")
    return db.session.scalar(query), found["key"] or ""


def key_fits(account: Account, key: str) -> bool:
    """Whether an address without a key, or with this one, may be used by who may write into the account anyway."""
    return not key or _is_key(account, key)


def recipients(message: Message) -> list[str]:
    """Where a message says it was delivered to, the surest first."""
    return [each.email for each in [*message.delivered_to, *message.to, *message.cc] if each.email]


def first_account(addresses: list[str]) -> Account:
    """The account of the first address that is one of ours. Raises NoSuchAddress."""
    for each in addresses:
        try:
            return account_at(each)
        except NoSuchAddress:
            continue
    raise NoSuchAddress(", ".join(addresses))


def stand_in(account: Account, message: Message) -> Person:
    """Who stands for a letter that nobody brought: a colleague in it who writes there, else who works the account."""
    emails = [each.email for each in message.people]
    named = {each.email: each for each in db.session.scalars(
        select(Person).where(Person.email.in_(emails), Person.deactivated_at.is_(None)))}
    known = [named[email] for email in emails if email in named]
    owners = [account.sales_owner, account.marketing_owner]
    running = db.session.scalars(select(Person).join(Membership, Membership.person_id == Person.id).where(
        Membership.space_id == account.space_id).order_by(Membership.role.desc(), Membership.id)).all()
    for person in [*known, *owners, *running]:
        if person is not None and can(person, "post", account.space):
            return person
    raise NoSuchAddress(account.space.slug)


def file_all(account: Account, delivery: Delivery, *, actor: Person | None = None) -> list[Filed]:
    """File what arrived, oldest first. With an `actor` they brought it; without, it came by itself."""
    by_date = sorted(delivery.arrived, key=lambda each: each.message.date or "9")
    return [filed for each in by_date for filed in file_arrived(
        account, each, actor=actor or stand_in(account, each.message), announced_by=actor)]
