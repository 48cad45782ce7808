"""The inbox of what concerns me and why, thread by thread, the latest first."""

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.activity import bell
from app.activity.delivery import commit
from app.activity.kinds import REGISTRY, describe
from app.activity.models import Notification
from app.extensions import db
from app.notifications import actions
from app.notifications.choosing import settings_of
from app.notifications.inbox import VIEWS, Place, in_view, topics, whole
from app.notifications.reasons import REASONS
from app.presentation import Shell
from app.web import done, whole_number

notifications = Blueprint("notifications", __name__)


def mine(view: str | None = None):
    """My notifications of things I may still see, all or those of one view of the inbox."""
    found = bell.notifications(current_user).options(*whole())
    return found.where(*in_view(view)) if view else found


def own(key: int) -> Notification:
    """My notification with this key, if I may still see what it tells of; else 404."""
    return db.session.scalar(mine().where(Notification.id == key)) or abort(404)


@notifications.get("/notifications")
def index():
    view = request.args.get("view", VIEWS[0])
    if view not in VIEWS:
        abort(404)
    shown, further = topics(current_user, view, Place.read(request.args.get("before", "")))
    return render_template("notifications/index.html", view=view, topics=shown, further=further, reasons=REASONS,
                           leads=lambda activity: REGISTRY[activity.kind].url(activity))


@notifications.get("/unread")
def unread():
    """The counts of the shell, for browsers that were told that something changed."""
    shell = Shell()
    spaces = {line.space.id: line.unread for line in shell.spaces}
    return jsonify(notifications=shell.unread_notifications, spaces=spaces)


@notifications.get("/notifications/newest")
def newest():
    """The newest unread one, for a tab that was told there is one; nothing for who wants none on the desktop."""
    found = None
    if settings_of(current_user).on_desktop:
        found = db.session.scalar(mine("inbox").where(Notification.read_at.is_(None)).order_by(
            Notification.id.desc()).limit(1))
    if found is None:
        return jsonify(None)
    because = _("because %(reason)s", reason=REASONS.get(found.reason, ""))
    return jsonify(id=found.id, text=describe(found.activity, current_user), because=because,
                   url=REGISTRY[found.activity.kind].url(found.activity) or url_for("notifications.index"))


@notifications.post("/notifications/read")
def read():
    """All of them, or all of the thread of the one given, and then on to what it is about."""
    key = whole_number(request.form, "id")
    notification = db.session.scalar(mine().where(Notification.id == key)) if key else None
    if notification:
        actions.read_topic(notification)
    elif not key:
        actions.mark_read(current_user)
    commit()
    target = REGISTRY[notification.activity.kind].url(notification.activity) if notification else None
    return redirect(target or url_for("notifications.index"), code=303)


def _changed(said: str):
    commit()
    if request.headers.get("X-Requested-With") == "fetch":
        return "", 204
    view = request.form.get("view")
    return done(said, url_for("notifications.index", view=view if view in VIEWS[1:] else None))


@notifications.post("/notifications/<int:key>/done")
def finish(key: int):
    actions.finish(own(key))
    return _changed(_("Done. It stands under “Done”, and comes back when something new happens there."))


@notifications.post("/notifications/<int:key>/done/end")
def take_up(key: int):
    actions.take_up(own(key))
    return _changed(_("Back in the inbox."))


@notifications.post("/notifications/<int:key>/snooze")
def snooze(key: int):
    until = actions.SNOOZES.get(request.form.get("for", "")) or abort(400)
    actions.snooze(own(key), until(current_user))
    return _changed(_("Put off. It comes back by itself."))


@notifications.post("/notifications/<int:key>/snooze/end")
def wake(key: int):
    actions.wake(own(key))
    return _changed(_("Back in the inbox."))
