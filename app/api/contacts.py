"""The people on the customers' side."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields

from app.access import fetch, visible
from app.accounts.models import Account
from app.api.fields import Input, Moment, Output, Text, Wrong, key
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.revisions import etag, expect_unchanged, lock
from app.contacts import actions
from app.contacts.models import EMAIL_LENGTH, NAME_LENGTH, Contact


class ContactSchema(Output):
    id = fields.Integer()
    account_id = fields.Integer()
    name = fields.String()
    email = fields.String(metadata={"description": "In lower case; unique within the account unless it is empty."})
    title = fields.String(metadata={"description": "What they do there."})
    phone = fields.String()
    created_at = Moment()
    spoken_at = Moment(allow_none=True, metadata={"description": "When we last heard of them."})


def _email(value: str) -> None:
    try:
        actions.check_email(value)
    except actions.NotAnEmail:
        raise Wrong(_l("This is not an e-mail address.")) from None


class ContactFields(Input):
    """What of a contact can be changed."""

    name = Text(NAME_LENGTH, needed=True, required=False)
    email = Text(EMAIL_LENGTH, checks=[_email])
    title = Text(120)
    phone = Text(60)


class ContactIn(ContactFields):
    """A new contact."""

    account_id = key(required=True)
    name = Text(NAME_LENGTH, needed=True)


class ContactQuery(PlainQuery):
    account_id = key(written=True, load_default=None)


def _shown(contact: Contact, status: int | None = None) -> Answer:
    location = f"/api/v1/contacts/{contact.id}" if status == 201 else None
    return Answer(contact, status, etag(contact), location)


def _taken(error: actions.EmailTaken) -> Invalid:
    return Invalid({"email": [_("%(name)s has this address already.", name=error.contact.name)]})


@operation("GET", "/contacts", query=paged_query(ContactQuery), returns=ContactSchema(), paged=True)
def list_contacts(query):
    """The contacts I may see, the latest first; with `account_id` those of one account."""
    found, account_id = visible(current_user, Contact), query.pop("account_id")
    return page(found.where(Contact.account_id == account_id) if account_id else found, Contact.id, **query)


@operation("POST", "/contacts", body=ContactIn(), returns=ContactSchema(), status=201, etag=True)
def create_contact(body):
    """Add somebody at a customer."""
    account = fetch(Account, body.pop("account_id"), "post")
    try:
        return _shown(actions.add_contact(account, body.pop("name"), actor=current_user, **body), 201)
    except actions.EmailTaken as error:
        raise _taken(error) from None


@operation("GET", "/contacts/<key:contact_id>", returns=ContactSchema(), etag=True)
def read_contact(contact_id):
    """One contact."""
    return _shown(fetch(Contact, contact_id))


@operation("PATCH", "/contacts/<key:contact_id>", body=ContactFields(), returns=ContactSchema(), etag=True)
def edit_contact(contact_id, body):
    """Change what is known of a contact: for who writes in the account's space."""
    lock(Contact, contact_id)
    contact = fetch(Contact, contact_id, "post")
    expect_unchanged(contact)
    try:
        return _shown(actions.change_contact(contact, actor=current_user, **body))
    except actions.EmailTaken as error:
        raise _taken(error) from None


@operation("DELETE", "/contacts/<key:contact_id>", status=204, etag=True)
def delete_contact(contact_id):
    """Forget a contact; what they said stays."""
    lock(Contact, contact_id)
    contact = fetch(Contact, contact_id, "post")
    expect_unchanged(contact)
    actions.remove_contact(contact, actor=current_user)
