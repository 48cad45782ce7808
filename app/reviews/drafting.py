"""Writing a review together before anybody else sees it. Each action takes its actor and never commits."""

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import inspect, select, update

from app import jobs, realtime
from app.access import who_may_read
from app.activity.models import Activity
from app.activity.recording import record
from app.assets.actions import KeptFile, add_version, upload
from app.db import now
from app.entries.actions import remove
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.reviews import kinds
from app.reviews.draft_models import ReviewDraft
from app.reviews.merging import merge
from app.reviews.models import Review
from app.spaces.models import ROOM, Membership, Space

LONGEST_NAME = 120
LONG = ("body", "what_worked", "what_did_not", "next_steps", "learnings")
"""Texts in which two may write at once."""


def start_draft(fields: Mapping[str, str], *, actor: Person, deck: KeptFile | None = None) -> ReviewDraft:
    """A room for `actor` and a draft in it, of what was typed so far."""
    room = Space(kind=ROOM, name="", slug=f"{ROOM}-{secrets.token_hex(8)}", access="secret", created_by_id=actor.id)
    room.memberships = [Membership(person=actor, role="owner")]
    draft = ReviewDraft(space=room, fields={})
    db.session.add(draft)
    write(draft, fields, actor=actor)
    db.session.flush()
    if deck:
        attach_deck(draft, deck, actor=actor)
    return draft


def write(
    draft: ReviewDraft, fields: Mapping[str, str], *, actor: Person, based_on: Mapping[str, str] | None = None
) -> None:
    """Keep what was typed into these fields, as it was typed; the others stay as they are.

    `based_on`: what the fields said before; what somebody else typed into a long text meanwhile is kept beside it.
    """
    _lock(draft)
    was = based_on or {}
    draft.fields.update({
        name: merge(was[name], text, draft.fields.get(name, "")) if name in LONG and name in was else text
        for name, text in fields.items()
    })
    draft.saved_at, draft.saved_by = now(), actor
    draft.space.name = draft.title.strip()[:LONGEST_NAME]


def _lock(draft: ReviewDraft) -> None:
    """Others who write it wait; what they wrote until now is there."""
    if inspect(draft).persistent:
        db.session.flush()
        db.session.refresh(draft, ["fields", "rows", "deck_id"], with_for_update=True)


def tell_authors(draft: ReviewDraft) -> None:
    """After the commit: let the other authors' browsers fetch what was typed."""
    realtime.ping([f"space-{draft.id}"], {"kind": "draft", "id": draft.id, "space_id": draft.id, "thread_id": None})


def attach_deck(draft: ReviewDraft, file: KeptFile, *, actor: Person) -> None:
    """The deck, or a new version of it; it lives in the room."""
    _lock(draft)
    db.session.expire(draft, ["deck"])
    if draft.deck:
        add_version(draft.deck, file, actor=actor)
    else:
        draft.deck = upload(draft.space, file, actor=actor, title=draft.title)
    db.session.flush()


def invite_author(draft: ReviewDraft, person: Person, *, actor: Person) -> bool:
    """Somebody writes along; False if they did already."""
    if any(each.person_id == person.id for each in draft.space.memberships):
        return False
    draft.space.memberships.append(Membership(person=person))
    db.session.flush()
    record(kinds.AuthorInvited, actor=actor, space=draft.space, person=person, title=draft.title)
    return True


def authors(draft: ReviewDraft) -> list[Person]:
    """Who writes it, whoever began first."""
    return authors_of([draft])[draft.id]


def authors_of(drafts: Iterable[ReviewDraft]) -> dict[int, list[Person]]:
    """The same of several drafts, by their ids, in one statement."""
    found = {each.id: [] for each in drafts}
    query = select(Membership.space_id, Person).join(Membership.person).where(Membership.space_id.in_(found))
    for key, person in db.session.execute(query.order_by(Membership.id)):
        found[key].append(person)
    return found


def locked_out(draft: ReviewDraft, space: Space) -> list[Person]:
    """Its authors who could not see what they wrote, were it posted in `space`."""
    writing = authors(draft)
    reading = who_may_read(space, [each.id for each in writing])
    return [each for each in writing if each.id not in reading]


def become(draft: ReviewDraft, review: Review) -> None:
    """Everything that lives in the room moves to where the review is; the draft leads its authors there from now on.

    Rooms stay, empty: their ids are never another draft's, whoever still has one open.
    """
    for entry in db.session.scalars(select(Entry).where(Entry.space_id == draft.id)):
        entry.space = review.space
    moved = update(Activity).where(Activity.space_id == draft.id, Activity.entry_id.is_not(None))
    db.session.execute(moved.values(space_id=review.space_id))
    draft.review, draft.posted_at = review, now()
    draft.fields, draft.rows, draft.deck = {}, {}, None
    db.session.flush()


def remove_author(draft: ReviewDraft, person: Person) -> None:
    """Somebody writes along no longer. Who began the draft stays, or it would be nobody's."""
    gone = [each for each in draft.space.memberships if each.person_id == person.id and each.role != "owner"]
    for each in gone:
        draft.space.memberships.remove(each)
    db.session.flush()
    _stops_listening(person)


def _stops_listening(person: Person) -> None:
    """Their open pages leave the room they may not be in any more."""
    db.session.expire(person, ["memberships"])
    jobs.request("people.recheck", person.id)


def discard(draft: ReviewDraft, *, actor: Person) -> None:
    """The draft is gone, its deck is withdrawn, and nobody enters the room any more."""
    for entry in db.session.scalars(select(Entry).where(Entry.space_id == draft.id, Entry.deleted_at.is_(None))):
        remove(entry, actor=actor)
    people, room = authors(draft), draft.space
    db.session.delete(draft)
    db.session.flush()
    room.memberships, room.name = [], ""
    db.session.flush()
    for person in people:
        _stops_listening(person)
