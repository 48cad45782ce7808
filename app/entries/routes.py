"""Everything one can do to an entry of any kind; each view fetches with access, calls one action, commits, renders."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import selectinload

from app.access import can, fetch, root_of, visible
from app.activity.delivery import commit
from app.entries import actions
from app.entries.anchors import spoken_of
from app.entries.beside import beside
from app.entries.cards import bookmarked, cards, thread
from app.entries.forms import CommentForm, EditForm, EmojiForm, PostForm, ShareForm
from app.entries.models import Entry, Share
from app.entries.personal_models import Bookmark
from app.entries.pinning import is_pinned
from app.entries.revision_models import Revision
from app.extensions import db
from app.spaces.models import Space
from app.web import before_argument, done, is_fragment, page_of_fragment, paged, whole_number

entries = Blueprint("entries", __name__)


@entries.get("/e/<int:key>")
def permalink(key: int):
    """Where the entry lives: its own page, or its place in the thread, with the slide or the moment it speaks of."""
    entry = fetch(Entry, key)
    root = root_of(entry)
    if entry is root:
        return redirect(root.url)
    return redirect(f"{root.place_of(entry)}#entry-{entry.id}")


@entries.get("/posts/<int:key>")
def show(key: int):
    """The page of a kind that needs no page of its own: its card and its thread."""
    entry = fetch(Entry, key)
    if entry.url != request.path:
        return redirect(entry.url)
    [entry] = cards([key])
    return render_template("entries/show.html", entry=entry, **thread_context(entry))


def thread_context(root: Entry, *conditions) -> dict:
    """What `components/_thread.html` needs; for the whole thread also what stands beside it."""
    comments = thread(root, *conditions)
    return {
        "beside": [] if conditions else beside(root),
        "thread": root, "comments": comments, "bookmarked_ids": bookmarked([root, *comments]),
        "reply_to": whole_number(request.args, "reply"),
    }


@entries.get("/e/<int:key>/fragment")
def fragment(key: int):
    """The card or comment alone, for browsers that were told it changed."""
    entry = fetch(Entry, key)
    [entry] = cards([entry.id])
    template = "components/_comment.html" if entry.kind == "comment" else "components/_entry.html"
    # On the page of a space its cards do not repeat its name; one that grew by it would move what one reads.
    space = entry.space if page_of_fragment() == entry.space.url else None
    return render_template(template, entry=entry, bookmarked_ids=bookmarked([entry]), space=space)


@entries.post("/posts")
def post():
    form = PostForm()
    if not form.validate():
        return render_template("entries/write.html", form=form), 422
    space = fetch(Space, form.space_id.data, "post")
    entry = actions.post(space, form.body.data, actor=current_user)
    commit()
    if is_fragment():
        return fragment(entry.id)
    return done(_("Posted in %(space)s.", space=space.name), request.form.get("next") or space.url)


@entries.post("/e/<int:key>/comments")
def comment(key: int):
    root = root_of(fetch(Entry, key, "comment"))
    form = CommentForm()
    if not form.validate():
        return render_template("entries/show.html", entry=root, composer_value=form.body.data,
                               composer_errors=form.body.errors, **thread_context(root)), 422
    parent = fetch(Entry, form.parent_id.data) if form.parent_id.data else None
    try:
        answer = actions.comment(root, form.body.data, actor=current_user, parent=parent,
                                 **spoken_of(root, **form.about()))
    except actions.CannotAnswer:
        abort(400)
    commit()
    return fragment(answer.id) if is_fragment() else redirect(url_for("entries.permalink", key=answer.id), code=303)


@entries.route("/e/<int:key>/edit", methods=["GET", "POST"])
def edit(key: int):
    entry = fetch(Entry, key, "edit")
    form = EditForm(obj=entry)
    if form.validate_on_submit():
        title = form.title.data.strip() if entry.title else None
        try:
            actions.edit(entry, actor=current_user, body=form.body.data, title=title or None)
            commit()
            return done(_("Saved. How it read before is kept."), url_for("entries.permalink", key=key))
        except actions.TooLong as error:
            form.body.errors = [str(error)]
    page = render_template("entries/edit.html", entry=entry, form=form)
    return (page, 422) if form.errors else page


@entries.get("/e/<int:key>/history")
def history(key: int):
    entry = fetch(Entry, key, options=[selectinload(Entry.revisions).joinedload(Revision.edited_by)])
    return render_template("entries/history.html", entry=entry)


@entries.post("/e/<int:key>/delete")
def delete(key: int):
    entry = fetch(Entry, key, "delete")
    root = root_of(entry)
    actions.remove(entry, actor=current_user)
    commit()
    if is_fragment():
        return fragment(key)
    return done(_("Deleted."), root.space.url if root is entry else f"{root.url}#entry-{key}")


def _menu(template: str, entry: Entry, heading: str, **context) -> str:
    """The inside of a menu for the button that opens it; without JavaScript the menu is a page."""
    context |= {"entry": entry, "bookmarked_ids": bookmarked([entry])}
    if is_fragment():
        return render_template(template, **context)
    return render_template("entries/menu.html", menu=template, heading=heading, **context)


@entries.get("/e/<int:key>/more")
def more(key: int):
    entry = fetch(Entry, key)
    return _menu("entries/_more_menu.html", entry, _("What you can do"), is_pinned=is_pinned(entry),
                 is_watched=actions.is_watched(entry, current_user))


@entries.get("/e/<int:key>/reactions")
def reactions(key: int):
    return _menu("entries/_reactions_menu.html", fetch(Entry, key, "react"), _("React"))


@entries.post("/e/<int:key>/reactions")
def react(key: int):
    entry = fetch(Entry, key, "react")
    form = EmojiForm()
    try:
        if not actions.react(entry, form.emoji.data or "", actor=current_user):
            actions.withdraw_reaction(entry, form.emoji.data, actor=current_user)
    except actions.NotAnEmoji:
        abort(400)
    commit()
    db.session.expire(entry, ["reactions"])
    return render_template("components/_reactions.html", entry=entry) if is_fragment() else redirect(
        url_for("entries.permalink", key=key), code=303)


@entries.post("/e/<int:key>/bookmark")
def bookmark(key: int):
    entry = fetch(Entry, key, "bookmark")
    keep = entry.id not in bookmarked([entry])
    actions.bookmark(entry, actor=current_user, keep=keep)
    commit()
    if is_fragment():
        return render_template("components/_keep.html", entry=entry, bookmarked_ids={entry.id} if keep else set())
    return redirect(url_for("entries.permalink", key=key), code=303)


@entries.get("/bookmarks")
def bookmarks():
    """What I keep for later, the last kept first."""
    mine = visible(current_user, Entry).join(Bookmark, Bookmark.entry_id == Entry.id)
    mine = mine.with_only_columns(Bookmark).where(Bookmark.person_id == current_user.id, Entry.deleted_at.is_(None))
    page = paged(mine, Bookmark.id, before=before_argument())
    kept = cards(each.entry_id for each in page.items)
    return render_template("entries/bookmarks.html", entries=kept, next=page.next, bookmarked_ids=bookmarked(kept))


@entries.route("/e/<int:key>/share", methods=["GET", "POST"])
def share(key: int):
    entry = fetch(Entry, key, "share")
    form = ShareForm()
    if form.validate_on_submit():
        space = fetch(Space, form.space_id.data, "post")
        try:
            actions.share(entry, space, actor=current_user, note=form.body.data)
            commit()
            return done(_("It can now be read in %(space)s too. You can take it back under “Share”.",
                          space=space.name), entry.url)
        except actions.NotUsable as error:
            form.form_errors.append(str(error))
    lives_in = {entry.space_id, *(each.space_id for each in entry.shares)}
    targets = [each.space for each in current_user.memberships
               if each.space_id not in lives_in and can(current_user, "post", each.space)]
    return render_template("entries/share.html", entry=entry, form=form, targets=targets), 422 if form.errors else 200


@entries.post("/e/<int:key>/shares/<int:space_id>/end")
def unshare(key: int, space_id: int):
    shared = fetch(Share, verb="end", entry_id=key, space_id=space_id)
    actions.unshare(shared, actor=current_user)
    commit()
    return done(_("It can no longer be read in %(space)s.", space=shared.space.name), f"/e/{key}/share")
