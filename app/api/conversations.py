"""Conversations with customers, and what was promised in them. Reading and editing one: `/entries`."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import validates_schema

from app.access import allow, fetch, visible
from app.accounts.models import Account
from app.api.conversation_inputs import ConversationIn, contacts_named, promised
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Input, Text, Wrong
from app.api.letter_schemas import PromiseSchema
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.showing import one, stretch
from app.conversations import actions, lookup, promises
from app.conversations.models import CHANNELS, OUTCOMES, SIDES, Conversation, Promise


class ConversationQuery(PlainQuery):
    channel = Text(choices=CHANNELS, load_default=None)


class PromiseQuery(PlainQuery):
    state = Text(choices=("open", *OUTCOMES), load_default=None)
    side = Text(choices=SIDES, load_default=None)


class OutcomeIn(Input):
    """What came of a promise."""

    outcome = Text(choices=OUTCOMES, required=True, allow_none=True, metadata={
        "description": "null: it is open again."})
    note = Text(2000, load_default="")

    @validates_schema(skip_on_field_errors=True)
    def check(self, data, **_named) -> None:
        if data["outcome"] is None and data["note"].strip():
            raise Wrong(_l("What is open has come to nothing yet."), "note")


@operation("GET", "/accounts/<key:account_id>/conversations", query=paged_query(ConversationQuery),
           returns=SCHEMAS["conversation"], paged=True, also=(403,))
def list_conversations(account_id, query):
    """The conversations with a customer, the latest logged first."""
    account = fetch(Account, account_id, "read")
    ids, channel = lookup.conversation_ids(account.space), query.pop("channel")
    found = page(ids.where(Conversation.channel == channel) if channel else ids, Conversation.id, **query)
    return stretch(found.items, found.next)


@operation("POST", "/accounts/<key:account_id>/conversations", body=ConversationIn(), returns=SCHEMAS["conversation"],
           status=201)
def log_conversation(account_id, body):
    """Write down what was said with a customer, who was there and what was promised."""
    account = fetch(Account, account_id, "post")
    return one(actions.log_conversation(
        account, body["body"], actor=current_user, channel=body["channel"], title=body["title"],
        happened_at=body["happened_at"], contacts=contacts_named(account.space, body["contact_ids"]),
        people=[(name, "") for name in body["names"]], promised=promised(account.space, body["promises"]),
    ), status=201)


@operation("GET", "/accounts/<key:account_id>/promises", query=paged_query(PromiseQuery), returns=PromiseSchema(),
           paged=True, also=(403,))
def list_promises(account_id, query):
    """What was promised by us and by a customer, the latest first."""
    account, state, side = fetch(Account, account_id, "read"), query.pop("state"), query.pop("side")
    found = visible(current_user, Promise).where(
        Conversation.space_id == account.space_id, Conversation.deleted_at.is_(None))
    if state:
        found = found.where(Promise.outcome.is_(None) if state == "open" else Promise.outcome == state)
    return page(found.where(Promise.side == side) if side else found, Promise.id, **query)


@operation("PATCH", "/promises/<key:promise_id>", body=OutcomeIn(), returns=PromiseSchema())
def settle_promise(promise_id, body):
    """Tell what came of a promise: for who owes it, and for whoever writes in the account's space."""
    promise = fetch(Promise, promise_id)
    allow("settle", promise)
    if body["outcome"] is None:
        return promises.reopen(promise, actor=current_user)
    return promises.settle(promise, body["outcome"], actor=current_user, note=body["note"])
