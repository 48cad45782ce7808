"""Pinning what newcomers should read to the top of its space."""

from flask import redirect
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.entries import pinning
from app.entries.models import Entry
from app.entries.routes import entries


@entries.post("/e/<int:key>/pin")
def pin(key: int):
    return _keep(key, pinning.pin)


@entries.post("/e/<int:key>/pin/end")
def unpin(key: int):
    return _keep(key, pinning.unpin)


def _keep(key: int, action):
    entry = fetch(Entry, key, "pin")
    action(entry, actor=current_user)
    commit()
    return redirect(entry.space.url, code=303)
