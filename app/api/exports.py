"""Exports: a whole space as one archive, made in the background."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields

from app.access import fetch
from app.api.fields import Moment, Output
from app.api.operation import Answer, operation
from app.api.problems import Taken
from app.assets.sending import send_original
from app.export import actions
from app.export.models import STATES
from app.export.reasons import REASONS
from app.export.routes import mine, ready
from app.spaces.models import Space


class ExportSchema(Output):
    id = fields.Integer()
    space_id = fields.Integer()
    state = fields.String(metadata={"enum": list(STATES)})
    done = fields.Integer(metadata={"description": "Entries and files so far."})
    total = fields.Integer(metadata={"description": "Of so many; 0 until it has begun."})
    bytes = fields.Integer(metadata={"description": "The size of the archive so far; in the end, its own."})
    reason = fields.Function(lambda export: str(export.reason_text) or None, metadata={
        "type": ["string", "null"], "description": "Why there is no archive, in a sentence."})
    reason_code = fields.String(attribute="reason", allow_none=True, metadata={"enum": [*REASONS, None]})
    file_url = fields.Function(lambda export: f"/api/v1{export.file_url}" if export.state == "ready" else None,
                               metadata={"type": ["string", "null"]})
    created_at = Moment()
    finished_at = Moment(allow_none=True)


def _shown(export, status: int | None = None) -> Answer:
    return Answer(export, status, location=f"/api/v1/exports/{export.id}" if status == 201 else None)


@operation("POST", "/spaces/<key:space_id>/exports", returns=ExportSchema(), status=201, also=(409,))
def create_export(space_id):
    """Have a space exported: readable pages, original files, data. One at a time; its owners and admins who read it."""
    space = fetch(Space, space_id, "export")
    try:
        return _shown(actions.ask_for(space, actor=current_user), 201)
    except actions.StillRunning as refusal:
        raise Taken(_("One export at a time: %(url)s is still being made.",
                      url=f"/api/v1/exports/{refusal.export.id}")) from None


@operation("GET", "/exports/<key:export_id>", returns=ExportSchema())
def read_export(export_id):
    """How far an export of mine is."""
    return _shown(mine(export_id))


@operation("DELETE", "/exports/<key:export_id>", status=204)
def cancel_export(export_id):
    """Stop an export of mine that is being made; nothing happens if it is over."""
    actions.cancel(mine(export_id))


@operation("GET", "/exports/<key:export_id>/file", media="application/octet-stream")
def read_export_file(export_id):
    """The archive of an export of mine that is ready. One `Range` of bytes is answered with 206."""
    export = ready(export_id)
    return send_original(export.sha256, export.filename, "application/zip", export.bytes)
