"""The bell: what concerns me and why, newest first."""

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from app.activity import bell
from app.activity.delivery import commit
from app.activity.kinds import REGISTRY
from app.activity.models import Activity, Notification
from app.entries.models import Entry
from app.extensions import db
from app.notifications import actions
from app.notifications.reasons import REASONS
from app.presentation import Shell
from app.web import before_argument, paged, whole_number

notifications = Blueprint("notifications", __name__)


def mine():
    """My notifications of things I may still see."""
    return bell.notifications(current_user).options(
        joinedload(Notification.activity).joinedload(Activity.actor),
        joinedload(Notification.activity).joinedload(Activity.entry).joinedload(Entry.space),
        joinedload(Notification.activity).joinedload(Activity.space),
        joinedload(Notification.activity).joinedload(Activity.person),
    )


@notifications.get("/notifications")
def index():
    page = paged(mine(), Notification.id, before=before_argument())
    return render_template("notifications/index.html", page=page, reasons=REASONS)


@notifications.get("/unread")
def unread():
    """The counts of the shell, for browsers that were told that something changed."""
    shell = Shell()
    spaces = {line.space.id: line.unread for line in shell.spaces}
    return jsonify(notifications=shell.unread_notifications, spaces=spaces)


@notifications.post("/notifications/read")
def read():
    """All of them, or the one given, and then on to what it is about."""
    key = whole_number(request.form, "id")
    actions.mark_read(current_user, ids=[key] if key else None)
    commit()
    notification = db.session.get(Notification, key) if key else None
    is_mine = notification is not None and notification.person_id == current_user.id
    target = REGISTRY[notification.activity.kind].url(notification.activity) if is_mine else None
    return redirect(target or url_for("notifications.index"), code=303)
