"""Assets: uploading, versions, and giving back their bytes, pictures and words."""

from flask import abort, current_app
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.access import allow, fetch
from app.api.entry_schemas import SCHEMAS
from app.api.fields import FileOrUpload, Output, Text, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.reading import file_sent
from app.api.showing import living, one, stretch
from app.assets import actions
from app.assets.held import add_held, fetch_held, kept, upload_held
from app.assets.models import APPROVALS, Asset, Page, Version
from app.assets.sending import send_original, send_picture
from app.assets.store import StoreError
from app.assets.uploads import as_http, name_sent
from app.entries.models import TITLE_LENGTH
from app.extensions import db
from app.feed import streams
from app.library.facets import facets
from app.library.shelf import AGES, ORDERS, STATES, Shelf, browse
from app.spaces.models import Space
from app.web import looking_first


class AssetIn(FileOrUpload):
    space_id = key(required=True, written=True)
    title = Text(TITLE_LENGTH, load_default="", metadata={"description": "Left out, it is called like the file."})
    body = Text(20_000, load_default="", metadata={"description": "What it is for."})


class VersionIn(FileOrUpload):
    note = Text(500, load_default="", metadata={"description": "What changed."})


class FilterQuery(PlainQuery):
    """The filters of the library."""

    q = Text(200, metadata={"description": "Words, as one types them into the search."})
    space_id = key(written=True, metadata={"description": "Where it lives or is shared into."})
    media_kind = Text(20)
    programme = Text(200, metadata={"description": "Of a review whose deck it is."})
    region = Text(80)
    channel = Text(80)
    language = Text(2)
    approval = Text(choices=APPROVALS[1:])
    state = Text(choices=STATES)
    age = Text(choices=(*AGES, "older"))
    tag = Text(60)
    owner = Text(80, metadata={"description": "The handle of who shared it."})


class AssetQuery(FilterQuery):
    order = Text(choices=ORDERS)


class ChoiceSchema(Output):
    value = fields.String()
    label = fields.String()
    count = fields.Integer()


class FacetsSchema(Output):
    """What each filter offers; it ignores itself, so that it tells what else could be chosen."""

    total = fields.Integer()
    total_is_more = fields.Boolean(attribute="is_more")
    choices = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(ChoiceSchema)))


class PageTextSchema(Output):
    """The words of a slide or page."""

    number = fields.Integer()
    title = fields.String()
    text = fields.String()
    notes = fields.String()
    hidden = fields.Boolean()
    width = fields.Integer(allow_none=True)
    height = fields.Integer(allow_none=True)


class MoveSchema(Output):
    """A page that was in an earlier version: mostly the one before, an older one if it came back."""

    page = fields.Integer()
    previous_page = fields.Integer()
    previous_version = fields.Integer()


class MovesSchema(Output):
    """A version beside the one before it."""

    previous_version = fields.Integer(allow_none=True, metadata={
        "description": "The number of the version it is compared with; null for the first, and until it is drawn."})
    moves = fields.List(fields.Nested(MoveSchema))
    new = fields.List(fields.Integer(), metadata={"description": "Pages that no earlier version had."})
    vanished = fields.List(fields.Integer(), metadata={"description": "Pages of the version before that are gone."})


def keep_sent() -> actions.KeptFile:
    """Store the file that was sent, or say why not."""
    sent = file_sent()
    try:
        return actions.keep(sent.stream, name_sent(sent))
    except StoreError as error:
        current_app.logger.exception("a file could not be stored")
        raise as_http(error) from None


def keep_or_take(body) -> actions.KeptFile:
    """Store the file that was sent, or take the one that has arrived before."""
    if not body["upload_id"]:
        return keep_sent()
    with looking_first():
        return kept(fetch_held(body["upload_id"], current_user))


def keep_new(body) -> actions.KeptFile:
    """Store the file of a new asset, if its sender may post there."""
    with looking_first():
        fetch(Space, body["space_id"], "post")
    return keep_or_take(body)


def keep_version(asset_id, body) -> actions.KeptFile:
    """Store the file of a new version, if its sender may add one."""
    with looking_first():
        allow("add_version", living(Asset, asset_id))
    return keep_or_take(body)


@operation("GET", "/assets", query=paged_query(AssetQuery), returns=SCHEMAS["asset"], paged=True)
def list_assets(query):
    """Assets I may see, newest first or as asked for."""
    window = streams.Window(before=query.pop("cursor"), limit=query.pop("limit"))
    return stretch(*browse(current_user, _shelf(query), window))


@operation("GET", "/assets/facets", query=FilterQuery(), returns=FacetsSchema())
def list_asset_facets(query):
    """What each filter of the library offers, with how many assets; `space` by id."""
    return facets(current_user, _shelf(query))


def _shelf(query: dict) -> Shelf:
    names = {"media_kind": "kind", "space_id": "space"}
    return Shelf(**{names.get(name, name): value for name, value in query.items()})


@operation("POST", "/assets", body=AssetIn(), prepare=keep_new, returns=SCHEMAS["asset"], status=201)
def create_asset(body, file):
    """Share a file in a space. Its pages are made in the background: its version is `pending` until they are there."""
    space, said = fetch(Space, body["space_id"], "post"), {"title": body["title"], "body": body["body"]}
    if body["upload_id"]:
        held = fetch_held(body["upload_id"], current_user)
        return one(upload_held(held, space, actor=current_user, **said), status=201)
    return one(actions.upload(space, file, actor=current_user, **said), status=201)


@operation("GET", "/assets/<key:asset_id>", returns=SCHEMAS["asset"], etag=True)
def read_asset(asset_id):
    """One asset with all its versions."""
    return one(living(Asset, asset_id))


@operation("POST", "/assets/<key:asset_id>/versions", body=VersionIn(), prepare=keep_version,
           returns=SCHEMAS["asset"], status=201)
def add_version(asset_id, body, file):
    """Add a version; the older ones stay."""
    asset = living(Asset, asset_id)
    allow("add_version", asset)
    if body["upload_id"]:
        add_held(fetch_held(body["upload_id"], current_user), asset, actor=current_user, note=body["note"])
    else:
        actions.add_version(asset, file, actor=current_user, note=body["note"])
    return one(asset, status=201)


def _version(asset_id: int, number: int) -> Version:
    asset = living(Asset, asset_id)
    query = select(Version).where(Version.asset_id == asset.id, Version.number == number)
    return db.session.scalar(query) or abort(404)


def _page(asset_id: int, number: int, page: int) -> Page:
    version = _version(asset_id, number)
    return db.session.scalar(select(Page).where(Page.version_id == version.id, Page.number == page)) or abort(404)


@operation("GET", "/assets/<key:asset_id>/versions/<key:number>/file", media="application/octet-stream")
def read_file(asset_id, number):
    """The original, byte for byte. One `Range` of bytes is answered with 206, one outside of the file with 416."""
    version = _version(asset_id, number)
    return send_original(version.sha256, version.filename, version.media_type, version.bytes)


@operation("GET", "/assets/<key:asset_id>/versions/<key:number>/pages/<key:page>.webp", media="image/webp")
def read_page_picture(asset_id, number, page):
    """The picture of a slide or page."""
    return send_picture(_page(asset_id, number, page).image_sha256)


@operation("GET", "/assets/<key:asset_id>/versions/<key:number>/pages/<key:page>", returns=PageTextSchema())
def read_page(asset_id, number, page):
    """The words of a slide or page."""
    return _page(asset_id, number, page)


@operation("GET", "/assets/<key:asset_id>/versions/<key:number>/moves", returns=MovesSchema())
def read_moves(asset_id, number):
    """Which page of the version before each page is, which are new, and which are gone. Comments went along."""
    version = _version(asset_id, number)
    was, then = aliased(Page), aliased(Version)
    pages = select(Page.number, was.number, then.number).outerjoin(was, was.id == Page.continues_id)
    pages = pages.outerjoin(then, then.id == was.version_id).where(Page.version_id == version.id).order_by(Page.number)
    rows = db.session.execute(pages).all() if version.follows_id else []
    before = select(Page.number).where(
        Page.version_id == version.follows_id, Page.id.not_in(
            select(Page.continues_id).where(Page.version_id == version.id, Page.continues_id.is_not(None)))
    ).order_by(Page.number)
    return {
        "previous_version": db.session.scalar(select(Version.number).where(Version.id == version.follows_id)),
        "moves": [dict(zip(("page", "previous_page", "previous_version"), row, strict=True)) for row in rows if row[1]],
        "new": [page for page, previous, _then in rows if not previous],
        "vanished": list(db.session.scalars(before)),
    }
