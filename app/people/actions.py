"""Letting people in, changing who they are at work, and letting them go."""

import re
import secrets
import unicodedata

from sqlalchemy import delete, select

from app import jobs
from app.activity.recording import record
from app.db import insert_missing, now
from app.extensions import db
from app.people import kinds, rules
from app.people.models import Follow, Invitation, Person, SignIn, Team
from app.people.sessions import digest, hash_password
from app.spaces.actions import add_member
from app.spaces.models import COMMONS, Space


class EmailTaken(ValueError):
    """Somebody has this address already."""


class LastAdmin(ValueError):
    """Without an admin nobody could let anybody in."""


def team_named(name: str) -> Team | None:
    """The team of this name, made when it is new; None for an empty name. Raises Unacceptable."""
    name = rules.team(name)
    if not name:
        return None
    team = db.session.scalar(select(Team).where(db.func.lower(Team.name) == name.lower()))
    if team is None:
        tint = name.lower() if name.lower() in ("marketing", "sales", "product") else "other"
        team = Team(name=name, tint=tint)
        db.session.add(team)
    return team


def handle_for(email: str) -> str:
    """A free handle from the address: "Lena.Fischer@x" → "lena.fischer"."""
    plain = unicodedata.normalize("NFKD", email.split("@")[0].lower())
    plain = re.sub(r"[^a-z0-9.-]+", "", plain).strip(".-") or "person"
    plain = (plain if plain[0].isalpha() else f"p{plain}")[:30]
    taken = set(db.session.scalars(select(Person.handle).where(Person.handle.startswith(plain, autoescape=True))))
    number = 2
    handle = plain
    while handle in taken:
        handle, number = f"{plain}{number}", number + 1
    return handle


def add_person(
    email: str, name: str, *, team: str = "", role: str = "member", password: str | None = None,
    handle: str | None = None, **profile,
) -> Person:
    """A new colleague or guest; colleagues belong to the Commons from the start.

    Raises EmailTaken, and Unacceptable for an address, a name, a team or a password that is none.
    """
    email, name = rules.email(email), rules.name(name)
    if db.session.scalar(select(Person.id).where(Person.email == email)):
        raise EmailTaken(email)
    person = Person(
        email=email, name=name, handle=handle or handle_for(email), role=role, team=team_named(team),
        password_hash=None if password is None else hash_password(rules.password(password)), **profile,
    )
    db.session.add(person)
    db.session.flush()
    commons = db.session.scalar(select(Space).where(Space.slug == COMMONS))
    if role != "guest" and commons:
        add_member(commons, person, actor=person)
    return person


def change_profile(person: Person, **fields) -> Person:
    """Change what a profile says. A team is given by its name. Raises Unacceptable."""
    if "name" in fields:
        fields["name"] = rules.name(fields["name"])
    if "team" in fields:
        person.team = team_named(fields.pop("team") or "")
    if fields.get("shows_presence", person.shows_presence) != person.shows_presence:
        jobs.request("people.recheck", person.id)
    for name, value in fields.items():
        setattr(person, name, value)
    return person


def set_password(person: Person, password: str, *, keep: SignIn | None = None) -> None:
    """A new password signs every other browser out. Raises Unacceptable."""
    person.password_hash = hash_password(rules.password(password))
    stale = delete(SignIn).where(SignIn.person_id == person.id)
    db.session.execute(stale.where(SignIn.id != keep.id) if keep else stale)
    jobs.request("people.recheck", person.id)


def change_role(person: Person, role: str) -> None:
    """Admin, member or guest. Who becomes a guest stops listening to what guests may not see. Raises LastAdmin."""
    if role != "admin":
        _keep_an_admin(person)
    person.role = role
    jobs.request("people.recheck", person.id)


def deactivate(person: Person) -> None:
    """They no longer work here: signed out everywhere, no notification, what they wrote stays. Raises LastAdmin."""
    _keep_an_admin(person)
    person.deactivated_at = now()
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    jobs.request("people.recheck", person.id)


def _keep_an_admin(leaving: Person) -> None:
    # Locked, so that two admins who let each other go at the same moment wait for each other.
    admins = select(Person.id).where(Person.role == "admin", Person.deactivated_at.is_(None)).order_by(Person.id)
    if list(db.session.scalars(admins.with_for_update(of=Person.__table__))) == [leaving.id]:
        raise LastAdmin(leaving.email)


def invite(
    email: str, *, actor: Person, role: str = "member", team: str = "", space: Space | None = None
) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is sent and not kept. Raises Unacceptable."""
    secret = secrets.token_urlsafe(24)
    invitation = Invitation(
        email=rules.email(email), role=role, team=team_named(team), space=space, invited_by=actor,
        token_hash=digest(secret),
    )
    db.session.add(invitation)
    db.session.flush()
    return invitation, secret


def open_invitations(space: Space) -> list[Invitation]:
    """Those into a space that nobody has come in by yet, the newest first."""
    into = select(Invitation).where(Invitation.space_id == space.id, Invitation.accepted_at.is_(None))
    return [each for each in db.session.scalars(into.order_by(Invitation.id.desc())) if each.is_open]


def withdraw_invitation(invitation: Invitation) -> None:
    """Its link lets nobody in any more."""
    db.session.delete(invitation)


def open_invitation(secret: str) -> Invitation | None:
    """The invitation of a link, while it is good."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == digest(secret)))
    return found if found and found.is_open else None


def accept(invitation: Invitation, *, name: str, password: str) -> Person:
    """Come in through an invitation. Raises EmailTaken and Unacceptable."""
    person = add_person(
        invitation.email, name, role=invitation.role, password=password,
        team=invitation.team.name if invitation.team else "",
    )
    if invitation.space:
        add_member(invitation.space, person, actor=invitation.invited_by)
    invitation.accepted_at = now()
    record(kinds.PersonJoined, actor=person, person=person, invited_by=invitation.invited_by_id)
    return person


def follow(actor: Person, *, person: Person | None = None, tag=None, space: Space | None = None) -> None:
    """Have a colleague's, a tag's or a space's entries in the home feed."""
    target = _target(person, tag, space)
    if insert_missing(db.session, Follow, [{"person_id": actor.id, **target}]) and person:
        record(kinds.Followed, actor=actor, person=person)


def unfollow(actor: Person, *, person: Person | None = None, tag=None, space: Space | None = None) -> None:
    """No longer."""
    [(column, key)] = _target(person, tag, space).items()
    db.session.execute(delete(Follow).where(Follow.person_id == actor.id, getattr(Follow, column) == key))


def _target(person, tag, space) -> dict[str, int]:
    named = {"followed_id": person, "tag_id": tag, "space_id": space}
    return {column: thing.id for column, thing in named.items() if thing is not None}
