"""Writing a review together before anybody else sees it. Each action takes its actor and never commits."""

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import inspect, select, update

from app import jobs, realtime
from app.activity.models import Activity
from app.activity.recording import record
from app.assets.actions import KeptFile, add_version, upload
from app.db import now
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.reviews import kinds
from app.reviews.draft_models import ReviewDraft
from app.search import index
from app.spaces.models import ROOM, Membership, Space

LONGEST_NAME = 120


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


def write(draft: ReviewDraft, fields: Mapping[str, str], *, actor: Person) -> None:
    """Keep what was typed into these fields, as it was typed; the others stay as they are."""
    _lock(draft)
    draft.fields.update(fields)
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


def leave_room(draft: ReviewDraft, space: Space) -> None:
    """Everything that lives in the room moves into `space`, and the room is gone with the draft."""
    for entry in db.session.scalars(select(Entry).where(Entry.space_id == draft.id)):
        entry.space = space
    moved = update(Activity).where(Activity.space_id == draft.id, Activity.entry_id.is_not(None))
    db.session.execute(moved.values(space_id=space.id))
    db.session.flush()
    _close(draft)


def discard(draft: ReviewDraft) -> None:
    """The draft, its deck and its room go for good."""
    for entry in db.session.scalars(select(Entry).where(Entry.space_id == draft.id)):
        index.remove(db.session, entry.id)
        db.session.delete(entry)
    db.session.flush()
    _close(draft)


def _close(draft: ReviewDraft) -> None:
    people = authors(draft)
    room = draft.space
    db.session.delete(draft)
    db.session.flush()
    db.session.delete(room)
    db.session.flush()
    for person in people:
        db.session.expire(person, ["memberships"])
        jobs.request("people.recheck", person.id)
