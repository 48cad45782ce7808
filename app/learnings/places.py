"""Where a campaign took place, as learnings name it."""

from app.reviews.models import Review


def places_of(review: Review) -> dict[str, list[str]]:
    """Its channels, region and segment: values by dimension."""
    return {"channel": review.channels, "region": [review.region] if review.region else [],
            "segment": [review.segment] if review.segment else []}
