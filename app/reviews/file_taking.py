"""Taking figures of a file over into a review, or into the draft of one."""

from collections.abc import Iterable

from app.people.models import Person
from app.reviews.adding_up import AddedUp
from app.reviews.breakdown_models import KINDS, BreakdownRow
from app.reviews.breaking_down import take_over
from app.reviews.draft_models import ReviewDraft
from app.reviews.drafting import write
from app.reviews.holders import Holder
from app.reviews.models import Review
from app.reviews.typed import typed, value_of


def kinds_of(holder: Holder) -> list[str]:
    """Whether it has rows by channel, by week, or both."""
    kinds = holder.rows if isinstance(holder, ReviewDraft) else {row.kind for row in holder.breakdown}
    return [kind for kind in KINDS if kind in kinds]


def take(holder: Holder, found: AddedUp, names: Iterable[str], *, actor: Person) -> None:
    """Let the sums that are named be its figures, and the rows of the file its rows."""
    if isinstance(holder, Review):
        take_over(holder, found, names, actor=actor)
        return
    rows = [[label, {name: typed(name, value) for name, value in figures.items()}]
            for label, figures in found.rows.items()]
    holder.rows = holder.rows | {found.kind: rows}
    write(holder, {name: typed(name, found.sums[name]) for name in names}, actor=actor)


def drop_rows(draft: ReviewDraft, kind: str) -> None:
    """The rows go; what was typed stays."""
    draft.rows = {name: rows for name, rows in draft.rows.items() if name != kind}


def rows_of(draft: ReviewDraft) -> list[BreakdownRow]:
    """The rows of a draft, as the review has them that it becomes."""
    return [
        BreakdownRow(kind=kind, position=at, label=label, **{name: value_of(name, said) for name, said in row.items()})
        for kind, rows in draft.rows.items() for at, (label, row) in enumerate(rows)
    ]
