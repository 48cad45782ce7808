"""Collections: the list, one of them, putting files in, ordering and taking out."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import joinedload

from app.access import LARGEST_KEY, fetch, visible, writable_spaces
from app.activity.delivery import commit, rollback
from app.assets.models import Asset
from app.entries.actions import NotUsable
from app.extensions import db
from app.library import actions
from app.library.collections import asset_ids, collections, files, open_to
from app.library.forms import CollectForm, CollectionForm
from app.library.models import Collection
from app.library.routes import library
from app.library.shelf import times_used
from app.spaces.models import Space
from app.web import before_argument, done, is_fragment, whole_number


@library.get("/collections")
def all_collections():
    page = collections(current_user, before=before_argument())
    template = "library/_collections.html" if is_fragment() and before_argument() is not None \
        else "library/collections.html"
    return render_template(template, page=page)


@library.get("/collections/<int:key>")
def show(key: int):
    collection = fetch(Collection, key, options=[joinedload(Collection.space), joinedload(Collection.author)])
    shown = files(collection, current_user)
    times = times_used(current_user, [each.id for each in shown])
    return render_template("library/collection.html", collection=collection, assets=shown, times=times)


def _chosen() -> list[Asset]:
    """The files the address or the form names, of those the person may see."""
    keys = [key for key in request.values.getlist("asset", type=int) if 0 < key <= LARGEST_KEY][:actions.MOST]
    query = visible(current_user, Asset).where(Asset.id.in_(keys), Asset.deleted_at.is_(None))
    found = {each.id: each for each in db.session.scalars(query)} if keys else {}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


@library.route("/collections/choose", methods=["GET", "POST"])
def choose():
    """Put files into a collection, or begin one, with or without files."""
    assets, spaces, form = _chosen(), writable_spaces(current_user), CollectForm()
    if form.validate_on_submit():
        try:
            collection = _collection(form)
            new = actions.collect(collection, assets, actor=current_user)
            commit()
            told = ngettext("%(num)s file is in “%(name)s” now.", "%(num)s files are in “%(name)s” now.", new,
                            name=collection.name) if assets else _("“%(name)s” is there.", name=collection.name)
            return done(told, collection.url)
        except NotUsable as error:
            form.form_errors.append(str(error))
        except actions.CollectionFull:
            form.form_errors.append(_("A collection holds %(most)s files at most.", most=actions.MOST))
        rollback()
    page = render_template("library/choose.html", form=form, assets=assets, spaces=spaces,
                           collections=open_to(current_user, spaces))
    return (page, 422) if form.errors else page


def _collection(form: CollectForm) -> Collection:
    if form.collection_id.data:
        return fetch(Collection, form.collection_id.data, "edit")
    space = fetch(Space, form.space_id.data or abort(400), "post")
    return actions.begin_collection(space, form.name.data, actor=current_user, note=form.note.data)


@library.route("/collections/<int:key>/edit", methods=["GET", "POST"])
def edit(key: int):
    collection = fetch(Collection, key, "edit")
    form = CollectionForm(obj=collection)
    if form.validate_on_submit():
        actions.change_collection(collection, actor=current_user, name=form.name.data, note=form.note.data)
        commit()
        return done(_("Saved."), collection.url)
    page = render_template("library/edit.html", form=form, collection=collection)
    return (page, 422) if form.errors else page


@library.post("/collections/<int:key>/move")
def move(key: int):
    """One place up or down among those one sees."""
    collection = fetch(Collection, key, "edit")
    order, asset_id = asset_ids(collection, current_user), whole_number(request.form, "asset_id")
    if asset_id not in order:
        abort(404)
    at = order.index(asset_id)
    to = at - 1 if request.form.get("to") == "up" else at + 1
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
        actions.arrange(collection, order, actor=current_user)
        commit()
    return done(_("Moved."), f"{collection.url}#file-{asset_id}")


@library.post("/collections/<int:key>/take-out")
def take_out(key: int):
    collection = fetch(Collection, key, "edit")
    asset = fetch(Asset, whole_number(request.form, "asset_id") or abort(404))
    actions.take_out(collection, asset, actor=current_user)
    commit()
    return done(_("It is no longer in this collection."), collection.url)


@library.post("/collections/<int:key>/delete")
def discard(key: int):
    collection = fetch(Collection, key, "delete")
    actions.discard(collection, actor=current_user)
    commit()
    return done(_("The collection is gone; its files are where they were."), "/collections")
