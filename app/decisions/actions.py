"""Asking for decisions and taking them. Each action takes its actor, records what happened and never commits."""

from datetime import date

from app.activity.recording import record
from app.decisions import kinds
from app.decisions.models import Decision
from app.entries.actions import edit, publish
from app.entries.models import Entry
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.spaces.models import Space


class CannotSupersede(ValueError):
    """Only a decision that was taken and still holds can be superseded, and not by one that rests on it."""


def decide(
    space: Space, question: str, choice: str = "", *, actor: Person, why: str = "", options: list[str] | None = None,
    about: Entry | None = None, deciders: list[Person] | None = None, decided_on: date | None = None,
    needed_by: date | None = None, supersedes: Decision | None = None,
) -> Decision:
    """Write down what was decided and why, or without a choice, what waits to be. Raises CannotSupersede.

    Nobody named as its decider means that `actor` took it.
    """
    choice = choice.strip()
    decision = Decision(
        space=space, title=question.strip(), choice=choice, body=why.strip(), options=options or [], about=about,
        deciders=deciders or ([actor] if choice else []), needed_by=needed_by,
        decided_on=(decided_on or today_for(actor)) if choice else None,
    )
    publish(decision, actor=actor, **({} if choice else {"kind": kinds.DecisionAsked}))
    if supersedes:
        supersede(supersedes, decision, actor=actor)
    return decision


def change_decision(decision: Decision, *, actor: Person, supersedes: Decision | None = None, **fields) -> Decision:
    """Change what it says; how it read before is kept. An open one that is given a choice is taken by that.

    Raises CannotSupersede.
    """
    was_open, people = decision.is_open, fields.pop("deciders", None)
    if fields.get("choice", decision.choice):
        fields["decided_on"] = fields.get("decided_on") or decision.decided_on or today_for(actor)
    else:
        # What is open has no day on which it was taken, whatever a form says.
        fields.pop("decided_on", None)
    if people is not None:
        decision.deciders = people
    if was_open and fields.get("choice") and not decision.deciders:
        decision.deciders = [actor]
    edit(decision, actor=actor, **fields)
    if was_open and not decision.is_open:
        record(kinds.DecisionTaken, actor=actor, entry=decision)
    if supersedes:
        supersede(supersedes, decision, actor=actor)
    return decision


def supersede(old: Decision, new: Decision, *, actor: Person) -> None:
    """From now on `new` holds in place of `old`. Raises CannotSupersede."""
    if old.superseded_by_id == new.id:
        return
    if old.is_open or new.is_open or old.superseded_by_id or old.id in _chain(new):
        raise CannotSupersede
    old.superseded_by = new
    db.session.flush()
    record(kinds.DecisionSuperseded, actor=actor, entry=old)


def _chain(decision: Decision) -> list[int]:
    """The ids of a decision and of all that replaced it in turn."""
    ids = []
    while decision is not None:
        ids.append(decision.id)
        decision = decision.superseded_by
    return ids
