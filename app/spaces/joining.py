"""Asking to be taken into a closed space, and answering. Actions take their actor and never commit."""

from sqlalchemy import select

from app.activity.recording import record
from app.db import insert_missing, now
from app.extensions import db
from app.people.models import Person
from app.spaces import kinds
from app.spaces.actions import add_member
from app.spaces.models import JoinRequest, Space


def ask_to_join(space: Space, *, actor: Person, note: str = "") -> bool:
    """Ask the owners of a closed space; False if that waits for an answer already."""
    new = insert_missing(db.session, JoinRequest, [
        {"space_id": space.id, "person_id": actor.id, "note": note.strip(), "created_at": now()}])
    if new:
        record(kinds.JoinRequested, actor=actor, space=space, person=actor)
    return bool(new)


def answer(request: JoinRequest, *, actor: Person, accept: bool) -> None:
    """Take in who asked, or not; the first answer counts."""
    db.session.refresh(request, with_for_update={"of": JoinRequest})
    if request.accepted is not None:
        return
    request.accepted, request.answered_at, request.answered_by_id = accept, now(), actor.id
    if accept:
        add_member(request.space, request.person, actor=actor)
    else:
        record(kinds.JoinRequestDeclined, actor=actor, space=request.space, person=request.person)


def waiting(space: Space) -> list[JoinRequest]:
    """Requests of people who are here still and not in yet, the oldest first."""
    query = select(JoinRequest).join(JoinRequest.person).where(
        JoinRequest.space_id == space.id, JoinRequest.accepted.is_(None), Person.deactivated_at.is_(None))
    return list(db.session.scalars(query.order_by(JoinRequest.id)))


def has_asked(space: Space, person: Person) -> bool:
    """Whether their request waits for an answer."""
    return db.session.scalar(select(JoinRequest.id).where(
        JoinRequest.space_id == space.id, JoinRequest.person_id == person.id, JoinRequest.accepted.is_(None)
    )) is not None
