"""Adapting a file, keeping a copy in step, its rights, and what has to be known before it goes."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import fetch, writable_spaces
from app.accounts.industries import industries
from app.activity.delivery import commit
from app.assets.actions import KeptFile, keep
from app.assets.models import Asset, Version
from app.assets.store import StoreError
from app.assets.uploads import name_sent, refusal
from app.entries.actions import NotUsable
from app.entries.beside import beside_thread
from app.entries.models import TITLE_LENGTH, Entry
from app.entries.places import usual_place
from app.extensions import db
from app.reuse import actions
from app.reuse.chain import Chain, why_chain
from app.reuse.forms import AdaptForm, RightsForm, SettleForm
from app.reuse.models import DIMENSIONS, OUTCOMES, Derivation
from app.reuse.uses import used_in
from app.spaces.models import Space
from app.web import done, is_fragment, looking_first, whole_number

reuse = Blueprint("reuse", __name__)


@beside_thread("reuse/_chain.html")
def chain(root: Entry) -> list[Chain]:
    found = why_chain(root, current_user) if isinstance(root, Asset) and not root.is_deleted else None
    return [found] if found else []


def _asset(key: int, verb: str = "read") -> Asset:
    """A file that nobody has deleted."""
    asset = fetch(Asset, key, verb, options=[joinedload(Asset.space), joinedload(Asset.author)])
    return abort(404) if asset.is_deleted else asset


@reuse.route("/assets/<int:key>/adapt", methods=["GET", "POST"])
def adapt(key: int):
    """Make a file of one's own of it, in another space or the same."""
    asset = _asset(key)
    mine = {each.id for each in writable_spaces(current_user)}
    form = AdaptForm(version=whole_number(request.args, "version") or asset.version_count,
                     title=_("%(title)s, adapted", title=asset.title)[:TITLE_LENGTH],
                     space_id=asset.space_id if asset.space_id in mine else usual_place(current_user, Asset))
    if form.validate_on_submit():
        try:
            if kept := _keep(form):
                asset, space = _asset(key), fetch(Space, form.space_id.data, "post")
                adapted = actions.adapt(_numbered(asset, form.version.data), space, actor=current_user,
                                        file=kept[0], title=form.title.data, why=form.why.data)
                commit()
                return done(_("This is yours now. It remembers where it comes from."), adapted.url)
        except NotUsable as error:
            form.form_errors.append(str(error))
    page = render_template("reuse/adapt.html", form=form, asset=asset, spaces=writable_spaces(current_user))
    return (page, 422) if form.errors else page


def _keep(form: AdaptForm) -> list[KeptFile | None]:
    """What it is to begin with: the file that was sent, None for the one that is there; [] if it could not be kept."""
    if not form.file.data:
        return [None]
    with looking_first():
        fetch(Space, form.space_id.data, "post")
    try:
        return [keep(form.file.data.stream, name_sent(form.file.data))]
    except StoreError as error:
        form.file.errors = [refusal(error)]
        return []


def _numbered(asset: Asset, number: int) -> Version:
    """The version of this number, else the newest."""
    query = select(Version).where(Version.asset_id == asset.id, Version.number.in_([number, asset.version_count]))
    found = {each.number: each for each in db.session.scalars(query)}
    return found.get(number) or found[asset.version_count]


@reuse.post("/assets/<int:key>/origin")
def settle(key: int):
    """What a newer version of the origin means for it. Who may not see the origin cannot judge."""
    asset, form = _asset(key, "add_version"), SettleForm()
    derivation = db.session.get(Derivation, asset.id) or abort(404)
    fetch(Asset, derivation.origin_id)
    if not form.validate() or form.outcome.data not in OUTCOMES:
        abort(400)
    seen = fetch(Version, asset_id=derivation.origin_id, number=form.seen.data)
    actions.settle(derivation, seen, form.outcome.data, actor=current_user, note=form.note.data)
    commit()
    told = _("It changed again meanwhile. Have another look.") if asset.origin_changed else _(
        "Noted: it is in step with what it was adapted from.")
    return done(told, asset.url)


@reuse.route("/assets/<int:key>/rights", methods=["GET", "POST"])
def rights(key: int):
    """What it may be used for, by whom and until when."""
    asset = _asset(key, "edit")
    known = {name: getattr(asset, name) for name in (*actions.RIGHTS, "language")}
    places = {name: [each.value for each in asset.places if each.dimension == name] for name in DIMENSIONS}
    listed = {name: ", ".join(values) for name, values in places.items() if name != "stage"}
    form = RightsForm(**known, **listed, stage=places["stage"])
    if form.validate_on_submit():
        actions.say_rights(asset, actor=current_user, **form.said())
        commit()
        return done(_("Saved. Everybody sees it wherever the file is shown."), asset.url)
    page = render_template("reuse/rights.html", form=form, asset=asset, industries=industries(current_user))
    return (page, 422) if form.errors else page


@reuse.get("/assets/<int:key>/uses")
def uses(key: int):
    """Where it is used."""
    asset = _asset(key)
    template = "reuse/_uses.html" if is_fragment() else "reuse/uses.html"
    return render_template(template, asset=asset, uses=used_in(asset, current_user))


@reuse.get("/assets/<int:key>/removal")
def removal(key: int):
    """Before it is deleted: where it is used."""
    asset = _asset(key, "delete")
    return render_template("reuse/removal.html", asset=asset, uses=used_in(asset, current_user))
