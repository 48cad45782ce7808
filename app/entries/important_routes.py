"""Marking what everybody should have seen, saying that one has; hearing of every answer in a thread."""

from flask import redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import allow, fetch, root_of
from app.activity.delivery import commit
from app.entries import important
from app.entries.actions import watch
from app.entries.beside import beside_thread
from app.entries.models import Entry
from app.entries.routes import entries
from app.web import done, is_fragment

SHOWS_ITSELF = ("post", "decision", "task")
"""Kinds whose page is their card, which says so already."""


@beside_thread("components/_important.html")
def beside(root: Entry) -> list[Entry]:
    if root.kind in SHOWS_ITSELF or not (known := important.seen([root], current_user)):
        return []
    root.seen = known[root.id]
    return [root]


@entries.post("/e/<int:key>/importance")
def mark_important(key: int):
    entry = fetch(Entry, key, "mark_important")
    important.mark_important(entry, actor=current_user)
    commit()
    return done(_("Everybody in %(name)s is asked to have seen it.", name=entry.space.name), entry.url)


@entries.post("/e/<int:key>/importance/end")
def unmark_important(key: int):
    entry = fetch(Entry, key, "mark_important")
    important.unmark(entry, actor=current_user)
    commit()
    return done(_("Nobody is asked any more."), entry.url)


@entries.post("/e/<int:key>/acknowledgement")
def acknowledge(key: int):
    entry = fetch(Entry, key, "acknowledge")
    important.acknowledge(entry, actor=current_user)
    commit()
    if not is_fragment():
        return redirect(entry.url, code=303)
    entry.seen = important.seen([entry], current_user)[entry.id]
    return render_template("components/_important.html", items=[entry])


@entries.get("/e/<int:key>/acknowledgements")
def acknowledgements(key: int):
    """Who has seen it, and who has not."""
    entry = fetch(Entry, key)
    allow("read", entry.space)
    have, have_not = important.who_has_seen(entry)
    return render_template("entries/acknowledgements.html", entry=entry, have=have, have_not=have_not)


@entries.post("/e/<int:key>/watch")
def follow_thread(key: int):
    return _follow(key, keep=True)


@entries.post("/e/<int:key>/watch/end")
def leave_thread(key: int):
    return _follow(key, keep=False)


def _follow(key: int, *, keep: bool):
    root = root_of(fetch(Entry, key))
    watch(root, current_user, keep=keep)
    commit()
    return done(_("You hear of every answer.") if keep else _("You hear only of what names you or answers you."),
                root.url)
