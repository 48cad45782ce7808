"""How entries of each kind are told: in which folder, by which template, and what is loaded along.

A kind that is not named here is told by a template for all of them, with whatever its table holds, and its data is
complete: nothing is lost because nobody thought of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from app.assets.models import Asset, Version
from app.decisions.models import Decision
from app.entries.models import Comment, Entry, Post, Reaction, Revision
from app.export.names import page_name
from app.learnings.models import Evidence, Learning, Trial, Vouch
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review


@dataclass(frozen=True)
class Part:
    """One kind of entry. `options` load what its template shows, in a bounded number of statements for a batch; they
    are made when they are needed, for by then all models are known."""

    kind: str
    folder: str
    label: object
    template: str
    options: Callable[[], tuple] = tuple

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


PARTS = {part.kind: part for part in (
    Part("post", "discussions", _l("Posts and discussions"), "export/kinds/post.html"),
    Part("comment", "comments", _l("Comments"), "export/kinds/other.html",
         lambda: (joinedload(Comment.question), joinedload(Comment.key_point))),
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
    Part("asset", "assets", _l("Files"), "export/kinds/asset.html", lambda: (
        selectinload(Asset.versions).options(joinedload(Version.author), selectinload(Version.pages)),
    )),
)}

BACKLINKS: list[tuple[object, InstrumentedAttribute]] = [
    (_l("Decisions about it"), Decision.about_id), (_l("Learnings from it"), Learning.review_id),
    (_l("Takes the place of"), Decision.superseded_by_id), (_l("Takes the place of"), Learning.superseded_by_id),
    (_l("It is the deck of"), Review.deck_id), (_l("Shared or taken up in"), Post.quoted_id),
]
"""Columns by which entries of the export point at one: what stands on the page of that one, under which heading."""


def part_of(kind: str) -> Part:
    """How entries of this kind are told."""
    return PARTS.get(kind) or Part(kind, f"{kind}s", kind.replace("_", " ").capitalize(), "export/kinds/other.html")
