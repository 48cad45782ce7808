"""Two versions of an asset side by side, and bringing one back."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select

from app.access import allow
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Output, key
from app.api.operation import PlainQuery, operation
from app.api.problems import Invalid
from app.api.showing import living, one
from app.assets.models import Asset, Version
from app.extensions import db
from app.versions import actions
from app.versions.differences import GONE, NEW, SAME, difference, merged
from app.versions.pairing import STATES, Pair, compare


class PairQuery(PlainQuery):
    # "from" is a word of Python's own.
    before = key(written=True, required=True, data_key="from", metadata={"description": "The number of a version."})
    after = key(written=True, required=True, data_key="to", metadata={"description": "The number of another one."})


class PieceSchema(Output):
    state = fields.String(metadata={"enum": [SAME, GONE, NEW]})
    text = fields.String()


class PairSchema(Output):
    """A page of the version `from` beside what it is in the version `to`."""

    change = fields.String(attribute="state", metadata={"enum": list(STATES), "description":
        "A page that both moved and changed is `changed`; `moved` tells the rest."})
    page = fields.Function(lambda pair: pair.after and pair.after.number, metadata={
        "type": ["integer", "null"], "description": "Its number in `to`; null if it is gone."})
    previous_page = fields.Function(lambda pair: pair.before and pair.before.number, metadata={
        "type": ["integer", "null"], "description": "Its number in `from`; null if it is new."})
    moved = fields.Boolean(attribute="is_moved", metadata={"description": "Whether it stands out of the old order."})
    picture_changed = fields.Boolean(attribute="looks_changed")
    text = fields.Function(lambda pair: _told(pair), metadata={
        "type": ["array", "null"], "items": {"type": "object"},
        "description": "Where its words changed: they in pieces, each `{state, text}` with `same`, `gone` or `new`."})


class PairsSchema(Output):
    pages = fields.List(fields.Nested(PairSchema), metadata={"description":
        "In the order of `to`, those that are gone where they were; empty while one of the versions has no pages."})
    same_file = fields.Boolean(metadata={"description": "Whether the files are the same, byte for byte."})


def _told(pair: Pair) -> list[dict] | None:
    before, after = pair.told("words")
    if not pair.is_kept or before == after:
        return None
    return PieceSchema().dump(merged(difference(before, after).blocks), many=True)


def _numbered(asset: Asset, number: int) -> Version:
    query = select(Version).where(Version.asset_id == asset.id, Version.number == number)
    return db.session.scalar(query) or abort(404)


@operation("GET", "/assets/<key:asset_id>/compare", query=PairQuery(), returns=PairsSchema())
def compare_versions(asset_id, query):
    """Any two versions, page by page: what is the same, changed, moved, new or gone, and what became of the words."""
    asset = living(Asset, asset_id)
    before, after = (_numbered(asset, query[name]) for name in ("before", "after"))
    return {"pages": compare(before, after).pairs, "same_file": before.sha256 == after.sha256}


@operation("POST", "/assets/<key:asset_id>/versions/<key:number>/restorations", returns=SCHEMAS["asset"],
           status=201, also=(422,))
def restore_version(asset_id, number):
    """Bring an older version back: a new version of the same file, whose pages are there at once."""
    asset = living(Asset, asset_id)
    allow("add_version", asset)
    try:
        actions.restore(_numbered(asset, number), actor=current_user)
    except actions.AlreadyCurrent:
        raise Invalid({"number": [_("The newest version is this very file.")]}) from None
    return one(asset, status=201)
