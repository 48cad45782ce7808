"""Re-using assets: adapting them, why they are as they are, where they are used, and what they may be used for."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length
from sqlalchemy import select

from app.access import allow, fetch
from app.accounts.models import STAGES
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Day, Input, Moment, Output, Text, key
from app.api.operation import operation
from app.api.problems import Invalid
from app.api.showing import living, one, usable
from app.assets.held import fetch_held, kept
from app.assets.models import Asset, Version
from app.entries.models import TITLE_LENGTH
from app.extensions import db
from app.reuse import actions
from app.reuse.chain import why_chain
from app.reuse.forms import TEXT_LENGTH
from app.reuse.language import NAMES
from app.reuse.models import OUTCOMES, PLACE_LENGTH, Derivation
from app.reuse.uses import used_in
from app.spaces.models import Space


class AdaptationIn(Input):
    space_id = key(required=True)
    version = key(load_default=None, allow_none=True, metadata={"description": "Its number; left out, the newest."})
    title = Text(TITLE_LENGTH, load_default="", metadata={"description": "Left out, it is called like the origin."})
    why = Text(TEXT_LENGTH, needed=True, metadata={"description": "What it is adapted for."})
    upload_id = key(load_default=None, allow_none=True, metadata={
        "description": "A file of mine that has arrived; left out, it begins as the same file, stored once."})


class SettlementIn(Input):
    version = key(required=True, metadata={"description": "The version of the origin that was looked at."})
    outcome = Text(choices=OUTCOMES, required=True)
    note = Text(TEXT_LENGTH, load_default="")


def _places() -> fields.List:
    return fields.List(Text(PLACE_LENGTH, needed=True), validate=Length(max=100),
                       metadata={"description": "All of them; empty: everywhere."})


class RightsIn(Input):
    """What is left out stays."""

    licence = Text(TEXT_LENGTH)
    source = Text(500)
    people_shown = Text(TEXT_LENGTH)
    usable_from = Day(allow_none=True)
    usable_until = Day(allow_none=True)
    regions = _places()
    channels = _places()
    industries = _places()
    stages = fields.List(Text(choices=STAGES), validate=Length(max=len(STAGES)), metadata={
        "description": "Whom it is made for; all of them."})
    language = Text(choices=("", *NAMES))


class ChainDecisionSchema(Output):
    id = fields.Integer()
    title = fields.String()
    choice = fields.String(metadata={"description": "Empty: it is open."})
    not_taken = fields.List(fields.String(), metadata={"description": "Options that were rejected."})


class LinkSchema(Output):
    """A file of the chain. What it was derived from is null where there is nothing, or nothing the caller may see."""

    asset_id = fields.Integer(attribute="asset.id")
    title = fields.String(attribute="asset.title")
    url = fields.String(attribute="asset.url")
    space_id = fields.Integer(attribute="asset.space_id")
    is_stale = fields.Boolean(attribute="asset.is_stale")
    origin_id = fields.Function(lambda link: _of(link, "origin_id"), metadata={"type": ["integer", "null"]})
    origin_version = fields.Function(lambda link: link.derivation and link.derivation.version.number, metadata={
        "type": ["integer", "null"], "description": "The version it was made from, or was last brought in step with."})
    why = fields.Function(lambda link: _of(link, "why"), metadata={"type": ["string", "null"]})
    outcome = fields.Function(lambda link: _of(link, "outcome"), metadata={
        "type": ["string", "null"], "enum": [*OUTCOMES, None]})
    note = fields.Function(lambda link: _of(link, "note"), metadata={"type": ["string", "null"]})
    settled_at = Moment(attribute="derivation.settled_at", dump_default=None, allow_none=True)
    decisions = fields.List(fields.Nested(ChainDecisionSchema))


def _of(link, name: str):
    return getattr(link.derivation, name) if link.derivation else None


class ChainSchema(Output):
    origins = fields.List(fields.Nested(LinkSchema), metadata={"description": "The first one first."})
    here = fields.Nested(LinkSchema)
    copies = fields.List(fields.Nested(LinkSchema))


class UseSchema(Output):
    kind = fields.String()
    title = fields.String()
    url = fields.String()


class UsesSchema(Output):
    count = fields.Integer()
    items = fields.List(fields.Nested(UseSchema), metadata={
        "description": "`space` is one it is shared into; the others show it, rest on it or are about it."})


def _version(asset_id: int, number: int) -> Version:
    query = select(Version).where(Version.asset_id == asset_id, Version.number == number)
    return db.session.scalar(query) or abort(404)


@operation("POST", "/assets/<key:asset_id>/adaptations", body=AdaptationIn(), returns=SCHEMAS["asset"], status=201,
           also=(409,))
def adapt_asset(asset_id, body):
    """Make an asset of one's own of a version of another one, in any space; it remembers origin, version and why."""
    origin, space = living(Asset, asset_id), fetch(Space, body["space_id"], "post")
    version = _version(origin.id, body["version"] or origin.version_count)
    held = fetch_held(body["upload_id"], current_user) if body["upload_id"] else None
    if held and isinstance(held.entry, Asset):
        return one(held.entry, status=201)
    with usable():
        adapted = actions.adapt(version, space, actor=current_user, file=kept(held) if held else None,
                                title=body["title"], why=body["why"])
    if held:
        held.entry = adapted
    return one(adapted, status=201)


@operation("POST", "/assets/<key:asset_id>/settlements", body=SettlementIn(), returns=SCHEMAS["asset"], status=201)
def settle_origin(asset_id, body):
    """Say of a newer version of the origin that it was taken over, or that it does not matter for this asset."""
    asset = living(Asset, asset_id)
    allow("add_version", asset)
    derivation = db.session.get(Derivation, asset.id) or abort(404)
    origin = living(Asset, derivation.origin_id)
    seen = _version(origin.id, body["version"])
    actions.settle(derivation, seen, body["outcome"], actor=current_user, note=body["note"])
    return one(asset, status=201)


@operation("GET", "/assets/<key:asset_id>/chain", returns=ChainSchema())
def read_chain(asset_id):
    """What it was adapted from, what was adapted from it, and the decisions about either, as far as I may see them."""
    return why_chain(living(Asset, asset_id), current_user)


@operation("GET", "/assets/<key:asset_id>/uses", returns=UsesSchema())
def list_uses(asset_id):
    """Where it is used, as far as I may see it."""
    found = used_in(living(Asset, asset_id), current_user)
    items = [{"kind": each.kind, "title": each.headline, "url": each.url} for each in found.entries]
    items += [{"kind": each.kind, "title": each.title, "url": each.url} for each in found.things]
    items += [{"kind": "space", "title": each.name, "url": each.url} for each in found.spaces]
    return {"count": len(items), "items": items}


@operation("PATCH", "/assets/<key:asset_id>/rights", body=RightsIn(), returns=SCHEMAS["asset"])
def change_rights(asset_id, body):
    """Say what it may be used for, by whom and until when; by who may edit it."""
    asset = living(Asset, asset_id)
    allow("edit", asset)
    named = {"region": "regions", "channel": "channels", "industry": "industries", "stage": "stages"}
    places = {name: body.pop(several) for name, several in named.items() if several in body}
    begins, ends = (body.get(name, getattr(asset, name)) for name in ("usable_from", "usable_until"))
    if begins and ends and ends < begins:
        raise Invalid({"usable_until": [_("This is before the day from which it may be used.")]})
    actions.say_rights(asset, actor=current_user, places=places, **body)
    return one(asset)
