"""Lists of one's own as views of the feed, edited in place, and filters that were saved."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.feed import pages, unflooded
from app.lists import actions
from app.lists.forms import FilterForm, ItemForm, ListForm
from app.lists.models import FeedList, SavedFilter
from app.lists.showing import branches_of, items_of, known_tag, named, own
from app.people.models import Person
from app.spaces.models import Space
from app.web import done

lists = Blueprint("lists", __name__)


def _overview(form: ListForm | None = None, filter_form: FilterForm | None = None):
    page = render_template("lists/index.html", own=own(current_user), form=form or ListForm(formdata=None),
                           filter_form=filter_form)
    return (page, 422) if form or filter_form else page


@lists.get("/lists")
def index():
    return _overview()


@lists.post("/lists")
def begin():
    form = ListForm()
    if form.validate():
        try:
            made = actions.begin_list(form.name.data, actor=current_user)
            if thing := _thing(request.form):
                actions.put(made, **thing)
            commit()
            return redirect(made.url, code=303)
        except actions.NameTaken:
            form.name.errors = [_("You have a list of this name.")]
    return _overview(form)


@lists.get("/lists/<int:key>")
def show(key: int):
    return _page(fetch(FeedList, key))


def _page(found: FeedList, **forms):
    items = items_of(found, current_user)
    branches = branches_of(items, current_user)
    if pages.is_unfolded():
        shown = pages.stream(*pages.streams.of_branches(branches, pages.window()))
    else:
        shown = pages.folded(unflooded.page_of(current_user, pages.window(), branches, pages.run_above()))
    forms = {"item_form": ItemForm(formdata=None), "name_form": ListForm(formdata=None, obj=found)} | forms
    return pages.render("lists/show.html", shown, found=found, items=items, stream_url=request.full_path, **forms)


@lists.post("/lists/<int:key>")
def rename(key: int):
    found, form = fetch(FeedList, key, "edit"), ListForm()
    if form.validate():
        try:
            actions.rename(found, form.name.data, actor=current_user)
            commit()
            return redirect(found.url, code=303)
        except actions.NameTaken:
            form.name.errors = [_("You have a list of this name.")]
    return _page(found, name_form=form), 422


@lists.post("/lists/<int:key>/items")
def put(key: int):
    found, form = fetch(FeedList, key, "edit"), ItemForm()
    thing = _thing(request.form) or named(form.what.data or "", current_user)
    try:
        if thing:
            actions.put(found, **thing)
            commit()
            return redirect(found.url, code=303)
        form.validate()
        form.what.errors = form.what.errors or [_("There is nobody and nothing of this name that you know of.")]
    except actions.ListFull:
        form.what.errors = [_("It is full; take something off it first.")]
    return _page(found, item_form=form), 422


@lists.post("/lists/<int:key>/items/<int:item_id>/end")
def take_off(key: int, item_id: int):
    found = fetch(FeedList, key, "edit")
    actions.take_off(found, item_id)
    commit()
    return redirect(found.url, code=303)


@lists.post("/lists/<int:key>/delete")
def delete(key: int):
    actions.discard(fetch(FeedList, key, "edit"))
    commit()
    return done(_("The list is deleted."), url_for("lists.index"))


def _thing(values) -> dict | None:
    """What a link from its own page names, as an argument of `actions.put`."""
    if handle := values.get("person"):
        return {"person": fetch(Person, handle=handle)}
    if name := values.get("tag"):
        return {"tag": known_tag(name.lower(), current_user) or abort(404)}
    if slug := values.get("space"):
        return {"space": fetch(Space, verb="see", slug=slug)}
    return None


@lists.get("/lists/choose")
def choose():
    """On which list somebody or something is to stand."""
    thing = _thing(request.args) or abort(404)
    [found] = thing.values()
    name = f"#{found.name}" if "tag" in thing else found.name
    field = next((each, request.args[each]) for each in ("person", "tag", "space") if request.args.get(each))
    return render_template("lists/choose.html", name=name, field_of=field, form=ListForm(formdata=None),
                           lists=[each for each in own(current_user) if each.kind == "list"])


@lists.post("/filters")
def save():
    form = FilterForm()
    if form.validate():
        try:
            made = actions.save_filter(form.name.data, form.place.data, form.query.data, actor=current_user)
            commit()
            return done(_("Saved as “%(name)s”: it stands beside your feed.", name=made.name), made.url)
        except actions.NameTaken:
            form.name.errors = [_("You have a filter of this name.")]
        except actions.NoFilter:
            form.name.errors = [_("This narrows nothing; choose a filter or type words first.")]
    return _overview(filter_form=form)


@lists.post("/filters/<int:key>/delete")
def delete_filter(key: int):
    actions.discard(fetch(SavedFilter, key, "edit"))
    commit()
    return done(_("The filter is deleted."), url_for("lists.index"))
