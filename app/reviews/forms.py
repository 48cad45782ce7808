"""The form of a campaign review; every figure may stay empty, an empty one is never taken for zero."""

from decimal import Decimal, InvalidOperation

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import DateField, Field, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError
from wtforms.widgets import TextInput

from app.entries.models import TITLE_LENGTH
from app.forms import Form
from app.reviews.commitment_forms import HOW, StepsField
from app.reviews.models import AMOUNTS, COUNTS, QUARTER
from app.reviews.numerals import plain_number

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CNY", "JPY")
LIMITS = {"money": Decimal("9999999999999999.99"), "count": 2_000_000_000}


class FigureField(Field):
    """A figure as people write it: 1,200.50 or 1.200,50 or 1 200; kept as typed when it cannot be read."""

    widget = TextInput()

    def __init__(self, label=None, *, whole: bool = False, may_be_negative: bool = False, **options) -> None:
        super().__init__(label, **options)
        self.whole, self.may_be_negative = whole, may_be_negative
        self.typed = None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else f"{self.data:f}" if isinstance(self.data, Decimal) else str(self.data)

    def process_formdata(self, values) -> None:
        self.typed = values[0].strip() if values else ""
        if not self.typed:
            self.data = None
            return
        try:
            number = Decimal(plain_number(self.typed))
        except InvalidOperation:
            self.data = None
            raise ValueError(_l("This is not a number.")) from None
        if number < 0 and not self.may_be_negative:
            raise ValueError(_l("This cannot be negative."))
        if self.whole and number != number.to_integral_value():
            raise ValueError(_l("This is a whole number."))
        if abs(number) > LIMITS["count" if self.whole else "money"]:
            raise ValueError(_l("This is larger than any campaign."))
        self.data = int(number) if self.whole else number.quantize(Decimal("0.01"))


class ReviewForm(Form):
    title = StringField(_l("Campaign"), [DataRequired(_l("Name the campaign.")), Length(max=TITLE_LENGTH)])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    programme = StringField(_l("Programme"), [Length(max=120)])
    quarter = StringField(_l("Quarter"), [
        DataRequired(_l("Say which quarter.")), Regexp(QUARTER, message=_l("Write it like 2026-Q3."))
    ])
    region = StringField(_l("Region"), [Length(max=60)])
    segment = StringField(_l("Segment"), [Length(max=120)])
    channels = StringField(
        _l("Channels"), [Length(max=400)], description=_l("With commas: webinar, e-mail, trade fair.")
    )
    starts_on = DateField(_l("From"), [Optional()])
    ends_on = DateField(_l("Until"), [Optional()])
    currency = SelectField(_l("Currency"), choices=[(each, each) for each in CURRENCIES])
    budget = FigureField(_l("Budget"))
    cost = FigureField(_l("Actual cost"))
    expected_responses = FigureField(_l("Expected responses"), whole=True)
    sent = FigureField(_l("Sent"), whole=True)
    responses = FigureField(_l("Responses"), whole=True)
    leads = FigureField(_l("Leads"), whole=True)
    mqls = FigureField(_l("MQLs"), whole=True)
    sqls = FigureField(_l("SQLs"), whole=True)
    opportunities = FigureField(_l("Opportunities"), whole=True)
    new_customers = FigureField(_l("New customers"), whole=True)
    pipeline = FigureField(_l("Pipeline"))
    won = FigureField(_l("Won"))
    margin = FigureField(_l("Attributed margin"), may_be_negative=True)
    body = TextAreaField(_l("Summary"), [Length(max=100_000)])
    what_worked = TextAreaField(_l("What worked"), [Length(max=20_000)])
    what_did_not = TextAreaField(_l("What did not"), [Length(max=20_000)])
    next_steps = StepsField(_l("Next steps"), [Length(max=8_000)], description=HOW)
    deck = FileField(_l("Deck"), description=_l("PowerPoint or PDF. Its slides open in the page."))

    def validate_ends_on(self, field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("It ends before it starts."))

    def fields(self) -> dict:
        """What `actions.post_review` takes, lists read from their text."""
        names = ("programme", "quarter", "region", "segment", "starts_on", "ends_on", "currency", "body",
                 "what_worked", "what_did_not", *AMOUNTS, *COUNTS)
        lists = {
            "channels": [part.strip()[:60] for part in (self.channels.data or "").split(",") if part.strip()],
            "steps": self.next_steps.steps,
        }
        return {name: self[name].data for name in names} | lists
