"""No such mail any more: with one click, without signing in."""

from flask import abort, render_template

from app.activity.delivery import commit
from app.extensions import db
from app.notifications import tokens
from app.notifications.choosing import OFF, change_settings
from app.notifications.replying import UNSUBSCRIBE
from app.notifications.routes import notifications
from app.people.models import Person
from app.web import public, without_form_token


def _person(token: str) -> Person:
    known = tokens.read(UNSUBSCRIBE, token) or abort(404)
    return db.session.get(Person, known.person_id) or abort(404)


@notifications.get("/unsubscribe/<token>")
@public
def unsubscribe(token: str):
    """Asks first: programs that look behind the links of a mail must change nothing."""
    return render_template("notifications/unsubscribe.html", person=_person(token), is_off=False)


@notifications.post("/unsubscribe/<token>")
@public
@without_form_token
def unsubscribe_now(token: str):
    """The button, and what mail programs send by themselves (RFC 8058): the token says who it is."""
    person = _person(token)
    change_settings(person, mail=OFF)
    commit()
    return render_template("notifications/unsubscribe.html", person=person, is_off=True)
