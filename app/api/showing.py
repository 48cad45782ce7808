"""Loading entries the way the API answers them, in a bounded number of statements however many there are."""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import contextmanager

from flask import abort
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from app.access import entry_clause, fetch, space_clause
from app.api.operation import Answer
from app.api.problems import Invalid, Taken
from app.api.revisions import etag
from app.assets.models import Asset, Version
from app.entries.actions import NotUsable
from app.entries.cards import RELATED, cards
from app.entries.models import Entry
from app.extensions import db
from app.handoffs.reading import reads_of
from app.learnings.models import Learning, Scope
from app.people.models import Person
from app.reuse.models import AssetPlace
from app.reviews.breakdown_models import BreakdownRow
from app.reviews.commitment_models import Commitment
from app.reviews.kpis import kpis
from app.reviews.models import Review, review_authors
from app.sendings.models import Sending
from app.spaces.models import Space
from app.web import Page

ORDERS = {AssetPlace: (AssetPlace.value,),
          BreakdownRow: (BreakdownRow.kind, BreakdownRow.position), Commitment: (Commitment.position,)}
_RELATION_OF = {column: relation for relation, column in RELATED.items()}


class Shown:
    """An entry as the caller may see it: its own fields, and what depends on who asks."""

    def __init__(self, entry: Entry, known_spaces: set[int], learnings: list[Learning],
                 reads: list[Entry]) -> None:
        self.entry = entry
        self.reads = reads
        self.learnings = learnings
        self.reactions = entry.reaction_summary(current_user)
        self.shared_into = [each.space_id for each in entry.shares if each.space_id in known_spaces]

    def __getattr__(self, name: str):
        relation = _RELATION_OF.get(name)
        # `cards` leaves out related entries that the caller may not see, and so their ids are left out.
        if relation and getattr(self.entry, relation) is None:
            return None
        return getattr(self.entry, name)

    @property
    def kpis(self) -> dict:
        return {each.name: each for each in kpis(self.entry.metrics)}


def shown(ids: Iterable[int]) -> list[Shown]:
    """The entries with these ids, in this order."""
    entries = cards(ids)
    _load([each for each in entries if isinstance(each, Asset)], "versions", Version.asset_id)
    _load([each for each in entries if isinstance(each, Asset)], "places", AssetPlace.asset_id)
    _load([each for each in entries if isinstance(each, Learning)], "scopes", Scope.learning_id)
    reviews = [each for each in entries if isinstance(each, Review)]
    _load_co_authors(reviews)
    _load(reviews, "breakdown", BreakdownRow.review_id)
    _load(reviews, "commitments", Commitment.review_id, joinedload(Commitment.owner))
    learnings = _learnings_of([each.id for each in reviews])
    reads = reads_of([each.id for each in entries if each.kind == "handoff"], current_user)
    _load_contacts([each.id for each in entries if isinstance(each, Sending)])
    known = _known_spaces({share.space_id for each in entries for share in each.shares})
    return [Shown(each, known, learnings[each.id], reads[each.id]) for each in entries]


def _load(entries: list[Entry], attribute: str, column, *options) -> None:
    """Load what hangs on these entries by `column`, with what `options` load along, in one statement."""
    if not entries:
        return
    hanging = defaultdict(list)
    model = column.class_
    wanted = select(model).where(column.in_([entry.id for entry in entries])).options(*options)
    for each in db.session.scalars(wanted.order_by(*(ORDERS.get(model) or (model.id,)))):
        hanging[getattr(each, column.key)].append(each)
    for entry in entries:
        set_committed_value(entry, attribute, hanging[entry.id])


def _load_co_authors(reviews: list[Review]) -> None:
    if not reviews:
        return
    writing = defaultdict(list)
    query = select(review_authors.c.review_id, Person).join(Person, Person.id == review_authors.c.person_id)
    wanted = query.where(review_authors.c.review_id.in_([each.id for each in reviews])).order_by(Person.name)
    for review_id, person in db.session.execute(wanted):
        writing[review_id].append(person)
    for review in reviews:
        set_committed_value(review, "co_authors", writing[review.id])


def _load_contacts(sending_ids: list[int]) -> None:
    """To whom these went, which their cards tell by their titles."""
    if sending_ids:
        query = select(Sending).where(Sending.id.in_(sending_ids)).options(selectinload(Sending.contacts))
        db.session.scalars(query).all()


def _learnings_of(review_ids: list[int]) -> dict[int, list[Learning]]:
    """What was learned in each review, as far as the caller may see it."""
    found = defaultdict(list)
    if review_ids:
        query = select(Learning).where(Learning.review_id.in_(review_ids), Learning.deleted_at.is_(None))
        for learning in db.session.scalars(query.where(entry_clause(current_user, Learning)).order_by(Learning.id)):
            found[learning.review_id].append(learning)
    return found


def _known_spaces(ids: set[int]) -> set[int]:
    """Those of the spaces that the caller may know of."""
    if not ids:
        return set()
    return set(db.session.scalars(select(Space.id).where(Space.id.in_(ids), space_clause(current_user))))


def one(entry: Entry, *, status: int | None = None) -> Answer:
    """The answer that is one entry."""
    db.session.flush()
    [found] = shown([entry.id])
    location = f"/api/v1/entries/{entry.id}" if status == 201 else None
    return Answer(found, status, etag(entry), location)


def stretch(ids: list[int], following: int | None) -> Page:
    """A stretch of a stream of ids."""
    return Page(shown(ids), following)


@contextmanager
def usable():
    """What may not be put to further use is a conflict, with the reason."""
    try:
        yield
    except NotUsable as error:
        raise Taken(str(error)) from None


def expect_usable(field: str, entry: Entry) -> None:
    """Raises Invalid for what a body names in `field` and may not be put to further use."""
    if entry.unusable:
        raise Invalid({field: [entry.unusable]})


def living(model, key: int) -> Entry:
    """An entry that the caller may see and nobody has deleted; else 404."""
    entry = fetch(model, key)
    if entry.is_deleted:
        abort(404)
    return entry
