"""What callers send of a campaign review."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields, validates_schema
from marshmallow.validate import Length

from app.api.fields import Amount, Day, Input, Ratio, Text, Whole, Wrong, key
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH
from app.reviews.figures import AMOUNTS, COUNTS, TARGETS
from app.reviews.figures_form import LIMITS
from app.reviews.models import QUARTER
from app.reviews.numerals import CURRENCIES

MOST_LEARNINGS = 50


def _figure(name: str) -> fields.Field:
    return Amount(may_be_negative=name == "margin", allow_none=True) if name in AMOUNTS \
        else Whole(0, LIMITS["count"], allow_none=True)


MetricsIn = type("MetricsIn", (Input,), {
    "__doc__": "The figures of a campaign, in its currency; null or left out where nobody knows one.",
    **{name: _figure(name) for name in (*AMOUNTS, *COUNTS)},
})
TargetsIn = type("TargetsIn", (Input,), {
    "__doc__": "What the figures of a campaign aimed at. That of cost is the budget, that of responses the expected "
               "responses: either may be given here or among the metrics, and here counts where both are.",
    **{name: _figure(name) for name in TARGETS},
})


class LearningNoteIn(Input):
    """A learning that a review states."""

    title = Text(TITLE_LENGTH, needed=True)
    body = Text(20_000, load_default="")
    holds_for = Text(300, load_default="")
    advice = Text(4000, load_default="")


class LearningNote(fields.Field):
    """A learning as an object, or as its claim alone."""

    def _deserialize(self, value, attr, data, **named) -> dict:
        return LearningNoteIn().load({"title": value} if isinstance(value, str) else value)


def _names(most: int) -> fields.List:
    return fields.List(Text(most, needed=True), validate=Length(max=100))


class ReviewFields(Input):
    """What of a review can be given and changed."""

    title = Text(TITLE_LENGTH, needed=True, required=False)
    body = Text(BODY_LENGTH)
    programme = Text(120)
    quarter = Text(7, pattern=QUARTER)
    region = Text(60)
    segment = Text(120)
    channels = _names(60)
    starts_on = Day(allow_none=True)
    ends_on = Day(allow_none=True)
    closes_on = Day(allow_none=True, metadata={"description": "The last day on which it takes questions."})
    currency = Text(choices=CURRENCIES)
    rate = Ratio(allow_none=True, metadata={
        "description": "What one unit of its currency was worth in the company's, with the day in `rate_on`."})
    rate_on = Day(allow_none=True)
    metrics = fields.Nested(MetricsIn)
    targets = fields.Nested(TargetsIn)
    what_worked = Text(20_000)
    what_did_not = Text(20_000)
    next_steps = _names(1000)
    deck_id = key(allow_none=True, metadata={"description": "An asset that is its deck."})

    @validates_schema
    def check_days(self, data, **_named) -> None:
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            raise Wrong(_l("It ends before it starts."), "ends_on")


class ReviewIn(ReviewFields):
    """A new review."""

    space_id = key(required=True)
    title = Text(TITLE_LENGTH, needed=True)
    quarter = Text(7, pattern=QUARTER, required=True)
    learnings = fields.List(
        LearningNote(metadata={"anyOf": [{"type": "string", "pattern": r"\S", "maxLength": TITLE_LENGTH},
                                         {"$ref": "#/components/schemas/LearningNoteIn"}]}),
        load_default=list, validate=Length(max=MOST_LEARNINGS),
    )


def columns(data: dict) -> dict:
    """The fields as the model has them: figures and targets beside the rest, texts without blanks around them."""
    flat = {name: value for name, value in data.items() if name not in ("metrics", "targets")}
    flat |= data.get("metrics", {}) | {TARGETS[name]: value for name, value in data.get("targets", {}).items()}
    return {name: value.strip() if isinstance(value, str) else value for name, value in flat.items()}
