"""Which reviews stand side by side: some that were chosen, all that fit the filters, or one and its peers.

Everything is loaded here for the one who reads: a review they may not see is neither shown nor counted anywhere.

The rule of peers, one for everybody: reviews of the same region that share a channel with it, at most two years before
or after its quarter; only those of its segment when there are at least `ENOUGH` of them. Fewer than `ENOUGH` peers say
nothing about where a figure stands.
"""

from dataclasses import dataclass

from sqlalchemy import select

from app.access import entry_clause
from app.extensions import db
from app.people.models import Person
from app.reviews.comparison import Row
from app.reviews.figures import METRICS
from app.reviews.filters import has_channel
from app.reviews.models import Review

ENOUGH = 4
YEARS = 2
MOST = 200
"""So many reviews stand side by side at most, the newest of those that fit."""
_COLUMNS = (Review.id, Review.title, Review.quarter, Review.programme, Review.region, Review.segment, Review.channels,
            Review.currency, Review.rate, Review.rate_on, *(getattr(Review, name) for name in METRICS))


@dataclass(frozen=True)
class Chosen:
    """Reviews to compare, the newest quarter first; `more`: others fit as well, but are too many to show."""

    rows: list[Row]
    more: bool = False


@dataclass(frozen=True)
class Peers:
    """The peers of a review, and what they were chosen by; `segment` is empty when it did not count."""

    rows: list[Row]
    channels: tuple[str, ...]
    region: str
    segment: str

    @property
    def years(self) -> tuple[str, str]:
        """The first and the last year that the peers are of."""
        quarters = sorted(row.quarter for row in self.rows)
        return quarters[0][:4], quarters[-1][:4]


def choose(person: Person, *conditions) -> Chosen:
    """The reviews that `person` may see and that fit."""
    query = select(*_COLUMNS).where(entry_clause(person, Review), Review.deleted_at.is_(None), *conditions)
    found = db.session.execute(query.order_by(Review.quarter.desc(), Review.id.desc()).limit(MOST + 1)).all()
    return Chosen([row_of(each) for each in found[:MOST]], len(found) > MOST)


def row_of(review) -> Row:
    """A review, or the columns that were read of one, as a comparison needs it."""
    return Row(
        review.id, review.title, review.quarter, review.programme, review.region, review.segment,
        tuple(review.channels), review.currency, {name: getattr(review, name) for name in METRICS}, review.rate,
        review.rate_on,
    )


def peers_of(person: Person, review: Review) -> Peers:
    """The peers of a review that `person` may see, without itself."""
    channels = tuple(review.channels)
    if not (channels and review.region):
        return Peers([], channels, review.region, "")
    year, quarter = int(review.quarter[:4]), review.quarter[4:]
    rows = choose(
        person, Review.id != review.id, Review.region == review.region, has_channel(channels),
        Review.quarter.between(f"{year - YEARS:04}{quarter}", f"{year + YEARS:04}{quarter}"),
    ).rows
    same = [row for row in rows if review.segment and row.segment == review.segment]
    return Peers(same, channels, review.region, review.segment) if len(same) >= ENOUGH \
        else Peers(rows, channels, review.region, "")
