"""Collections: named sets of assets in an order; of each the assets that the caller may see."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.access import fetch
from app.api.fields import Input, Moment, Output, Text, key
from app.api.operation import Answer, operation, paged_query
from app.api.problems import Invalid
from app.api.showing import living, usable
from app.assets.models import Asset
from app.extensions import db
from app.library import actions
from app.library.collections import asset_ids, collections
from app.library.forms import NOTE_LENGTH
from app.library.models import NAME_LENGTH, Collection
from app.spaces.models import Space
from app.web import Page


class CollectionIn(Input):
    space_id = key(required=True)
    name = Text(NAME_LENGTH, needed=True)
    note = Text(NOTE_LENGTH, load_default="")


class CollectionEdit(Input):
    name = Text(NAME_LENGTH, needed=True, required=False)
    note = Text(NOTE_LENGTH)


class OrderIn(Input):
    asset_ids = fields.List(key(), required=True, validate=Length(max=actions.MOST), metadata={
        "description": "In the order wanted; those left out stay in their places."})


class CollectionSchema(Output):
    id = fields.Integer()
    space_id = fields.Integer()
    author_id = fields.Integer()
    name = fields.String()
    note = fields.String()
    url = fields.String()
    created_at = Moment()


class CollectionWithAssets(CollectionSchema):
    asset_ids = fields.Function(lambda collection: asset_ids(collection, current_user), metadata={
        "type": "array", "items": {"type": "integer"}, "description": "In their order; those you may see."})


@operation("GET", "/collections", query=paged_query(), returns=CollectionSchema(), paged=True)
def list_collections(query):
    """Collections in spaces I may read, newest first."""
    page = collections(current_user, before=query["cursor"], limit=query["limit"])
    return Page([each.collection for each in page.items], page.next)


@operation("POST", "/collections", body=CollectionIn(), returns=CollectionWithAssets(), status=201)
def create_collection(body):
    """Begin a collection in a space: whoever may write there keeps it."""
    space = fetch(Space, body.pop("space_id"), "post")
    made = actions.begin_collection(space, body["name"], actor=current_user, note=body["note"])
    db.session.flush()
    return Answer(made, location=f"/api/v1/collections/{made.id}")


@operation("GET", "/collections/<key:collection_id>", returns=CollectionWithAssets())
def read_collection(collection_id):
    """One collection with its assets."""
    return fetch(Collection, collection_id)


@operation("PATCH", "/collections/<key:collection_id>", body=CollectionEdit(), returns=CollectionWithAssets())
def edit_collection(collection_id, body):
    """Call it differently, or say something else of it."""
    collection = fetch(Collection, collection_id, "edit")
    actions.change_collection(collection, actor=current_user, **body)
    return collection


@operation("DELETE", "/collections/<key:collection_id>", status=204)
def delete_collection(collection_id):
    """Delete it, by who made it or runs its space; its assets are where they were."""
    actions.discard(fetch(Collection, collection_id, "delete"), actor=current_user)


@operation("PUT", "/collections/<key:collection_id>/assets/<key:asset_id>", status=204, also=(409, 422))
def collect_asset(collection_id, asset_id):
    """Put an asset at its end; nothing happens if it is in it."""
    collection, asset = fetch(Collection, collection_id, "edit"), living(Asset, asset_id)
    try:
        with usable():
            actions.collect(collection, [asset], actor=current_user)
    except actions.CollectionFull:
        raise Invalid({"asset_id": [_("A collection holds %(most)s files at most.", most=actions.MOST)]}) from None


@operation("DELETE", "/collections/<key:collection_id>/assets/<key:asset_id>", status=204)
def take_asset_out(collection_id, asset_id):
    """Take an asset out of it; nothing happens if it is not in it."""
    actions.take_out(fetch(Collection, collection_id, "edit"), living(Asset, asset_id), actor=current_user)


@operation("PUT", "/collections/<key:collection_id>/order", body=OrderIn(), returns=CollectionWithAssets())
def order_collection(collection_id, body):
    """Put its assets into another order."""
    collection = fetch(Collection, collection_id, "edit")
    seen = set(asset_ids(collection, current_user))
    actions.arrange(collection, [each for each in body["asset_ids"] if each in seen], actor=current_user)
    return collection
