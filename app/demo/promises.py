"""Next steps of the demo company's reviews: who owes them until when, and what came of them.

A line of the part `next`, then perhaps "→ done -11: what happened": so many days after it was due, a negative number
before. What a later review is told of says "→ carried"; that review names it as `carries: r-leak-3 3 {date+33} Why`.
Steps of old reviews that say nothing were done on the day.
"""

import re
from datetime import UTC, datetime, time, timedelta

from app.demo.calendar import Calendar
from app.entries.lines import Line, read_line
from app.people.models import Person
from app.reviews.commitments import carry, settle
from app.reviews.models import Review
from app.reviews.step_owners import understood
from app.reviews.steps import Step
from app.spaces.models import Space

TOLD = "→ "
_TOLD = re.compile(r"→ (?P<outcome>\w+)(?: (?P<days>[+-]\d+))?(?:: (?P<words>.*))?")
ON_THE_DAY = "→ done +0: "
EVENING = time(15, 30, tzinfo=UTC)


def lines(part: str, calendar: Calendar) -> list[str]:
    """The steps alone, as their author typed them."""
    return [line for line in calendar.words(part).split("\n") if line and not line.startswith(TOLD)]


def read(part: str, calendar: Calendar) -> list[Line]:
    """What they say."""
    return [read_line(line, calendar.end.date()) for line in lines(part, calendar)]


def steps(part: str, calendar: Calendar, space: Space, actor: Person) -> list[Step]:
    """The same for `post_review`, with those who owe them."""
    return understood(lines(part, calendar), Review(space_id=space.id), actor=actor)


def schedule(stage, part: str, thread, *, is_over: bool) -> None:
    """What came of the steps of the review that `thread` will hold; `is_over`: those that say nothing were done."""
    said = re.split(r"\n(?!→)", part) if part else []
    for place, (line, text) in enumerate(zip(read(part, stage.calendar), said, strict=True)):
        told = _TOLD.fullmatch(text.partition("\n")[2] or (ON_THE_DAY if is_over else ""))
        if told and told["outcome"] != "carried":
            day = line.due_on + timedelta(days=int(told["days"] or 0))
            stage.schedule(min(datetime.combine(day, EVENING), stage.calendar.end),
                           lambda place=place, told=told: _settle(stage, thread.root.commitments[place], told))


def _settle(stage, commitment, told: re.Match) -> None:
    words = stage.calendar.words(told["words"] or "")
    named = {"reason": words} if told["outcome"] == "dropped" else {"did": words}
    settle(commitment, told["outcome"], actor=commitment.owner, **named)


def take_over(stage, words: str, review: Review) -> None:
    """Carry what `carries` names into a review, by its author."""
    name, place, day, did = stage.calendar.words(words).split(" ", 3)
    carry(stage.entries[name].commitments[int(place) - 1], review, actor=review.author, did=did,
          due_on=datetime.fromisoformat(day).date())
