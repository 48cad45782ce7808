"""The demo company, loaded into an empty house: by the actions that everybody uses, each with its actor.

Deterministic: the same `today` gives the same texts. What people wrote is in `content/`.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from app import db as clock
from app.activity import delivery
from app.demo import accounts, conversations, copies, cycles, habits, handoffs, people, plans, reuse, sendings, voices
from app.demo.calendar import Calendar
from app.demo.script import scenes
from app.demo.stage import Stage, request_pages
from app.extensions import db
from app.people.models import Person

CONTENT = (
    "spaces", "commons", "reviews_newest", "reviews_recent", "reviews_last_year", "reviews_before", "learnings",
    "project_cleangrip", "project_robofab", "project_f6", "project_roadshow", "accounts_europe", "accounts_america",
    "accounts_asia",
)
FOUNDED = timedelta(days=760)
FOLLOWING = "-12 07:00"
CLOSING = time(17, 0, tzinfo=UTC)
SIGN_INS = f"""
The demo company is Tessmar, which makes grippers and sensors for robots. Sign in as
  Lena Fischer, marketing   lena.fischer@{people.DOMAIN}     {people.PASSWORD}
  Jon Becker, sales         jon.becker@{people.DOMAIN}       {people.PASSWORD}
  Pieter de Vries, admin    {people.MARKER}   {people.PASSWORD}"""


def load(today: date | None = None) -> None:
    """Hire 24 people and let two years pass, the last of which ends today (or at five o'clock of the given day)."""
    moment = clock.now()
    if today is not None and today != moment.date():
        moment = datetime.combine(today, CLOSING)
    stage = Stage(Calendar(moment))
    with clock.at(moment - FOUNDED):
        people.hire(stage)
    for name in CONTENT:
        for scene in scenes(name):
            stage.add(scene)
    cycles.add(stage)
    copies.add(stage)
    conversations.add(stage)
    voices.add(stage)
    plans.add(stage)
    reuse.add(stage)
    accounts.add(stage)
    sendings.add(stage)
    handoffs.add(stage)
    stage.schedule(stage.calendar.moment(FOLLOWING), lambda: people.follow(stage))
    stage.play()
    with clock.at(moment):
        habits.keep(stage)
        request_pages()
        delivery.commit()


def is_loaded() -> bool:
    """Whether the demo company lives here."""
    return db.session.scalar(select(Person.id).where(Person.email == people.MARKER)) is not None
