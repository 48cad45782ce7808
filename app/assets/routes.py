"""Assets: an asset's page, uploading, new versions, and giving the bytes back."""

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import fetch, writable_spaces
from app.activity.delivery import commit
from app.annotations.pins import by_page, wanted
from app.assets import actions, arriving
from app.assets.changes import changes
from app.assets.copies import said_of
from app.assets.forms import AssetForm, VersionForm
from app.assets.held import add_held, fetch_held
from app.assets.held import kept as as_kept
from app.assets.models import Asset, Page, Version
from app.assets.page_words import on_page, page_name, page_title
from app.assets.sending import send_original, send_picture
from app.assets.store import StoreError
from app.assets.tags import with_tags, words
from app.assets.talk import of_page, talk
from app.assets.uploads import name_sent, refusal
from app.entries.attachments import Upload
from app.entries.models import Entry
from app.entries.places import usual_place
from app.entries.routes import thread_context
from app.extensions import db
from app.spaces.models import Space
from app.web import done, looking_first, whole_number

assets = Blueprint("assets", __name__)
for saying in (page_name, page_title, on_page):
    assets.add_app_template_global(saying)


@assets.get("/assets/<int:key>")
def show(key: int):
    return _page(key, VersionForm(formdata=None))


def _page(key: int, form: VersionForm) -> str:
    asset = fetch(Asset, key, options=[joinedload(Asset.author), joinedload(Asset.space)])
    number = whole_number(request.args, "version") or asset.version_count
    versions = list(db.session.scalars(
        select(Version).where(Version.asset_id == key).options(joinedload(Version.author)).order_by(Version.number)
    ))
    version = next((each for each in versions if each.number == number), None) or abort(404)
    shown = list(db.session.scalars(select(Page).where(Page.version_id == version.id).order_by(Page.number)))
    slide = min(max(whole_number(request.args, "slide") or 1, 1), max(len(shown), 1))
    context = thread_context(asset)
    spoken = talk(context["comments"], version)
    return render_template("assets/show.html", asset=asset, version=version, versions=versions, slides=shown,
                           slide=slide, spoken=spoken, changes=changes(version, shown), form=form,
                           pins=by_page(spoken.on, wanted(request.args)), pins_shown=wanted(request.args),
                           **context | {"comments": spoken.whole})


@assets.route("/assets/new", methods=["GET", "POST"])
def new():
    """Choose files. With script they arrive one by one and are shared by `POST /assets`; without, by this form."""
    form = AssetForm(space_id=whole_number(request.args, "space") or usual_place(current_user, Asset))
    held = arriving.held(form.upload_id.data)
    if held:
        form.file.validators = []
    if form.validate_on_submit():
        with looking_first():
            fetch(Space, form.space_id.data, "post")
        kept = _sent(form, held)
        # Without script several are shared as they are: one page cannot ask about each.
        if len(kept) == 1 and (said := [] if form.anyway.data else arriving.sayings(kept[0], current_user)):
            return _hold_back(form, kept[0], held, said)
        if kept:
            space = fetch(Space, form.space_id.data, "post")
            shared = _share(form, kept, space)
            arriving.used(held)
            commit()
            said = ngettext("It is shared in %(space)s.", "%(num)s files are shared in %(space)s.", len(shared),
                            space=space.name)
            return done(said, shared[0].url if len(shared) == 1 else f"{space.url}?tab=assets")
    spaces = writable_spaces(current_user)
    return render_template("assets/form.html", form=form, spaces=spaces, held=held), 422 if form.errors else 200


def _sent(form: AssetForm, held: Upload | None) -> list[actions.KeptFile]:
    """What is to be shared: what was chosen now, else the file that is held."""
    return _keep(form.file, form.file.data) if form.file.data or held is None else [as_kept(held)]


def _hold_back(form, kept: actions.KeptFile, held: Upload | None, said: list):
    """The form again with what is known of the file, which is kept meanwhile: it need not be sent once more."""
    if held is None or held.sha256 != kept.sha256:
        arriving.used(held)
        held = actions.hold(kept, actor=current_user)
        commit()
    shown = {"form": form, "spaces": writable_spaces(current_user), "held": held}
    return render_template("assets/form.html", said=[saying(held) for saying in said], **shown), 422


def _share(form: AssetForm, kept: list[actions.KeptFile], space: Space) -> list[Asset]:
    title = form.title.data if len(kept) == 1 else ""
    body = with_tags(form.body.data, words(form.tags.data))
    return [actions.upload(space, each, actor=current_user, title=title, body=body) for each in kept]


def _keep(field, files) -> list[actions.KeptFile]:
    """All of the files in the store, or none and beside the field why not."""
    try:
        return [actions.keep(each.stream, name_sent(each)) for each in files]
    except StoreError as error:
        field.errors = [refusal(error)]
        return []


@assets.post("/assets/<int:key>/versions")
def add_version(key: int):
    with looking_first():
        fetch(Asset, key, "add_version")
    form = VersionForm()
    kept = _keep(form.file, [form.file.data]) if form.validate() and not form.upload_id.data else []
    if not kept and (form.errors or not form.upload_id.data):
        return _page(key, form), 422
    asset = fetch(Asset, key, "add_version")
    if kept:
        version = actions.add_version(asset, kept[0], actor=current_user, note=form.note.data)
    else:
        held = fetch_held(form.upload_id.data, current_user)
        version = add_held(held, asset, actor=current_user, note=form.note.data)
    commit()
    told = _("Version %(number)s is here.", number=version.number)
    return done(f"{told} {said_of(version, current_user)}".strip(), asset.url)


def _version(key: int, number: int) -> Version:
    asset = fetch(Asset, key)
    return db.session.scalar(
        select(Version).where(Version.asset_id == asset.id, Version.number == number)
    ) or abort(404)


@assets.get("/assets/<int:key>/versions/<int:number>/file")
def original(key: int, number: int) -> Response:
    """The original, byte for byte, as an attachment; ranges answer."""
    version = _version(key, number)
    return send_original(version.sha256, version.filename, version.media_type, version.bytes)


@assets.get("/assets/<int:key>/versions/<int:number>/pages/<int:page>.webp")
def picture(key: int, number: int, page: int) -> Response:
    version = _version(key, number)
    found = db.session.scalar(select(Page).where(Page.version_id == version.id, Page.number == page)) or abort(404)
    return send_picture(found.thumb_sha256 if request.args.get("size") == "small" else found.image_sha256)


@assets.get("/assets/<int:key>/cover.webp")
def cover(key: int) -> Response:
    asset = fetch(Asset, key)
    query = select(Page.thumb_sha256).join(Version).where(
        Version.asset_id == key, Version.number == asset.version_count, Page.number == 1
    )
    return send_picture(db.session.scalar(query))


@assets.get("/assets/<int:key>/pages/<int:number>/thread")
def page_thread(key: int, number: int):
    """The talk about one page, for the viewer."""
    asset = fetch(Asset, key)
    return slide_talk(asset, asset, number)


def slide_talk(root: Entry, deck: Asset | None, number: int) -> str:
    """The talk in the thread of `root` about a page of the version that the address names, else of what people read."""
    if deck is None:
        abort(404)
    asked = whole_number(request.args, "version")
    version = next((each for each in deck.versions if each.number == asked), deck.page_version)
    context = thread_context(root, of_page(version, number))
    which = wanted(request.args)
    return render_template("annotations/_slide_talk.html", slide=number, version=version, pins_shown=which,
                           said=context["comments"], pins=by_page({number: context["comments"]}, which), **context)


@assets.get("/assets/<int:key>/versions/<int:number>/media")
def media(key: int, number: int) -> Response:
    """A video or a recording for the player of our pages; other files only leave as attachments."""
    version = _version(key, number)
    if not version.is_playable:
        abort(404)
    return send_original(version.sha256, version.filename, version.media_type, version.bytes, playing=True)


@assets.get("/assets/<int:key>/versions/<int:number>/news")
def news(key: int, number: int):
    """How far a newer version is; once it is there, what became of the pages."""
    version = _version(key, number)
    told = changes(version, version.pages)
    return render_template("assets/_news.html", newest=version, changes=told)


@assets.get("/assets/<int:key>/versions/<int:number>/state")
def state(key: int, number: int):
    """How far the pages are: the viewer again while they are being made, a reload of the page once they are done."""
    version = _version(key, number)
    if version.status != "pending":
        return Response(status=204, headers={"HX-Refresh": "true"})
    return render_template("assets/_state.html", version=version, asset=version.asset)


@assets.post("/uploads")
def hold():
    """A file dropped into a text: kept for its author until the text is posted."""
    file = request.files.get("file")
    if file is None or not file.filename:
        abort(400)
    try:
        kept = actions.keep(file.stream, name_sent(file))
    except StoreError as error:
        return jsonify(error=refusal(error)), 413
    held = actions.hold(kept, actor=current_user)
    commit()
    is_image = kept.media_type in ("image/png", "image/jpeg", "image/gif", "image/webp")
    return jsonify(url=url_for("assets.held", key=held.id, name=kept.filename), name=kept.filename,
                   is_image=is_image, id=held.id), 201


@assets.get("/uploads/<int:key>/<path:name>")
def held(key: int, name: str) -> Response:
    """A file inside a text, for who may see the text; before it is posted, for its author."""
    upload = db.session.get(Upload, key) or abort(404)
    if name != upload.filename:
        abort(404)
    if upload.entry is not None:
        fetch(type(upload.entry), upload.entry_id)
    elif upload.person_id != current_user.id:
        abort(404)
    stored = actions.store().size(upload.sha256)
    return send_original(upload.sha256, upload.filename, upload.media_type, stored, inline_images=True)
