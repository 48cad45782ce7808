"""What a review's deck proposes for its fields."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select

from app.access import fetch
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Output
from app.api.operation import PlainQuery, operation, paged_query
from app.api.problems import Invalid
from app.api.showing import one
from app.reviews import proposing
from app.reviews.models import Review
from app.reviews.proposal_models import DeckProposal, ProposedValue
from app.web import paged


class ProposalSchema(Output):
    id = fields.Integer()
    field = fields.String()
    value = fields.Raw(metadata={"description": "As the field of a review takes it; amounts as text."})
    page = fields.Integer(metadata={"description": "The slide it stands on."})
    quote = fields.String(metadata={"description": "The words of the deck it rests on."})
    certainty = fields.String(metadata={"enum": ["sure", "likely"]})


@operation("GET", "/reviews/<key:review_id>/proposals", query=paged_query(PlainQuery), returns=ProposalSchema(),
           paged=True)
def list_proposals(review_id, query):
    """What its deck says beyond what the review says, for who may change it; nothing of it is settled yet."""
    review = fetch(Review, review_id, "edit")
    waiting = select(DeckProposal).where(DeckProposal.review_id == review.id, DeckProposal.state == "open")
    return paged(waiting, DeckProposal.id, before=query["cursor"], limit=query["limit"])


def unsettled(model: type[ProposedValue], proposal_id: int, verb: str) -> ProposedValue:
    """A proposal nobody has decided on, for who may do `verb` to what it is proposed to. Raises Invalid."""
    proposed = fetch(model, proposal_id, verb)
    if proposed.state != "open":
        raise Invalid({"proposal_id": [_("This is settled already.")]})
    return proposed


@operation("POST", "/proposals/<key:proposal_id>/acceptance", returns=SCHEMAS["review"], also=(422,))
def accept(proposal_id):
    """Take the value over into the review."""
    return one(proposing.accept(unsettled(DeckProposal, proposal_id, "edit"), actor=current_user))


@operation("POST", "/proposals/<key:proposal_id>/dismissal", status=204, also=(422,))
def dismiss(proposal_id):
    """Put it aside."""
    proposing.dismiss(unsettled(DeckProposal, proposal_id, "edit"))
