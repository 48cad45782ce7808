"""The part of a review's form that holds figures: what was, what was aimed at, and in which money."""

import json
from decimal import Decimal
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, SelectField
from wtforms.validators import Optional, StopValidation, ValidationError
from wtforms.widgets import TextInput

from app.forms import Form
from app.reviews.currencies import LARGEST_RATE, RATE_PLACES, Rate, company_currency, rate_errors
from app.reviews.figures import METRICS, OWN_TARGETS, TARGETS
from app.reviews.numerals import CURRENCIES, figure, number

ORDER = ("cost", "sent", "responses", "leads", "mqls", "sqls", "opportunities", "new_customers", "pipeline", "won",
         "margin")
FIGURES = ("currency", "rate", "rate_on", *METRICS, *OWN_TARGETS)


class TypedField(Field):
    """A number as people write it, kept as typed when it cannot be read."""

    widget = TextInput()
    typed = None

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else self.written(self.data)

    def written(self, value) -> str:
        """A value as the field shows it."""
        return f"{Decimal(value):f}".removesuffix(".00")

    def process_formdata(self, values) -> None:
        self.typed = values[0].strip() if values else ""
        self.data = None
        if self.typed:
            self.data = self.read(self.typed)


class FigureField(TypedField):
    """A figure: 1,200.50 or 1.200,50 or 1 200."""

    def __init__(self, label=None, *, whole: bool = False, may_be_negative: bool = False, **options) -> None:
        super().__init__(label, **options)
        self.whole, self.may_be_negative = whole, may_be_negative

    def read(self, text: str) -> Decimal | int:
        return figure(text, whole=self.whole, may_be_negative=self.may_be_negative)


class RateField(TypedField):
    """A rate: 0.92 or 0,128, where a sign alone is always the decimal one."""

    def written(self, value: Decimal) -> str:
        return f"{value.normalize():f}"

    def read(self, text: str) -> Decimal:
        found = number(text, decimal="," if "," in text else ".")
        if 0 < found < LARGEST_RATE:
            found = found.quantize(RATE_PLACES)
        if not 0 < found < LARGEST_RATE:
            raise ValueError(_l("A rate is above zero and below %(most)s.", most=f"{LARGEST_RATE:,}"))
        return found


class OptionalUnlessRated(Optional):
    """The day of a rate may stay empty when the rate does."""

    def __call__(self, form, field) -> None:
        try:
            super().__call__(form, field)
        except StopValidation:
            message = rate_errors(form.currency.data, form.rate.data, None).get("rate_on")
            raise StopValidation(message) if message else StopValidation() from None


class FiguresForm(Form):
    """Every figure may stay empty; an empty one is never taken for zero."""

    rates: ClassVar[dict[str, Rate]] = {}

    currency = SelectField(_l("Currency"), choices=[(each, each) for each in CURRENCIES])
    rate = RateField(_l("Rate"))
    rate_on = DateField(_l("Rate of"), [OptionalUnlessRated()])
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
    target_sent = FigureField(_l("Target: sent"), whole=True)
    target_leads = FigureField(_l("Target: leads"), whole=True)
    target_mqls = FigureField(_l("Target: MQLs"), whole=True)
    target_sqls = FigureField(_l("Target: SQLs"), whole=True)
    target_opportunities = FigureField(_l("Target: opportunities"), whole=True)
    target_new_customers = FigureField(_l("Target: new customers"), whole=True)
    target_pipeline = FigureField(_l("Target: pipeline"))
    target_won = FigureField(_l("Target: won"))
    target_margin = FigureField(_l("Target: attributed margin"), may_be_negative=True)

    def validate_rate(self, field) -> None:
        # What stands hidden beside the company's own currency is no mistake, and not kept either.
        if self.currency.data == company_currency():
            field.data = self.rate_on.data = None
        # A rate that cannot be read is there all the same.
        message = rate_errors(self.currency.data, field.data, self.rate_on.data).get("rate")
        if message and not field.process_errors:
            raise ValidationError(message)

    def figures(self) -> dict:
        """What the model takes of them."""
        return {name: self[name].data for name in FIGURES}

    def propose_rates(self, rates: dict[str, Rate]) -> None:
        """Offer the rates that were last used, and fill in that of the currency where nothing is stated yet."""
        self.rates = rates
        is_open = self.rate.data is None and self.rate_on.data is None and not self.is_submitted()
        if is_open and (last := rates.get(self.currency.data)):
            self.rate.data, self.rate_on.data = last.rate, last.on

    @property
    def company_currency(self) -> str:
        return company_currency()

    @property
    def proposed_rates(self) -> str:
        """The rates as the page's script reads them: `{"USD": ["0.92", "2026-09-30"]}`."""
        rates = {name: [self.rate.written(each.rate), each.on.isoformat()] for name, each in self.rates.items()}
        return json.dumps(rates)

    @property
    def rows(self) -> list[tuple[FigureField, FigureField]]:
        """The figures as the form lists them: the field of what was, and that of what was aimed at."""
        targets = {name: self[column] for name, column in TARGETS.items()}
        return [(self[name], targets[name]) for name in ORDER]
