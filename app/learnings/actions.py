"""Stating a learning, vouching for it, setting it against others, and the trials that show whether it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.activity.recording import record
from app.db import insert_missing, now
from app.entries.actions import edit, publish
from app.entries.models import Comment, Entry
from app.extensions import db
from app.learnings import kinds
from app.learnings.models import (
    FRESH_FOR,
    RESULTS,
    TRIAL_LASTS,
    Contradiction,
    Evidence,
    Learning,
    Scope,
    Trial,
    Vouch,
)
from app.learnings.places import places_of
from app.learnings.strength import strength
from app.people.models import Person
from app.reviews.models import Review
from app.spaces.models import Space


class SameLearning(ValueError):
    """A learning neither supersedes nor contradicts itself."""


@dataclass(frozen=True)
class Ground:
    """Something a learning rests on: an entry, perhaps one of its slides (from 1) or one of its figures by name."""

    entry: Entry
    page: int | None = None
    figure: str | None = None

    @property
    def version_id(self) -> int | None:
        """The version that its page is of: what a comment speaks of, else what people read now."""
        if self.page is None:
            return None
        if isinstance(self.entry, Comment):
            return self.entry.version_id
        version = self.entry.page_version
        return version.id if version else None


def state_learning(
    space: Space, claim: str, *, actor: Person, evidence: str = "", holds_for: str = "", advice: str = "",
    review: Review | None = None, narrowed_to: Mapping[str, Iterable[str]] | None = None,
    grounds: Iterable[Ground] = (), origin: Ground | None = None, review_by: date | None = None,
) -> Learning:
    """One claim in one sentence, with what it rests on, where it should hold and what to do.

    `origin` is what it was made from, a comment say; the link back is kept as evidence. What is not narrowed should
    hold where its review's campaign took place.
    """
    if narrowed_to is None:
        narrowed_to = places_of(review) if review else {}
    learning = Learning(
        space=space, title=claim.strip(), body=evidence.strip(), holds_for=holds_for.strip(), advice=advice.strip(),
        review=review, review_by=review_by or (now() + FRESH_FOR).date(), scopes=_scopes(narrowed_to),
    )
    publish(learning, actor=actor)
    for ground in ([origin] if origin else []) + list(grounds):
        _rest(learning, ground, is_origin=ground is origin)
    db.session.flush()
    return learning


def _scopes(narrowed_to: Mapping[str, Iterable[str]]) -> list[Scope]:
    return [Scope(dimension=name, value=value) for name, values in narrowed_to.items()
            for value in dict.fromkeys(each.strip()[:120] for each in values) if value]


def _rest(learning: Learning, ground: Ground, *, is_origin: bool = False) -> None:
    db.session.add(Evidence(
        learning=learning, entry=ground.entry, version_id=ground.version_id, page=ground.page, figure=ground.figure,
        is_origin=is_origin,
    ))


def change_learning(
    learning: Learning, *, actor: Person, narrowed_to: Mapping[str, Iterable[str]] | None = None, **fields
) -> Learning:
    """Change what a learning says; `narrowed_to` as a whole, when it is given."""
    if narrowed_to is not None:
        wanted = {(each.dimension, each.value): each for each in _scopes(narrowed_to)}
        present = {(each.dimension, each.value): each for each in learning.scopes}
        learning.scopes = [present.get(key, scope) for key, scope in wanted.items()]
        db.session.flush()
    return edit(learning, actor=actor, **fields)


def add_ground(learning: Learning, ground: Ground, *, actor: Person) -> bool:
    """One more thing that a learning rests on; False if it did already."""
    same = select(Evidence.id).where(
        Evidence.learning_id == learning.id, Evidence.entry_id == ground.entry.id,
        Evidence.version_id.is_not_distinct_from(ground.version_id),
        Evidence.page.is_not_distinct_from(ground.page), Evidence.figure.is_not_distinct_from(ground.figure),
    )
    if db.session.scalar(same):
        return False
    _rest(learning, ground)
    db.session.flush()
    record(kinds.EvidenceAdded, actor=actor, entry=learning)
    return True


def vouch(learning: Learning, *, actor: Person) -> None:
    """`actor` has looked at it again and stands for it: it is fresh for another year."""
    new = insert_missing(db.session, Vouch, [{"learning_id": learning.id, "person_id": actor.id, "at": now()}])
    if not new:
        present = select(Vouch).where(Vouch.learning_id == learning.id, Vouch.person_id == actor.id)
        db.session.scalars(present).one().at = now()
    learning.review_by = (now() + FRESH_FOR).date()
    record(kinds.Vouched, actor=actor, entry=learning)


def supersede(learning: Learning, by: Learning | None, *, actor: Person) -> None:
    """A better learning takes its place; None takes that back. Raises SameLearning."""
    if by is not None and by.id == learning.id:
        raise SameLearning
    learning.superseded_by = by
    if by is not None:
        record(kinds.Superseded, actor=actor, entry=learning)


def contradict(learning: Learning, other: Learning, *, actor: Person) -> bool:
    """Say that the two cannot both hold; both point at each other. False if it was said. Raises SameLearning."""
    if learning.id == other.id:
        raise SameLearning
    low, high = sorted((learning.id, other.id))
    new = insert_missing(db.session, Contradiction, [{"learning_id": low, "other_id": high, "by_id": actor.id}])
    if new:
        record(kinds.Contradicted, actor=actor, entry=learning)
    return bool(new)


def apply_learning(
    learning: Learning, place: str, *, actor: Person, adaptation: str = "", space: Space | None = None,
    due_on: date | None = None,
) -> Trial:
    """Start to apply a learning somewhere else; in three months, or on `due_on`, `actor` is asked what came of it."""
    trial = Trial(
        learning=learning, person=actor, place=place.strip(), adaptation=adaptation.strip(), space=space,
        due_on=due_on or (now() + TRIAL_LASTS).date(),
    )
    db.session.add(trial)
    db.session.flush()
    record(kinds.TrialStarted, actor=actor, entry=learning, place=trial.place)
    return trial


def end_trial(trial: Trial, result: str, *, actor: Person, note: str = "", lift: float | None = None) -> Trial:
    """What came of it: worked, mixed or failed, perhaps with a lift in per cent. May be corrected later."""
    trial.result, trial.note, trial.lift = result, note.strip(), lift
    trial.ended_at = now()
    db.session.flush()
    _count(trial.learning)
    record(kinds.TrialEnded, actor=actor, entry=trial.learning, place=trial.place, result=result)
    return trial


def _count(learning: Learning) -> None:
    """Keep the record beside the learning; the row is locked, so that two results at once both count."""
    db.session.execute(select(Learning.id).where(Learning.id == learning.id).with_for_update())
    ended = select(Trial.result, func.count()).where(Trial.learning_id == learning.id, Trial.result.is_not(None))
    counts = dict(db.session.execute(ended.group_by(Trial.result)).all())
    learning.worked, learning.mixed, learning.failed = (counts.get(result, 0) for result in RESULTS)
    learning.strength = strength(learning.worked, learning.mixed, learning.failed)


def ask_overdue(today: date) -> int:
    """Ask those who owe the result of a trial, once; how many were asked."""
    owed = select(Trial).join(Learning).where(
        Trial.result.is_(None), Trial.due_on <= today, Trial.asked_at.is_(None), Learning.deleted_at.is_(None)
    )
    trials = list(db.session.scalars(owed))
    for trial in trials:
        trial.asked_at = now()
        record(kinds.TrialOverdue, actor=None, entry=trial.learning, person=trial.person, place=trial.place)
    return len(trials)
