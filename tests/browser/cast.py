"""Fills an empty house with the cast of world.py, all with its password: `python -m tests.browser.cast`.

A process of its own, so that nothing of it lives in the process that runs the tests.
"""

from sqlalchemy import select

from app import create_app
from app.activity.delivery import commit
from app.extensions import db
from app.people.actions import set_password
from app.people.models import Person
from tests import world

if __name__ == "__main__":
    with create_app().app_context():
        world.build()
        for person in db.session.scalars(select(Person)):
            set_password(person, world.PASSWORD)
        commit()
