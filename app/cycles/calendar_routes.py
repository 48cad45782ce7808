"""The calendar of what is mine: its secret address, and the feed that answers to it."""

from flask import Response, abort
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.activity.delivery import commit
from app.cycles.calendar import calendar_of, key_of
from app.cycles.routes import cycles
from app.extensions import db, limiter
from app.people.models import Person
from app.web import done, public


@cycles.post("/calendar")
def make_calendar():
    """Make the address, or a new one in place of one that became known."""
    current_user.calendar_key = None
    key_of(current_user)
    commit()
    return done(_("Here is the address of your calendar. Whoever has it can read it."), "/reviews/cycles#calendar")


@cycles.get("/calendar/<key>.ics")
@public
@limiter.limit("60/minute")
def calendar(key: str):
    """Calendar programs cannot sign in: the address itself is the key."""
    person = db.session.scalar(select(Person).where(Person.calendar_key == key, Person.deactivated_at.is_(None)))
    if person is None:
        abort(404)
    with force_locale(person.locale):
        feed = calendar_of(person)
    return Response(feed, mimetype="text/calendar", headers={"Cache-Control": "private, max-age=900"})
