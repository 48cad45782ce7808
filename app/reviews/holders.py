"""A review and the draft of one, asked alike: what either says now."""

from app.reviews.draft_models import ReviewDraft
from app.reviews.figures import METRICS
from app.reviews.models import Review

Holder = Review | ReviewDraft


def said(holder: Holder, name: str):
    """What the field of this name says, as a review has it; of a draft None where that cannot be read."""
    return holder.said(name) if isinstance(holder, ReviewDraft) else getattr(holder, name)


def present(holder: Holder) -> dict:
    """What it says of each figure."""
    return {name: said(holder, name) for name in METRICS}


def currency(holder: Holder) -> str:
    """The currency its amounts are in."""
    return said(holder, "currency")
