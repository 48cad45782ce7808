"""What somebody's learnings led to: the reputation that re-use gives, and nothing about likes."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.access import entry_clause
from app.extensions import db
from app.learnings.models import Learning, Trial
from app.people.models import Person

SHOWN = 5


@dataclass
class Effect:
    """Trials by others of what a person stated, as far as the reader may see it."""

    trials: list[Trial] = field(default_factory=list)

    @property
    def places(self) -> list[str]:
        """Where they ran, each once, the newest first."""
        return list(dict.fromkeys(trial.place for trial in self.trials))

    @property
    def learnings(self) -> list[Learning]:
        """What was tried, the most tried first."""
        tried: dict[int, tuple[int, Learning]] = {}
        for trial in self.trials:
            count, _ = tried.get(trial.learning_id, (0, None))
            tried[trial.learning_id] = (count + 1, trial.learning)
        return [learning for _, learning in sorted(tried.values(), key=lambda each: -each[0])][:SHOWN]


def effect_of(person: Person, reader: Person) -> Effect:
    """In one statement, besides the records of the learnings it shows."""
    query = select(Trial).join(Trial.learning).where(
        Learning.author_id == person.id, Trial.person_id != person.id, Learning.deleted_at.is_(None),
        entry_clause(reader, Learning),
    )
    return Effect(list(db.session.scalars(
        query.options(contains_eager(Trial.learning)).order_by(Trial.id.desc())
    )))
