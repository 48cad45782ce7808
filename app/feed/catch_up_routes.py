"""The page that tells what is new since one read last, and looking at it part by part."""

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.feed import catching_up
from app.feed.catch_up_models import PARTS
from app.feed.rail import due
from app.feed.routes import feed
from app.spaces.models import Space
from app.web import done, whole_number


@feed.get("/catch-up")
def catch_up():
    found = catching_up.news(current_user, catching_up.owned_spaces(current_user))
    return render_template("feed/catch_up.html", news=found, entries=catching_up.entries_of(found),
                           due=due(current_user))


@feed.post("/catch-up")
def caught_up():
    """A part of what is new, a space, or without either everything, was looked at up to an entry."""
    part, space_id = request.form.get("part") or None, whole_number(request.form, "space_id")
    if part not in (None, *PARTS):
        abort(400)
    space = fetch(Space, space_id) if space_id else None
    catching_up.catch_up(current_user, whole_number(request.form, "entry_id") or 0, part=part, space=space)
    commit()
    if part or space:
        return redirect(url_for("feed.catch_up"), code=303)
    return done(_("You have caught up."), url_for("feed.catch_up"))
