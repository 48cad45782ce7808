"""What others do while the server is down: `python -m tests.browser.meanwhile`, with the deeds as JSON on stdin.

A deed is a list: ["post", who, where, text], ["comment", who, on which text, text], ["edit", text, new text],
["remove", text]. Through the same actions as ever, in a process of its own, so that no browser is told of them.
"""

import json
import sys

from sqlalchemy import select

from app import create_app
from app.activity.delivery import commit
from app.entries import actions
from app.entries.models import Entry
from app.extensions import db
from tests.world import World


def _entry(text: str) -> Entry:
    return db.session.scalars(select(Entry).where(Entry.body == text)).one()


def _post(who: str, where: str, text: str) -> None:
    actions.post(World().named(where), text, actor=World().person(who))


def _comment(who: str, about: str, text: str) -> None:
    parent = _entry(about)
    root = db.session.get(Entry, parent.root_id)
    actions.comment(root, text, actor=World().person(who), parent=parent if parent is not root else None)


def _edit(text: str, new: str) -> None:
    actions.edit(_entry(text), body=new, actor=_entry(text).author)


def _remove(text: str) -> None:
    actions.remove(_entry(text), actor=_entry(text).author)


DEEDS = {"post": _post, "comment": _comment, "edit": _edit, "remove": _remove}


if __name__ == "__main__":
    with create_app().app_context():
        for verb, *details in json.load(sys.stdin):
            DEEDS[verb](*details)
        commit()
