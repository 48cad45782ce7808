"""Uploads of pages: the protocol of their bytes, sharing what has arrived, and imports with their report."""

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import fetch, writable_spaces
from app.activity.delivery import commit
from app.assets.held import fetch_held, keep_chosen, upload_held
from app.assets.models import Asset
from app.assets.tags import with_tags, words
from app.entries.places import usual_place
from app.extensions import db
from app.feed import pages, streams
from app.spaces.models import Space
from app.uploads import imports
from app.uploads.forms import ImportForm, ShareForm
from app.uploads.models import STATES, Import
from app.uploads.tus import mount
from app.web import PAGE_SIZE, done, looking_first, whole_number

uploads = Blueprint("uploads", __name__)
mount(uploads, "/uploads/resumable")


@uploads.post("/assets")
def share():
    """A file that has arrived becomes an asset. Each of many is shared on its own: one refusal leaves the others."""
    form = ShareForm()
    if not form.validate():
        return jsonify(errors=form.errors), 422
    held = fetch_held(form.upload_id.data, current_user)
    space = fetch(Space, form.space_id.data, "post")
    body = with_tags(form.body.data, [*form.folder.data.split("/"), *words(form.tags.data)])
    asset = upload_held(held, space, actor=current_user, title=form.title.data, body=body)
    commit()
    return jsonify(id=asset.id, url=asset.url, title=asset.title, space_url=f"{space.url}?tab=assets"), 201


@uploads.route("/assets/imports", methods=["GET", "POST"])
def import_zip():
    """Choose a zip; what was imported before stands below."""
    form = ImportForm(space_id=whole_number(request.args, "space") or usual_place(current_user, Asset))
    if form.is_submitted() and form.validate():
        with looking_first():
            fetch(Space, form.space_id.data, "post")
        started = _start(form)
        if started:
            commit()
            return done(_("The import has begun."), started.url)
    mine = select(Import).where(Import.person_id == current_user.id).options(joinedload(Import.space))
    recent = list(db.session.scalars(mine.order_by(Import.id.desc()).limit(PAGE_SIZE)))
    spaces = writable_spaces(current_user)
    page = render_template("uploads/imports.html", form=form, recent=recent, spaces=spaces)
    return page, 422 if form.errors else 200


def _start(form: ImportForm) -> Import | None:
    if form.upload_id.data:
        held, space = fetch_held(form.upload_id.data, current_user), fetch(Space, form.space_id.data, "post")
        return imports.import_held(held, space, actor=current_user, body=form.body.data)
    file = keep_chosen(form)
    space = fetch(Space, form.space_id.data, "post")
    return imports.start_import(space, file, actor=current_user, body=form.body.data) if file else None


def _mine(key: int) -> Import:
    mine = select(Import).where(Import.id == key, Import.person_id == current_user.id)
    return db.session.scalar(mine.options(joinedload(Import.space))) or abort(404)


@uploads.get("/assets/imports/<int:key>")
def report(key: int):
    """How far an import is, and what became of each file."""
    work, state = _mine(key), request.args.get("state", "")
    state = state if state in STATES else None
    rows, following = imports.stretch(work, state, after=whole_number(request.args, "after"))
    older = url_for("uploads.report", key=key, state=state, after=following) if following is not None else None
    return render_template("uploads/import.html", work=work, counts=imports.counts(work), members=rows,
                           state_shown=state, older_url=older)


@uploads.get("/assets/imports/<int:key>/progress")
def progress(key: int):
    """Asked while the import runs; once it does not, the page is shown anew."""
    work = _mine(key)
    if work.status != "running":
        return Response(status=204, headers={"HX-Refresh": "true"})
    return render_template("uploads/_progress.html", work=work, counts=imports.counts(work))


@uploads.post("/assets/imports/<int:key>/resumption")
def resume(key: int):
    """What stopped goes on where it stopped."""
    work = _mine(key)
    if work.status == "stopped":
        imports.resume(work)
        commit()
    return done(_("The import goes on."), work.url)


@uploads.get("/assets/imports/<int:key>/assets")
def imported(key: int):
    """What came with one import, for whoever may see it."""
    ids, older = streams.of_kind(current_user, Asset, pages.window(), Asset.import_id == key)
    if not ids and not pages.is_stretch():
        abort(404)
    return pages.render("uploads/imported.html", pages.stream(ids, older), apart=True)
