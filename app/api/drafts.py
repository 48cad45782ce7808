"""Reviews that are being written: seen by their authors alone, and no entries yet."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from app.access import fetch, visible
from app.api.assets import keep_sent
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Input, Moment, Output, Text, Upload
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.proposals import ProposalSchema, unsettled
from app.api.showing import one
from app.extensions import db
from app.people.models import Person
from app.reviews import drafting, proposing
from app.reviews.draft_models import ReviewDraft
from app.reviews.forms import ReviewForm
from app.reviews.proposal_models import DraftProposal
from app.reviews.publishing import publish_draft
from app.spaces.models import Space
from app.web import Page, looking_first, paged

FIELDS = [name for name in dir(ReviewForm) if hasattr(getattr(ReviewForm, name), "field_class") and name != "deck"]

TypedIn = type("TypedIn", (Input,), {
    "__doc__": "What was typed into each field of the form of a review; need not be valid yet.",
    **{name: Text(100_000) for name in FIELDS},
})


class DraftIn(Input):
    typed = fields.Nested(TypedIn, required=True)


class DraftSchema(Output):
    id = fields.Integer(attribute="draft.id")
    typed = fields.Dict(attribute="draft.fields", keys=fields.String(), values=fields.String())
    author_ids = fields.List(fields.Integer())
    deck_id = fields.Integer(attribute="draft.deck_id", allow_none=True)
    created_at = Moment(attribute="draft.created_at")
    saved_at = Moment(attribute="draft.saved_at")
    url = fields.String(attribute="draft.url")


def _shown(draft: ReviewDraft) -> dict:
    return _all_shown([draft])[0]


def _all_shown(drafts: list[ReviewDraft]) -> list[dict]:
    authors = drafting.authors_of(drafts)
    return [{"draft": each, "author_ids": [person.id for person in authors[each.id]]} for each in drafts]


def _draft(draft_id: int, verb: str = "draft") -> ReviewDraft:
    """A draft that is one still; 404 once it is posted."""
    draft = fetch(ReviewDraft, draft_id, verb)
    if draft.posted_at:
        abort(404)
    return draft


def keep_deck(draft_id, body):
    """Store a deck, if its sender writes the draft."""
    with looking_first():
        _draft(draft_id)
    return keep_sent()


@operation("GET", "/drafts", query=paged_query(PlainQuery), returns=DraftSchema(), paged=True)
def list_drafts(query):
    """What I am writing, alone or with others."""
    mine = visible(current_user, ReviewDraft).where(ReviewDraft.posted_at.is_(None))
    found = page(mine, ReviewDraft.id, **query)
    return Page(_all_shown(found.items), found.next)


@operation("POST", "/drafts", body=DraftIn(), returns=DraftSchema(), status=201, also=(403,))
def start_draft(body):
    """Begin to write a review. Nobody else sees it."""
    if current_user.is_guest:
        abort(403)
    draft = drafting.start_draft(body["typed"], actor=current_user)
    return Answer(_shown(draft), 201, location=f"/api/v1/drafts/{draft.id}")


@operation("GET", "/drafts/<key:draft_id>", returns=DraftSchema())
def read_draft(draft_id):
    """One draft, for its authors."""
    return _shown(_draft(draft_id))


@operation("PATCH", "/drafts/<key:draft_id>", body=DraftIn(), returns=DraftSchema())
def write_draft(draft_id, body):
    """Keep what was typed into these fields; the others stay as they are."""
    draft = _draft(draft_id)
    drafting.write(draft, body["typed"], actor=current_user)
    return _shown(draft)


@operation("DELETE", "/drafts/<key:draft_id>", status=204)
def discard_draft(draft_id):
    """The draft and its deck go for good; who began it may say so."""
    drafting.discard(_draft(draft_id, "discard"), actor=current_user)


@operation("POST", "/drafts/<key:draft_id>/deck", body=Upload(), prepare=keep_deck, returns=DraftSchema())
def attach_deck(draft_id, body, file):
    """Its deck, or a new version of it; what the deck says is proposed once its slides are drawn."""
    draft = _draft(draft_id)
    drafting.attach_deck(draft, file, actor=current_user)
    return _shown(draft)


@operation("PUT", "/drafts/<key:draft_id>/authors/<key:person_id>", returns=DraftSchema())
def invite_author(draft_id, person_id):
    """Let a colleague write along."""
    draft = _draft(draft_id)
    person = fetch(Person, person_id)
    if person.is_guest or not person.is_active:
        abort(403)
    drafting.invite_author(draft, person, actor=current_user)
    return _shown(draft)


@operation("POST", "/drafts/<key:draft_id>/publication", returns=SCHEMAS["review"], status=201, also=(422,))
def publish(draft_id):
    """Post it where its `space_id` says, in the name of its authors. What is not right yet is said by field."""
    draft = _draft(draft_id)
    form = ReviewForm(formdata=MultiDict(draft.fields), meta={"csrf": False})
    if not form.validate():
        raise Invalid({name: [str(each) for each in errors] for name, errors in form.errors.items()})
    space = fetch(Space, form.space_id.data, "post")
    if shut_out := drafting.locked_out(draft, space):
        raise Invalid({"space_id": [_("%(name)s wrote it along and cannot look in there.", name=shut_out[0].name)]})
    review = publish_draft(draft, space, actor=current_user, **form.posting())
    return one(review, status=201)


@operation("GET", "/drafts/<key:draft_id>/proposals", query=paged_query(PlainQuery), returns=ProposalSchema(),
           paged=True)
def list_draft_proposals(draft_id, query):
    """What its deck says beyond what was typed."""
    waiting = select(DraftProposal).where(DraftProposal.draft_id == _draft(draft_id).id, DraftProposal.state == "open")
    return paged(waiting, DraftProposal.id, before=query["cursor"], limit=query["limit"])


@operation("POST", "/draft-proposals/<key:proposal_id>/acceptance", returns=DraftSchema(), also=(422,))
def accept_draft_proposal(proposal_id):
    """Take the value over into the draft."""
    draft = proposing.accept(unsettled(DraftProposal, proposal_id, "draft"), actor=current_user)
    db.session.flush()
    return _shown(draft)


@operation("POST", "/draft-proposals/<key:proposal_id>/dismissal", status=204, also=(422,))
def dismiss_draft_proposal(proposal_id):
    """Put it aside."""
    proposing.dismiss(unsettled(DraftProposal, proposal_id, "draft"))
