"""Exports on the web: what will be in one, asking for it, watching it, downloading it."""

from flask import Blueprint, Response, abort, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import fetch
from app.activity.delivery import commit
from app.assets.sending import send_original
from app.export import actions
from app.export.contents import contents
from app.export.models import Export
from app.export.parts import part_of
from app.extensions import db
from app.spaces.models import Space
from app.web import done

exports = Blueprint("exports", __name__)
SHOWN = 20


def mine(key: int, verb: str = "export") -> Export:
    """An export of the person who asks, who may still export its space; else 404 or 403."""
    return fetch(Export, verb=verb, options=[joinedload(Export.space)], id=key, person_id=current_user.id)


def ready(key: int) -> Export:
    """The same, if there is an archive."""
    export = mine(key)
    return export if export.state == "ready" else abort(404)


@exports.get("/spaces/<slug>/export")
def prepare(slug: str):
    space = fetch(Space, verb="export", slug=slug)
    before = select(Export).where(Export.space_id == space.id, Export.person_id == current_user.id)
    made = db.session.scalars(before.options(joinedload(Export.space)).order_by(Export.id.desc()).limit(SHOWN)).all()
    return render_template("exports/new.html", space=space, contents=contents(space), part_of=part_of, made=made,
                           running=actions.running(current_user))


@exports.post("/spaces/<slug>/export")
def ask_for(slug: str):
    space = fetch(Space, verb="export", slug=slug)
    try:
        export = actions.ask_for(space, actor=current_user)
    except actions.StillRunning as refusal:
        return done(_("One export at a time: this one is still being made."), refusal.export.url)
    commit()
    return done(_("It is being made. You are told when it is ready; you need not wait here."), export.url)


@exports.get("/exports/<int:key>")
def show(key: int):
    return render_template("exports/show.html", export=mine(key))


@exports.get("/exports/<int:key>/state")
def state(key: int):
    """How far it is, asked for every two seconds while it is made."""
    return render_template("exports/_state.html", export=mine(key))


@exports.post("/exports/<int:key>/end")
def cancel(key: int):
    export = mine(key)
    if not actions.cancel(export):
        return done(_("It was over already."), export.url)
    commit()
    return done(_("Cancelled. Nothing of it is kept."), url_for("exports.prepare", slug=export.space.slug))


@exports.get("/exports/<int:key>/file")
def download(key: int) -> Response:
    """The archive, byte for byte; ranges answer, so that a broken download goes on."""
    export = ready(key)
    return send_original(export.sha256, export.filename, "application/zip", export.bytes)
