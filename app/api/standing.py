"""How a space stands and who stands in it: the archive, what is pinned, requests to join."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select

from app.access import allow, fetch, root_of
from app.api.entry_schemas import AnyEntry
from app.api.fields import Input, Moment, Output, Text
from app.api.operation import operation, paged_query
from app.api.paging import page
from app.api.problems import Taken
from app.api.showing import living, stretch
from app.api.spaces import SpaceSchema
from app.entries import important, pinning
from app.entries.actions import watch
from app.entries.important_models import Acknowledgement
from app.entries.models import Entry
from app.entries.pin_models import PinnedEntry
from app.spaces import archiving, joining
from app.spaces.models import JoinRequest, Space


class NoteIn(Input):
    note = Text(500, load_default="", metadata={"description": "Why one wants to join."})


class AnswerIn(Input):
    accept = fields.Boolean(required=True)


class JoinRequestSchema(Output):
    id = fields.Integer()
    space_id = fields.Integer()
    person_id = fields.Integer()
    note = fields.String()
    created_at = Moment()


@operation("PUT", "/spaces/<key:space_id>/archive", returns=SpaceSchema())
def archive_space(space_id):
    """Make a record of a space: it is read and found, and nothing in it changes. Its owners, and admins."""
    space = fetch(Space, space_id, "see")
    if not space.is_archived:
        allow("archive", space)
        archiving.archive(space, actor=current_user)
    return space


@operation("DELETE", "/spaces/<key:space_id>/archive", returns=SpaceSchema())
def restore_space(space_id):
    """Bring a space back to life; nothing happens if it is alive."""
    space = fetch(Space, space_id, "see")
    if space.is_archived:
        allow("restore", space)
        archiving.restore(space, actor=current_user)
    return space


@operation("GET", "/spaces/<key:space_id>/pins", query=paged_query(), returns=AnyEntry(), paged=True)
def list_pins(space_id, query):
    """What stands at the top of a space, the newest entry first."""
    space = fetch(Space, space_id)
    ids = select(PinnedEntry.entry_id).join(PinnedEntry.entry).where(Entry.space_id == space.id)
    found = page(ids, PinnedEntry.entry_id, **query)
    return stretch(found.items, found.next)


@operation("PUT", "/entries/<key:entry_id>/pin", status=204)
def pin_entry(entry_id):
    """Pin a root entry to the top of its space; nothing happens if it stands there."""
    entry = living(Entry, entry_id)
    allow("pin", entry)
    pinning.pin(entry, actor=current_user)


@operation("DELETE", "/entries/<key:entry_id>/pin", status=204)
def unpin_entry(entry_id):
    """It stands in the stream alone again; nothing happens if it did."""
    entry = living(Entry, entry_id)
    allow("pin", entry)
    pinning.unpin(entry, actor=current_user)


@operation("GET", "/spaces/<key:space_id>/join-requests", query=paged_query(), returns=JoinRequestSchema(), paged=True)
def list_join_requests(space_id, query):
    """Requests to join that wait for an answer. The owners of the space, and admins."""
    space = fetch(Space, space_id, "manage")
    waiting = select(JoinRequest).where(JoinRequest.space_id == space.id, JoinRequest.accepted.is_(None))
    return page(waiting, JoinRequest.id, **query)


@operation("POST", "/spaces/<key:space_id>/join-requests", body=NoteIn(), status=204)
def ask_to_join(space_id, body):
    """Ask the owners of a closed space to be taken in; nothing happens if that waits for an answer."""
    joining.ask_to_join(fetch(Space, space_id, "request"), actor=current_user, note=body["note"])


@operation("POST", "/join-requests/<key:join_request_id>/answers", body=AnswerIn(), status=204, also=(409,))
def answer_join_request(join_request_id, body):
    """Take in who asked, or not."""
    asked = fetch(JoinRequest, join_request_id, "manage")
    if asked.accepted is not None:
        raise Taken(_("It was answered."))
    joining.answer(asked, actor=current_user, accept=body["accept"])


class SeenSchema(Output):
    person_id = fields.Integer()
    created_at = Moment()


@operation("PUT", "/entries/<key:entry_id>/importance", status=204)
def mark_important(entry_id):
    """Ask everybody in its space to have seen a root entry. Who wrote it, and who runs the space."""
    entry = living(Entry, entry_id)
    allow("mark_important", entry)
    important.mark_important(entry, actor=current_user)


@operation("DELETE", "/entries/<key:entry_id>/importance", status=204)
def unmark_important(entry_id):
    """Nobody is asked any more; nothing happens if nobody was."""
    entry = living(Entry, entry_id)
    allow("mark_important", entry)
    important.unmark(entry, actor=current_user)


@operation("GET", "/entries/<key:entry_id>/acknowledgements", query=paged_query(), returns=SeenSchema(), paged=True,
           also=(403,))
def list_acknowledgements(entry_id, query):
    """Who has seen an important entry, by person: for who reads in its space."""
    entry = fetch(Entry, entry_id)
    allow("read", entry.space)
    said = select(Acknowledgement).where(Acknowledgement.entry_id == entry.id)
    return page(said, Acknowledgement.person_id, **query)


@operation("PUT", "/entries/<key:entry_id>/acknowledgement", status=204)
def acknowledge(entry_id):
    """Say that I have seen an important entry."""
    entry = living(Entry, entry_id)
    allow("acknowledge", entry)
    important.acknowledge(entry, actor=current_user)


@operation("PUT", "/entries/<key:entry_id>/watch", status=204)
def follow_thread(entry_id):
    """Hear of every answer in its thread."""
    watch(root_of(fetch(Entry, entry_id)), current_user)


@operation("DELETE", "/entries/<key:entry_id>/watch", status=204)
def leave_thread(entry_id):
    """Hear only of what names or answers me."""
    watch(root_of(fetch(Entry, entry_id)), current_user, keep=False)
