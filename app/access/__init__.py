"""Who may see and do what. Every list, page, hit, download, API answer and socket room asks here and nowhere else.

One rule of visibility: a person may see an entry if they may read any space it lives in, its home or one its root is
shared into. A record that is no entry names the relationship it belongs by (`lives_in`) and follows that; what only
it knows to be done to it stands in its `verbs`.
"""

from flask import abort
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access.doing import ENTRY_VERBS, PERSON_VERBS, SHARE_VERBS, SPACE_VERBS, can, home_of, membership, root_of
from app.access.prepared import Anyone, built_once
from app.access.seeing import (
    entry_clause,
    person_clause,
    readable_clause,
    readable_spaces,
    seen_by_person,
    space_clause,
    space_known_to_person,
    space_read_by_person,
    visible,
    who_may_know,
    who_may_read,
    who_may_see,
)
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership, Space

__all__ = [
    "ENTRY_VERBS", "LARGEST_KEY", "PERSON_VERBS", "SHARE_VERBS", "SPACE_VERBS", "Anyone", "allow",
    "built_once", "can", "entry_clause", "fetch",
    "home_of", "managed_spaces", "membership", "person_clause", "readable_clause", "readable_spaces", "root_of",
    "seen_by_person", "space_clause", "space_known_to_person", "space_read_by_person", "visible", "who_may_know",
    "who_may_read", "who_may_see", "writable_spaces",
]
LARGEST_KEY = 2**31 - 1
"""What an integer column holds; PostgreSQL refuses to compare it with more."""


def writable_spaces(person: Person) -> list[Space]:
    """The spaces of `person` that they may write into: what a form offers as places."""
    mine = select(Membership).where(Membership.person_id == person.id).options(joinedload(Membership.space))
    return [each.space for each in db.session.scalars(mine) if can(person, "post", each.space)]


def managed_spaces(person: Person) -> list[Space]:
    """The spaces that `person` manages: what they may run something in."""
    mine = select(Membership).where(Membership.person_id == person.id).options(joinedload(Membership.space))
    return [each.space for each in db.session.scalars(mine) if can(person, "manage", each.space)]


def fetch(model, key=None, verb: str = "read", *, options=(), **by):
    """The row of `model` with this primary key (or these column values), for the person of this request.

    Unseen: 404, as if it did not exist. Seen, but `verb` is not allowed: 403.
    """
    if isinstance(key, int) and not 0 < key <= LARGEST_KEY:
        abort(404)
    query = visible(current_user, model).options(*options)
    wanted = by or {model.__mapper__.primary_key[0].key: key}
    query = query.where(*(getattr(model, name) == value for name, value in wanted.items()))
    thing = db.session.scalar(query)
    if thing is None:
        abort(404)
    if not can(current_user, verb, thing):
        abort(403)
    return thing


def allow(verb: str, thing) -> None:
    """Stop with 403 unless the person of this request may do `verb`."""
    if not can(current_user, verb, thing):
        abort(403)
