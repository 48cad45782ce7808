"""Which state of a thing somebody has read: its `ETag`, and refusing an edit that is based on an older one."""

import hashlib

from flask import request
from sqlalchemy import select

from app.accounts.models import Account
from app.api.problems import Stale
from app.contacts.models import Contact
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.projects.models import Project
from app.spaces.models import Space

# What an edit changes. Counts, reactions and the progress of a rendering are no edits.
PARTS = {
    Entry: ("id", "edited_at", "created_at", "deleted_at"),
    Space: ("id", "name", "description", "access", "archived_at"),
    Person: ("id", "name", "role", "team_id", "title", "region", "expertise", "about", "locale", "timezone",
             "deactivated_at"),
    Project: ("goal", "brief", "state", "starts_on", "ends_on"),
    Account: ("id", "tier", "industry", "region", "website", "employees", "marketing_owner_id", "sales_owner_id",
              "parent_id"),
    Contact: ("id", "name", "email", "title", "phone"),
}


def etag(thing) -> str:
    """The state of an entry, a space with its project, a person or an account."""
    names = next(names for model, names in PARTS.items() if isinstance(thing, model))
    state = [str(getattr(thing, name)) for name in names]
    if isinstance(thing, Account):
        state.append(etag(thing.space))
    if isinstance(thing, Space) and thing.project:
        state.append(etag(thing.project))
    return hashlib.sha256("\0".join(state).encode()).hexdigest()[:32]


def lock(model, key: int) -> None:
    """Let nobody else change this row until we are done, so that what is compared is what is changed."""
    column = model.__table__.c.id
    db.session.execute(select(column).where(column == key).with_for_update())


def expect_unchanged(thing) -> None:
    """Stop with 412 if the caller's `If-Match` names another state than the present one."""
    if request.if_match and not request.if_match.contains(etag(thing)):
        raise Stale()
