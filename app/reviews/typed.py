"""Values of a review as people type them into its form, and back: what a draft keeps is what was typed."""

from datetime import date
from decimal import Decimal

from app.reviews.figures import AMOUNTS, COUNTS
from app.reviews.numerals import figure

DAYS = ("starts_on", "ends_on", "closes_on")
SEPARATORS = {"channels": ",", "next_steps": "\n"}


def typed(name: str, value) -> str:
    """How a value is typed into the field of this name; nothing for None."""
    if value is None:
        return ""
    if name in SEPARATORS:
        return ("\n" if name == "next_steps" else ", ").join(value)
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else f"{value:f}"
    return str(value)


def value_of(name: str, text: str):
    """What was typed, as the model has it; None for a figure or day that is missing or cannot be read."""
    text = text.strip()
    if name in SEPARATORS:
        return [part.strip() for part in text.split(SEPARATORS[name]) if part.strip()]
    try:
        if name in DAYS:
            return date.fromisoformat(text)
        if name in AMOUNTS or name in COUNTS:
            return figure(text, whole=name in COUNTS, may_be_negative=name == "margin")
    except ValueError:
        return None
    return text
