"""Opening spaces, and who belongs to them."""

import re
import secrets
import unicodedata

from sqlalchemy import func, select

from app import jobs
from app.activity.recording import record
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces import kinds
from app.spaces.models import Membership, Space

RESERVED = {"new"}


class LastOwner(ValueError):
    """A space keeps at least one owner."""


def slug_for(name: str) -> str:
    """A free, readable name for URLs: "Acme Robotics" → "acme-robotics", "-2" and so on when it is taken."""
    plain = unicodedata.normalize("NFKC", name).lower()
    plain = re.sub(r"[^\w]+", "-", plain).replace("_", "-").strip("-")[:60]
    # A reference in text ($acme) starts with a letter, so a slug does too.
    plain = plain if plain[:1].isalpha() else f"space-{plain}".strip("-")
    # Addresses under /projects/ and so on that are pages of ours.
    plain = f"{plain}-space" if plain in RESERVED else plain
    taken = set(db.session.scalars(select(Space.slug).where(Space.slug.startswith(plain, autoescape=True))))
    number = 2
    slug = plain
    while slug in taken:
        slug, number = f"{plain}-{number}", number + 1
    return slug


def open_space(kind: str, name: str, *, actor: Person, access: str = "open", description: str = "") -> Space:
    """A new space; whoever opens it owns it. The address of a secret one cannot be guessed: that a name is taken would
    tell of it.
    """
    slug = slug_for(name if access != "secret" else f"{name[:48]} {secrets.token_hex(3)}")
    space = Space(
        kind=kind, name=name.strip(), slug=slug, access=access, description=description.strip(),
        created_by_id=actor.id,
    )
    db.session.add(space)
    db.session.add(Membership(space=space, person=actor, role="owner"))
    db.session.flush()
    record(kinds.SpaceCreated, actor=actor, space=space)
    return space


def change_space(space: Space, *, actor: Person, **fields) -> Space:
    """Change name, description or access. Narrower access empties the sockets of who may no longer listen."""
    narrower = "access" in fields and fields["access"] != space.access
    changed = {name: value for name, value in fields.items() if getattr(space, name) != value}
    for name, value in changed.items():
        setattr(space, name, value)
    if changed:
        record(kinds.SpaceChanged, actor=actor, space=space)
    if narrower:
        jobs.request("people.recheck_everybody")
    return space


def add_member(space: Space, person: Person, *, actor: Person, role: str = "member") -> Membership:
    """Take somebody in, or change their role there. What was written before they came counts as read."""
    present = db.session.scalar(select(Membership).where(
        Membership.space_id == space.id, Membership.person_id == person.id
    ))
    if present:
        if present.role == "owner" and role != "owner":
            _keep_an_owner(space, person)
        present.role = role
        return present
    newest = db.session.scalar(select(func.max(Entry.id)).where(Entry.space_id == space.id)) or 0
    added = Membership(space=space, person=person, role=role, read_entry_id=newest)
    db.session.add(added)
    db.session.flush()
    record(kinds.MemberAdded, actor=actor, space=space, person=person)
    return added


def set_duty(standing: Membership, duty: str) -> None:
    """Say what somebody does in the space: "Design", "Approves"."""
    standing.duty = duty


def remove_member(space: Space, person: Person, *, actor: Person) -> None:
    """Take somebody out; their open pages stop listening. Raises LastOwner."""
    present = db.session.scalar(select(Membership).where(
        Membership.space_id == space.id, Membership.person_id == person.id
    ))
    if present is None:
        return
    if present.role == "owner":
        _keep_an_owner(space, person)
    db.session.delete(present)
    db.session.flush()
    db.session.expire(person, ["memberships"])
    record(kinds.MemberRemoved, actor=actor, space=space, person=person)
    jobs.request("people.recheck", person.id)


def _keep_an_owner(space: Space, leaving: Person) -> None:
    others = select(func.count()).where(
        Membership.space_id == space.id, Membership.role == "owner", Membership.person_id != leaving.id
    )
    if not db.session.scalar(others):
        raise LastOwner(space.slug)
