"""Settling a discussion or a comment, and taking it up again."""

from flask import redirect
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.entries import resolving
from app.entries.models import Entry
from app.entries.routes import entries, fragment
from app.web import is_fragment


@entries.post("/e/<int:key>/resolution")
def resolve(key: int):
    return _settle(key, resolving.resolve)


@entries.post("/e/<int:key>/resolution/end")
def reopen(key: int):
    return _settle(key, resolving.reopen)


def _settle(key: int, action):
    entry = fetch(Entry, key, "resolve")
    action(entry, actor=current_user)
    commit()
    return fragment(key) if is_fragment() and entry.thread_id else redirect(f"/e/{key}", code=303)
