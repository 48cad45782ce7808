"""Proposals of a deck to its review or draft: kept when it was read, taken over or put aside one by one."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from app import jobs
from app.activity.recording import record
from app.assets.models import Version
from app.db import now
from app.extensions import db
from app.people.models import Person
from app.reviews import kinds
from app.reviews.actions import change_review
from app.reviews.draft_models import ReviewDraft
from app.reviews.drafting import write
from app.reviews.figures import AMOUNTS
from app.reviews.holders import Holder, said
from app.reviews.models import Review
from app.reviews.proposal_models import DeckProposal, DraftProposal, ProposedValue
from app.reviews.proposals import Proposal
from app.reviews.quarters import quarter_of
from app.reviews.steps import alike
from app.reviews.typed import typed

TEXTS = ("what_worked", "what_did_not")
LISTS = ("channels", "next_steps")


def _to(holder: Holder) -> tuple:
    """The model of the proposals to this holder, and the condition that finds them."""
    if isinstance(holder, ReviewDraft):
        return DraftProposal, DraftProposal.draft_id == holder.id
    return DeckProposal, DeckProposal.review_id == holder.id


def propose(holder: Holder, version: Version, proposals: Iterable[Proposal]) -> int:
    """Keep what `version` of the deck proposes beyond what the review or draft says already; how many that is.

    What an earlier version proposed and nobody decided on is gone.
    """
    model, of_holder = _to(holder)
    db.session.execute(delete(model).where(of_holder, model.state == "open"))
    new = [each for each in proposals if not says(holder, each)]
    db.session.add_all(
        model(**{model.lives_in: holder}, version_id=version.id, **each.as_json()) for each in new
    )
    holder.deck_read_version_id = version.id
    if new and isinstance(holder, Review):
        record(kinds.DeckRead, actor=None, entry=holder, count=len(new))
    return len(new)


def says(holder: Holder, proposal: Proposal) -> bool:
    """Whether the review or draft says this already."""
    present = said(holder, proposal.field)
    if proposal.field in TEXTS:
        return proposal.value.strip() in present
    if proposal.field == "next_steps":
        # Whoever took it over may have added who and when, or changed a word.
        return all(any(alike(each, line) for line in present) for each in proposal.value)
    if proposal.field in LISTS:
        return set(proposal.value) <= set(present)
    return present == proposal.value


def accept(proposed: ProposedValue, *, actor: Person) -> Holder:
    """Take the value over: texts and lists are added to what is there, anything else takes its place.

    Other values for the same field are settled with it. Answers with the review or draft that says so now.
    """
    holder, proposal = proposed.holder, proposed.proposal
    _decide(proposed, "accepted")
    if proposal.field not in TEXTS + LISTS:
        for rival in waiting(holder):
            if rival.field == proposal.field:
                _decide(rival, "dismissed")
    value = _together(said(holder, proposal.field), proposal)
    if isinstance(holder, ReviewDraft):
        write(holder, {proposal.field: typed(proposal.field, value)}, actor=actor)
    else:
        change_review(holder, actor=actor, **{proposal.field: value})
    return holder


def _together(present, proposal: Proposal):
    if proposal.field in TEXTS:
        return "\n\n".join(filter(None, (present.strip(), proposal.value.strip())))
    if proposal.field in LISTS:
        return list(dict.fromkeys([*present, *proposal.value]))
    return proposal.value


def dismiss(proposed: ProposedValue) -> None:
    """Put it aside; what the review says stays."""
    _decide(proposed, "dismissed")


def _decide(proposed: ProposedValue, state: str) -> None:
    proposed.state, proposed.decided_at = state, now()
    db.session.flush()


def waiting(holder: Holder) -> list[ProposedValue]:
    """What nobody has decided on, in the order of the deck."""
    model, of_holder = _to(holder)
    query = select(model).where(of_holder, model.state == "open")
    return list(db.session.scalars(query.order_by(model.page, model.id)))


def certain(holder: Holder, proposals: list[ProposedValue]) -> list[ProposedValue]:
    """Those that can be taken over unseen: the deck is sure and says nothing else, and nobody has said otherwise."""
    by_field: dict[str, list[ProposedValue]] = {}
    for each in proposals:
        by_field.setdefault(each.field, []).append(each)
    return [each for name, group in by_field.items() for each in group
            if each.certainty == "sure" and (name in TEXTS + LISTS or (len(group) == 1 and _is_open(holder, name)))]


def _is_open(holder: Holder, name: str) -> bool:
    """Whether a field holds nothing that somebody chose; quarter and currency begin with a guess of the form."""
    if name == "quarter":
        return said(holder, name) == quarter_of(holder.created_at)
    if name == "currency":
        return all(said(holder, amount) is None for amount in AMOUNTS)
    return said(holder, name) in (None, "")


def hand_over(draft: ReviewDraft, review: Review) -> None:
    """What a draft's deck proposed stays with the review that the draft became."""
    for each in db.session.scalars(select(DraftProposal).where(DraftProposal.draft_id == draft.id)):
        db.session.add(DeckProposal(
            review=review, version_id=each.version_id, state=each.state, decided_at=each.decided_at,
            **each.proposal.as_json(),
        ))
        db.session.delete(each)
    review.deck_read_version_id = draft.deck_read_version_id
    if review.newest_version and review.newest_version.id != review.deck_read_version_id:
        # Whoever was asked to read it for the draft finds none any more.
        jobs.request("reviews.read_deck", review.id)
