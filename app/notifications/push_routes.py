"""This browser, and whether it may be woken up."""

from pathlib import Path

from flask import abort, current_app, request, send_file

from app.activity.delivery import commit
from app.notifications import pushing
from app.notifications.routes import notifications
from app.outgoing import Refused
from app.people.sessions import current_sign_in


@notifications.get("/worker.js")
def worker():
    """What runs in the browser while no tab is open. Its address says for which pages: all of them."""
    answer = send_file(Path(current_app.static_folder) / "built" / "worker.js", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@notifications.post("/settings/notifications/browser")
def let_wake_up():
    try:
        pushing.subscribe(current_sign_in(), request.form.get("endpoint", ""))
    except Refused:
        abort(400)
    commit()
    return "", 204


@notifications.post("/settings/notifications/browser/end")
def leave_alone():
    pushing.unsubscribe(current_sign_in())
    commit()
    return "", 204
