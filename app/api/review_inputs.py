"""What callers send of a campaign review."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields, validates_schema
from marshmallow.validate import Length

from app.api.fields import Amount, Day, Input, Ratio, Text, Whole, Wrong, key
from app.api.problems import Invalid
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH
from app.reviews.figures import AMOUNTS, COUNTS, TARGETS
from app.reviews.models import QUARTER, Review
from app.reviews.numerals import CURRENCIES, LIMITS
from app.reviews.step_owners import Misunderstood, understood
from app.reviews.steps import Step

MOST_LEARNINGS = 50
MOST_OF_STEP = 1000


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


class StepIn(Input):
    """A next step, who owes it and until when."""

    text = Text(MOST_OF_STEP, needed=True)
    owner_id = key(allow_none=True, load_default=None, metadata={"description": "Somebody who may see the review."})
    due_on = Day(allow_none=True, load_default=None)


class StepField(fields.Field):
    """A next step as an object, or as a line that ends in who and when: “Translate the deck @jon 2026-12-15”."""

    def _deserialize(self, value, attr, data, **named) -> Step | str:
        sent = StepIn().load({"text": value} if isinstance(value, str) else value)
        text = " ".join(sent["text"].split())
        return text if isinstance(value, str) else Step(text, sent["owner_id"], sent["due_on"])


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
    next_steps = fields.List(
        StepField(metadata={"anyOf": [{"type": "string", "pattern": r"\S", "maxLength": MOST_OF_STEP},
                                      {"$ref": "#/components/schemas/StepIn"}]}),
        validate=Length(max=100), metadata={"description": (
            "As objects, or as lines that end in who and when: “Translate the deck @jon 2026-12-15”. A line that reads "
            "like one of the review's keeps its owner and day.")},
    )
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


def with_steps(data: dict, review: Review) -> dict:
    """The fields with their next steps read, for a review that may not be posted yet. Raises Invalid."""
    if "next_steps" not in data:
        return data
    known = {each.text: each for each in review.steps}
    lines = [known.get(line, line) for line in data.pop("next_steps")]
    try:
        return data | {"steps": understood(lines, review, actor=current_user)}
    except Misunderstood as error:
        raise Invalid({"next_steps": {place: [problem] for place, problem in error.problems.items()}}) from None
