"""What a person owes, what they said they would do or are to do, the milestones of their spaces, and when their reviews
close, as a calendar (RFC 5545)."""

import secrets
from datetime import date, timedelta

from flask_babel import gettext as _
from icalendar import Alarm, Calendar, Event
from sqlalchemy import or_, select

from app import mail
from app.access import entry_clause
from app.cycles.board import owed_by
from app.db import now
from app.extensions import db
from app.people.models import Person
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.reviews.quarters import spoken
from app.tasks.mine import milestones_of, mine

KEY_BYTES = 24
ALARM = timedelta(hours=-15)
"""A task rings at nine in the morning of the day before."""


def key_of(person: Person) -> str:
    """What opens the calendar of `person` without signing in; made when it is first asked for."""
    if person.calendar_key is None:
        person.calendar_key = secrets.token_urlsafe(KEY_BYTES)
    return person.calendar_key


def calendar_of(person: Person) -> bytes:
    """Everything with a day that is theirs, as whole days."""
    calendar = Calendar()
    calendar.add("prodid", "-//Quarterdeck//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Quarterdeck")
    for owed in owed_by(person):
        calendar.add_component(_event(
            f"owed-{owed.id}", owed.cycle.due_on, mail.absolute("cycles.owed", key=owed.id),
            _("Review due: %(owed)s, %(quarter)s", owed=owed.name, quarter=spoken(owed.cycle.quarter)),
        ))
    steps = select(Commitment).join(Commitment.review).where(
        Commitment.owner_id == person.id, Commitment.due_on.is_not(None), Commitment.outcome.is_(None),
        Review.deleted_at.is_(None), entry_clause(person, Review),
    )
    for step in db.session.scalars(steps.order_by(Commitment.due_on, Commitment.id)):
        address = f"{mail.absolute('reviews.show', key=step.review_id)}#step-{step.id}"
        calendar.add_component(_event(f"step-{step.id}", step.due_on, address, step.text))
    mine = or_(Review.author_id == person.id, Review.co_authors.any(Person.id == person.id))
    closing = select(Review).where(
        mine, Review.closes_on.is_not(None), Review.closed_at.is_(None), Review.deleted_at.is_(None),
        entry_clause(person, Review),
    )
    for review in db.session.scalars(closing.order_by(Review.closes_on)):
        calendar.add_component(_event(
            f"review-{review.id}", review.closes_on, mail.absolute("reviews.show", key=review.id),
            _("Questions end: %(title)s", title=review.title),
        ))
    _add_tasks(calendar, person)
    return calendar.to_ical()


def _add_tasks(calendar: Calendar, person: Person) -> None:
    for task in mine(person):
        if task.due_on:
            event = _event(f"task-{task.id}", task.due_on, mail.absolute("tasks.show", key=task.id), task.title)
            event.add_component(_alarm(task.title))
            calendar.add_component(event)
    for milestone in milestones_of(person):
        name, place = milestone.name, mail.absolute("tasks.index", slug=milestone.space.slug)
        calendar.add_component(_event(f"milestone-{milestone.id}", milestone.due_on, place,
                                      _("%(space)s: %(milestone)s", space=milestone.space.name, milestone=name)))


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", ALARM)
    return alarm


def _event(uid: str, day: date, url: str, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{uid}@quarterdeck")
    event.add("dtstamp", now())
    event.add("dtstart", day)
    # Left out, the event lasts for the day; the last day of all has none after it.
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    event.add("summary", summary)
    event.add("url", url)
    return event
