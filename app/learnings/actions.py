"""Stating a learning, and the trials that show whether it holds elsewhere."""

from app.activity.recording import record
from app.db import now
from app.entries.actions import publish
from app.extensions import db
from app.learnings import kinds
from app.learnings.models import Learning, Trial
from app.people.models import Person
from app.reviews.models import Review
from app.spaces.models import Space


def state_learning(
    space: Space, claim: str, *, actor: Person, evidence: str = "", holds_for: str = "", advice: str = "",
    review: Review | None = None,
) -> Learning:
    """One claim in one sentence, with what it rests on, where it should hold and what to do."""
    learning = Learning(
        space=space, title=claim.strip(), body=evidence.strip(), holds_for=holds_for.strip(), advice=advice.strip(),
        review=review,
    )
    return publish(learning, actor=actor)


def apply_learning(learning: Learning, place: str, *, actor: Person, adaptation: str = "") -> Trial:
    """Start to apply a learning somewhere else."""
    trial = Trial(learning=learning, person=actor, place=place.strip(), adaptation=adaptation.strip())
    db.session.add(trial)
    db.session.flush()
    record(kinds.TrialStarted, actor=actor, entry=learning, place=trial.place)
    return trial


def end_trial(trial: Trial, result: str, *, actor: Person, note: str = "", lift: float | None = None) -> Trial:
    """What came of it: worked, mixed or failed, perhaps with a lift in per cent. May be corrected later."""
    trial.result, trial.note, trial.lift = result, note.strip(), lift
    trial.ended_at = now()
    db.session.flush()
    record(kinds.TrialEnded, actor=actor, entry=trial.learning, place=trial.place, result=result)
    return trial
