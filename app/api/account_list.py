"""The list of accounts, narrowed, with what is open and late with each."""

from flask_login import current_user
from marshmallow import fields
from sqlalchemy import literal

from app.access import visible
from app.accounts.listing import OWNERS, Wanted, narrowed
from app.accounts.models import STAGES, TIERS, Account
from app.accounts.standing import Standing, standings
from app.api.accounts import AccountSchema
from app.api.fields import Moment, Text, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import page
from app.conversations.models import CHANNELS
from app.sendings.models import CHANNELS as WAYS
from app.web import Page


class AccountQuery(PlainQuery):
    space_id = key(written=True)
    tier = Text(choices=TIERS)
    region = Text(60)
    industry = Text(80)
    stage = Text(choices=STAGES)
    name = Text(80, metadata={"description": "A part of its name."})
    owner_id = key(written=True, metadata={"description": "Of marketing or of sales."})
    mine = fields.Boolean(load_default=False, metadata={"description": "Only those that I own."})
    needs = fields.Boolean(load_default=False, metadata={"description": (
        "Only where something is needed now: a hand-off waits for a word, a promise of ours is due within a week, one "
        "of theirs is overdue.")})
    silent = fields.Boolean(load_default=False, metadata={
        "description": "Only where nothing was said or sent for 30 days."})


class OpenSchema(AccountSchema):
    """An account and what is open with it, of what I may see."""

    open_handoffs = fields.Integer(attribute="standing.handoffs")
    late_handoffs = fields.Integer(attribute="standing.late_handoffs")
    handoff_due_at = Moment(attribute="standing.handoff.due_at", dump_default=None, allow_none=True, metadata={
        "description": "When the first of them is due."})
    our_promises = fields.Integer(attribute="standing.ours", metadata={"description": "What we promised, and is open."})
    our_late_promises = fields.Integer(attribute="standing.late_ours")
    their_late_promises = fields.Integer(attribute="standing.late_theirs")
    touched_at = Moment(attribute="standing.touched.at", dump_default=None, allow_none=True, metadata={
        "description": "When something was last said to each other or sent."})
    touched_by = fields.String(attribute="standing.touched.kind", dump_default=None, allow_none=True, metadata={
        "enum": ["conversation", "sending", None]})
    touched_through = fields.String(attribute="standing.touched.channel", dump_default=None, allow_none=True, metadata={
        "enum": [*dict.fromkeys((*CHANNELS, *WAYS)), None]})

    def get_attribute(self, obj: Standing, attr: str, default):
        is_open = attr.startswith("standing.")
        return super().get_attribute(obj if is_open else obj.account, attr.removeprefix("standing."), default)

    def parent_for_caller(self, standing: Standing) -> int | None:
        return super().parent_for_caller(standing.account)


@operation("GET", "/accounts", query=paged_query(AccountQuery), returns=OpenSchema(), paged=True)
def list_accounts(query):
    """The accounts I may know of, the latest first."""
    said = {name: query.pop(name) for name in list(query) if name not in ("limit", "cursor")}
    accounts = visible(current_user, Account).with_only_columns(Account.id)
    if "space_id" in said:
        accounts = accounts.where(Account.space_id == said.pop("space_id"))
    if "owner_id" in said:
        accounts = accounts.where(literal(said.pop("owner_id")).in_(OWNERS))
    found = page(narrowed(accounts, current_user, Wanted(**said)), Account.id, **query)
    return Page(standings(found.items, current_user), found.next)
