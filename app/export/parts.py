"""How entries of each kind are told: in which folder, by which template, and what is loaded along.

A kind that is not named here is told by a template for all of them, with whatever its table holds, and its data is
complete: nothing is lost because nobody thought of it.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.approvals.models import ApprovalRequest, Approver, Verdict
from app.assets.models import Asset, Version
from app.conversations.models import Conversation
from app.decisions.models import Decision
from app.entries.models import Comment, Entry, Post, Reaction
from app.entries.revision_models import Revision
from app.export.names import page_name
from app.extensions import db
from app.handoffs.models import Handoff, HandoffStep
from app.learnings.models import Evidence, Learning, Trial, Vouch
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.sendings.models import Sending


@dataclass(frozen=True)
class Part:
    """One kind of entry. `options` load what its template shows, in a bounded number of statements for a batch; they
    are made when they are needed, for by then all models are known. `beside` finds what stands beside entries of these
    ids where no relation leads there."""

    kind: str
    folder: str
    label: object
    template: str
    options: Callable[[], tuple] = tuple
    beside: Callable[[list[int]], dict[int, list]] = lambda ids: {}

    def page(self, key: int, title: str) -> str:
        """Where the page of an entry of this kind lies."""
        return page_name(self.folder, key, title)


def options_for_all() -> tuple:
    """What is loaded along with entries of every kind."""
    return (
        joinedload(Entry.author), joinedload(Entry.resolved_by), joinedload(Entry.space), selectinload(Entry.shares),
        selectinload(Entry.reactions).joinedload(Reaction.person),
        selectinload(Entry.revisions).joinedload(Revision.edited_by),
    )


def approvals(asset_ids: list[int]) -> dict[int, list[ApprovalRequest]]:
    """Who was asked to approve these assets and what they said, the latest request first."""
    query = select(ApprovalRequest).where(ApprovalRequest.asset_id.in_(asset_ids)).options(
        joinedload(ApprovalRequest.asked_by), joinedload(ApprovalRequest.version),
        selectinload(ApprovalRequest.approvers).options(
            joinedload(Approver.person), joinedload(Approver.team),
            selectinload(Approver.verdicts).joinedload(Verdict.by)))
    found: dict[int, list[ApprovalRequest]] = defaultdict(list)
    for each in db.session.scalars(query.order_by(ApprovalRequest.id.desc())):
        found[each.asset_id].append(each)
    return found


PARTS = {part.kind: part for part in (
    Part("post", "discussions", _l("Posts and discussions"), "export/kinds/post.html"),
    Part("comment", "comments", _l("Comments"), "export/kinds/other.html",
         lambda: (joinedload(Comment.question), joinedload(Comment.key_point), joinedload(Comment.mail))),
    Part("review", "reviews", _l("Reviews"), "export/kinds/review.html", lambda: (
        selectinload(Review.co_authors), selectinload(Review.breakdown),
        selectinload(Review.commitments).options(joinedload(Commitment.owner), joinedload(Commitment.settled_by)),
    )),
    Part("learning", "learnings", _l("Learnings"), "export/kinds/learning.html", lambda: (
        selectinload(Learning.trials).joinedload(Trial.person), selectinload(Learning.scopes),
        selectinload(Learning.evidence).joinedload(Evidence.version),
        selectinload(Learning.vouches).joinedload(Vouch.person),
    )),
    Part("decision", "decisions", _l("Decisions"), "export/kinds/decision.html",
         lambda: (selectinload(Decision.deciders),)),
    Part("handoff", "handoffs", _l("Hand-offs"), "export/kinds/handoff.html", lambda: (
        joinedload(Handoff.person), joinedload(Handoff.queue), joinedload(Handoff.taker), selectinload(Handoff.reads),
        selectinload(Handoff.steps).joinedload(HandoffStep.by),
    )),
    Part("conversation", "conversations", _l("Conversations"), "export/kinds/conversation.html", lambda: (
        selectinload(Conversation.contacts), selectinload(Conversation.promises), joinedload(Conversation.mail))),
    Part("sending", "sendings", _l("What was sent"), "export/kinds/sending.html", lambda: (
        selectinload(Sending.contacts), selectinload(Sending.items))),
    Part("asset", "assets", _l("Files"), "export/kinds/asset.html", lambda: (
        selectinload(Asset.versions).options(joinedload(Version.author), selectinload(Version.pages)),
    ), beside=approvals),
)}

BACKLINKS: list[tuple[object, InstrumentedAttribute]] = [
    (_l("Decisions about it"), Decision.about_id), (_l("Learnings from it"), Learning.review_id),
    (_l("Takes the place of"), Decision.superseded_by_id), (_l("Takes the place of"), Learning.superseded_by_id),
    (_l("It is the deck of"), Review.deck_id),
    (_l("Handed over from it"), Handoff.review_id), (_l("Shared or taken up in"), Post.quoted_id),
]
"""Columns by which entries of the export point at one: what stands on the page of that one, under which heading."""


def part_of(kind: str) -> Part:
    """How entries of this kind are told."""
    return PARTS.get(kind) or Part(kind, f"{kind}s", kind.replace("_", " ").capitalize(), "export/kinds/other.html")
