"""The review of the same programme a quarter before, for this quarter's figures to be measured by."""

from app.people.models import Person
from app.reviews.choosing import choose
from app.reviews.comparison import Row
from app.reviews.models import Review
from app.reviews.quarters import neighbour


def last_quarter(person: Person, review: Review) -> Row | None:
    """What `person` may see of the same programme, in the same region where one is said, in the quarter before.

    Of several the one of the same segment, then of the same title, then the newest.
    """
    if not review.programme:
        return None
    conditions = [Review.programme == review.programme, Review.quarter == neighbour(review.quarter, -1)]
    if review.region:
        conditions.append(Review.region == review.region)
    rows = choose(person, *conditions).rows
    return min(rows, key=lambda row: (row.segment != review.segment, row.title != review.title), default=None)
