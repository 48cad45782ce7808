"""The duplicate radar: what a file is like before it is shared, where else an asset is, and the report."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from app.access import allow, can, fetch, writable_spaces
from app.activity.delivery import commit
from app.assets import arriving
from app.assets.actions import KeptFile
from app.assets.models import Asset
from app.entries.actions import NotUsable
from app.entries.attachments import Upload
from app.radar import actions
from app.radar.elsewhere import beside, elsewhere
from app.radar.looking import Known, look, present
from app.radar.report import FILES, OF, report
from app.spaces.models import Space
from app.web import before_argument, done, is_fragment, whole_number

radar = Blueprint("radar", __name__)


@radar.get("/uploads/<int:key>/similar")
def similar(key: int) -> str:
    """What a file that has arrived is like, for who sent it; nothing, if it is new."""
    upload = arriving.held(key) or abort(404)
    known = look(upload.sha256, upload.media_type, current_user)
    return _told(known, upload)


def _told(known: Known, upload: Upload) -> Markup:
    space_id = whole_number(request.values, "space_id")
    spaces = {each.id for each in writable_spaces(current_user)} if known.matches else set()
    return Markup(render_template("radar/_similar.html", alike=present(known), upload=upload,
                                  space_id=space_id if space_id in spaces else None))


def _known(file: KeptFile, person) -> arriving.Saying | None:
    known = look(file.sha256, file.media_type, person)
    return (lambda upload: _told(known, upload)) if known.matches else None


arriving.known.append(_known)


@radar.post("/uploads/<int:key>/use/<int:asset_id>")
def use(key: int, asset_id: int):
    """The one that is there instead of a second copy: shared into the space chosen, or opened if it is read there."""
    upload = arriving.held(key) or abort(404)
    asset = fetch(Asset, asset_id)
    space = fetch(Space, whole_number(request.form, "space_id") or asset.space_id, "post")
    if not actions.lives_in(asset, space.id):
        allow("share", asset)
    try:
        is_new = actions.use_instead(upload, asset, space, actor=current_user)
    except NotUsable as error:
        return done(str(error), asset.url)
    commit()
    told = _("It can now be read in %(space)s too; nothing was stored twice.", space=space.name) if is_new else _(
        "It is in %(space)s already; nothing was stored twice.", space=space.name)
    return done(told, asset.url)


@radar.get("/assets/<int:key>/elsewhere")
def also(key: int) -> str:
    """Where else an asset, or a slide of it, is."""
    asset = fetch(Asset, key)
    found = elsewhere(asset, current_user)
    template = "radar/_elsewhere.html" if is_fragment() else "radar/elsewhere.html"
    return render_template(template, asset=asset, found=found)


@radar.get("/assets/duplicates")
def duplicates() -> str:
    """The report of duplicated work."""
    of = request.args.get("of") if request.args.get("of") in OF else FILES
    shown = report(current_user, of, before=before_argument())
    template = "radar/_groups.html" if is_fragment() and before_argument() is not None else "radar/duplicates.html"
    return render_template(template, shown=shown, of=of)


@radar.get("/assets/<int:key>/beside/<int:other_id>")
def compare(key: int, other_id: int) -> str:
    """Two assets that are alike, page by page."""
    one, other = fetch(Asset, key), fetch(Asset, other_id)
    if one.id == other.id or one.is_deleted or other.is_deleted:
        abort(404)
    return render_template("radar/beside.html", pair=beside(one, other, current_user),
                           may_say=can(current_user, "edit", one) or can(current_user, "edit", other))


@radar.post("/assets/<int:key>/beside/<int:other_id>/two")
def mean_two(key: int, other_id: int):
    """Both are wanted."""
    one, other = _may_say(key, other_id)
    actions.mean_two(one, other, actor=current_user)
    commit()
    return done(_("They are meant to be two. No report names them again."), f"/assets/{key}/beside/{other_id}")


@radar.post("/assets/<int:key>/beside/<int:other_id>/one")
def mean_one(key: int, other_id: int):
    """They are not."""
    one, other = _may_say(key, other_id)
    actions.mean_one(one, other, actor=current_user)
    commit()
    return done(_("They are reported again."), f"/assets/{key}/beside/{other_id}")


def _may_say(key: int, other_id: int) -> tuple[Asset, Asset]:
    """Two assets of which the person may change one."""
    one, other = fetch(Asset, key), fetch(Asset, other_id)
    if key == other_id:
        abort(404)
    if not can(current_user, "edit", one):
        allow("edit", other)
    # Both are a record once either is: who looks into an archive finds it as it was left.
    if one.space.is_archived or other.space.is_archived:
        abort(403)
    return one, other
