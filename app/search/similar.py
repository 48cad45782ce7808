"""Before money is spent: what colleagues have already tried of this sort, failures included."""

from dataclasses import dataclass

from app.entries.cards import cards
from app.entries.models import Entry
from app.learnings.library import suiting
from app.people.models import Person
from app.search.finder import find

EACH = 4


@dataclass(frozen=True)
class Similar:
    """Learnings and campaigns that resemble what somebody is about to begin."""

    learnings: list[Entry]
    reviews: list[Entry]

    def __bool__(self) -> bool:
        return bool(self.learnings or self.reviews)


def similar(person: Person, words: str, places: dict[str, list[str]]) -> Similar:
    """By the words of its name and goal, and by channel, region and segment; only what `person` may see."""
    suited = suiting(person, places, limit=EACH)
    named = [hit.entry_id for hit in find(person, words, kind="learning", limit=EACH).items]
    campaigns = [hit.entry_id for hit in find(person, words, kind="review", limit=EACH).items]
    learnings = list(dict.fromkeys([*named, *suited]))[:EACH]
    shown = {entry.id: entry for entry in cards([*learnings, *campaigns], person)}
    return Similar([shown[key] for key in learnings if key in shown], [shown[key] for key in campaigns if key in shown])
