"""The duplicate radar: what a file is like, where else an asset is, and what exists more than once."""

from flask import abort
from flask_login import current_user
from marshmallow import fields

from app.access import allow, can
from app.api.fields import Output, Text
from app.api.operation import PlainQuery, operation, paged_query
from app.api.showing import living
from app.assets import arriving
from app.assets.models import Asset
from app.radar import actions
from app.radar.elsewhere import elsewhere
from app.radar.index import KINDS
from app.radar.looking import look, present
from app.radar.report import FILES, OF, report
from app.web import Page


class CopySchema(Output):
    """An asset that is a copy of another one."""

    asset_id = fields.Integer(attribute="asset.id")
    title = fields.String(attribute="asset.title")
    url = fields.String(attribute="asset.url")
    space_id = fields.Integer(attribute="asset.space_id")
    exact = fields.Boolean(attribute="is_exact", metadata={"description": "Byte for byte; else nearly the same."})
    share = fields.Float(metadata={"description": "How much of their words they have in common, 0 to 1."})


class SharedPageSchema(Output):
    """A page that is in another asset too, which is no copy of this one."""

    page = fields.Integer()
    asset_id = fields.Integer()
    other_page = fields.Integer()
    url = fields.String()


class ElsewhereSchema(Output):
    copies = fields.List(fields.Nested(CopySchema))
    pages = fields.List(fields.Nested(SharedPageSchema))


class AlikeSchema(Output):
    """An asset that a file is like."""

    asset_id = fields.Integer(attribute="asset.id")
    title = fields.String(attribute="asset.title")
    url = fields.String(attribute="asset.url")
    space_id = fields.Integer(attribute="asset.space_id")
    version = fields.Integer(attribute="version.number")
    kind = fields.String(metadata={"enum": list(KINDS)})
    share = fields.Float(metadata={"description": "How much of their words they have in common, 0 to 1."})
    pages = fields.List(fields.List(fields.Integer()), metadata={
        "description": "Pairs: a page of the file, and the page of the asset that is the same."})


class AlikesSchema(Output):
    items = fields.List(fields.Nested(AlikeSchema), metadata={"description": "The nearest first; none: it is new."})


class MemberSchema(Output):
    asset_id = fields.Integer(attribute="asset.id")
    title = fields.String(attribute="asset.title")
    space_id = fields.Integer(attribute="asset.space_id")
    author_id = fields.Integer(attribute="asset.author_id")
    page = fields.Integer(attribute="page.number", dump_default=None, allow_none=True)
    url = fields.String()


class GroupSchema(Output):
    """Assets, or pages of assets, that are one piece of work, the oldest first."""

    exact = fields.Boolean(attribute="is_exact")
    members = fields.List(fields.Nested(MemberSchema))


class DuplicatesQuery(PlainQuery):
    of = Text(choices=OF, load_default=FILES, metadata={"description": "Whole files, or single slides and pages."})


@operation("GET", "/assets/<key:asset_id>/duplicates", returns=ElsewhereSchema())
def list_asset_duplicates(asset_id):
    """Where else an asset or a page of it is, as far as the caller may see it."""
    found = elsewhere(living(Asset, asset_id), current_user)
    spots = [(page, spot) for page, spots in sorted(found.pages.items()) for spot in spots]
    return {"copies": found.copies, "pages": [
        {"page": page, "asset_id": spot.asset.id, "other_page": spot.page, "url": spot.url} for page, spot in spots]}


@operation("GET", "/uploads/<key:upload_id>/similar", returns=AlikesSchema())
def list_similar_to_upload(upload_id):
    """What a file that the caller has sent, and that is no asset yet, is like."""
    upload = arriving.held(upload_id) or abort(404)
    return {"items": present(look(upload.sha256, upload.media_type, current_user))}


@operation("GET", "/duplicates", query=paged_query(DuplicatesQuery), returns=GroupSchema(), paged=True)
def list_duplicates(query):
    """What exists more than once among what the caller may see, the newest first."""
    shown = report(current_user, query["of"], before=query["cursor"], limit=query["limit"])
    return Page(shown.groups, shown.next)


@operation("PUT", "/assets/<key:asset_id>/duplicates/<key:other_id>/dismissal", status=204, also=(404,))
def dismiss_duplicate(asset_id, other_id):
    """Say that two assets are meant to be two: no report names them again. By who may change one of them."""
    actions.mean_two(*_two(asset_id, other_id), actor=current_user)


@operation("DELETE", "/assets/<key:asset_id>/duplicates/<key:other_id>/dismissal", status=204, also=(404,))
def undismiss_duplicate(asset_id, other_id):
    """Take that back."""
    actions.mean_one(*_two(asset_id, other_id), actor=current_user)


def _two(asset_id: int, other_id: int) -> tuple[Asset, Asset]:
    one, other = living(Asset, asset_id), living(Asset, other_id)
    if one.id == other.id:
        abort(404)
    if not can(current_user, "edit", one):
        allow("edit", other)
    # Both are a record once either is: who looks into an archive finds it as it was left.
    if one.space.is_archived or other.space.is_archived:
        abort(403)
    return one, other
