"""Uploads in pieces (tus 1.0.0), and the import of the zip of an old share."""

from flask import abort
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select

from app.access import fetch
from app.api.assets import keep_or_take
from app.api.blueprint import api
from app.api.fields import FileOrUpload, Moment, Output, Text, key
from app.api.operation import Answer, operation, paged_query
from app.api.paging import page
from app.assets.held import fetch_held
from app.extensions import db
from app.spaces.models import Space
from app.uploads import imports
from app.uploads.models import STATES, STATUSES, Import, ImportMember
from app.uploads.tus import mount
from app.web import looking_first

mount(api, "/uploads")


class ImportIn(FileOrUpload):
    space_id = key(required=True, written=True)
    body = Text(10_000, load_default="", metadata={"description": "Stands on each asset; folders become tags."})


class ImportSchema(Output):
    """How far an import is. `stopped` can go on once its reason is mended; the others are final but for `running`."""

    id = fields.Integer()
    space_id = fields.Integer()
    filename = fields.String()
    status = fields.String(metadata={"enum": list(STATUSES)})
    reason = fields.String(allow_none=True)
    total = fields.Integer(metadata={"description": "Files of the archive; 0 until it has been looked into."})
    waiting = fields.Integer()
    imported = fields.Integer()
    refused = fields.Integer()
    created_at = Moment()
    finished_at = Moment(allow_none=True)


class ImportMemberSchema(Output):
    """What became of one file of the archive."""

    id = fields.Integer()
    path = fields.String()
    bytes = fields.Integer()
    state = fields.String(metadata={"enum": list(STATES)})
    reason = fields.String(allow_none=True)
    asset_id = fields.Integer(allow_none=True, metadata={
        "description": "The asset; of a file that stands in the archive twice, that of the first."})


def keep_archive(body):
    """Store the archive, if its sender may post there."""
    with looking_first():
        fetch(Space, body["space_id"], "post")
    return keep_or_take(body)


def _mine(key: int) -> Import:
    return db.session.scalar(select(Import).where(Import.id == key, Import.person_id == current_user.id)) or abort(404)


def _told(work: Import) -> dict:
    known = imports.counts(work)
    own = ("id", "space_id", "filename", "status", "reason", "created_at", "finished_at")
    return {name: getattr(work, name) for name in own} | known | {"total": sum(known.values())}


@operation("POST", "/assets/imports", body=ImportIn(), prepare=keep_archive, returns=ImportSchema(), status=201)
def create_import(body, file):
    """Make an asset of each file in a zip. It is done in the background: read the import to see how far it is."""
    space = fetch(Space, body["space_id"], "post")
    if body["upload_id"]:
        held = fetch_held(body["upload_id"], current_user)
        work = imports.import_held(held, space, actor=current_user, body=body["body"])
    else:
        work = imports.start_import(space, file, actor=current_user, body=body["body"])
    return Answer(_told(work), location=f"/api/v1/assets/imports/{work.id}")


@operation("GET", "/assets/imports/<key:import_id>", returns=ImportSchema())
def read_import(import_id):
    """One of my imports."""
    return _told(_mine(import_id))


@operation("GET", "/assets/imports/<key:import_id>/members", query=paged_query(), returns=ImportMemberSchema(),
           paged=True)
def list_import_members(import_id, query):
    """What became of each file, in the order of the archive."""
    found = select(ImportMember).where(ImportMember.import_id == _mine(import_id).id)
    return page(found, ImportMember.id, **query, oldest_first=True)


@operation("POST", "/assets/imports/<key:import_id>/resumption", returns=ImportSchema())
def resume_import(import_id):
    """Let an import that stopped go on where it stopped."""
    work = _mine(import_id)
    if work.status == "stopped":
        imports.resume(work)
    return _told(work)
