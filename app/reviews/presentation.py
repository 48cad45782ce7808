"""How a review's figures are shown."""

from datetime import date

from babel.lists import format_list
from flask_babel import format_date, format_decimal, format_percent, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.presentation import money
from app.reviews.figures import AMOUNTS
from app.reviews.kpis import Formula, Kpi, kpis
from app.reviews.models import Review
from app.reviews.proposal_models import ProposedValue

METRIC_NAMES = {
    "budget": _l("Budget"), "cost": _l("Cost"), "expected_responses": _l("Expected responses"), "sent": _l("Sent"),
    "responses": _l("Responses"), "leads": _l("Leads"), "mqls": _l("MQLs"), "sqls": _l("SQLs"),
    "opportunities": _l("Opportunities"), "new_customers": _l("New customers"), "pipeline": _l("Pipeline"),
    "won": _l("Won"), "margin": _l("Attributed margin"),
}
FIELD_NAMES = METRIC_NAMES | {
    "title": _l("Campaign"), "programme": _l("Programme"), "quarter": _l("Quarter"), "region": _l("Region"),
    "segment": _l("Segment"), "channels": _l("Channels"), "starts_on": _l("From"), "ends_on": _l("Until"),
    "currency": _l("Currency"), "what_worked": _l("What worked"), "what_did_not": _l("What did not"),
    "next_steps": _l("Next steps"),
}
MISSING = {
    "budget": _l("the budget is missing"), "cost": _l("the cost is missing"),
    "expected_responses": _l("expected responses are missing"), "sent": _l("the number sent is missing"),
    "responses": _l("responses are missing"), "leads": _l("leads are missing"), "mqls": _l("MQLs are missing"),
    "sqls": _l("SQLs are missing"), "opportunities": _l("opportunities are missing"),
    "new_customers": _l("new customers are missing"), "pipeline": _l("the pipeline is missing"),
    "won": _l("the won amount is missing"), "margin": _l("the attributed margin is missing"),
}
ZERO = {
    "budget": _l("the budget is zero"), "cost": _l("the cost is zero"),
    "expected_responses": _l("no responses were expected"), "sent": _l("nothing was sent"),
    "leads": _l("there are no leads"), "mqls": _l("there are no MQLs"),
    "new_customers": _l("there are no new customers"),
}
HEADLINE = ("cpl", "romi", "mql_to_sql", "cac")


def kpi_value(kpi: Kpi, currency: str) -> str | None:
    """The figure as people read it; None when there is none."""
    if kpi.value is None:
        return None
    if kpi.unit == "money":
        return money(round(kpi.value, 2), currency)
    if kpi.unit == "ratio":
        return format_percent(kpi.value, "#,##0.#%")
    return format_decimal(round(kpi.value, 1))


def kpi_missing(kpi: Kpi) -> str | None:
    """Why there is no figure: "because leads are missing", "because there are no leads"."""
    if not kpi.missing:
        return None
    reasons = []
    for each in kpi.missing:
        name, _equals, zero = each.partition(" = ")
        reasons.append(str((ZERO if zero else MISSING)[name]))
    return _("because %(reasons)s", reasons=format_list(reasons, locale=get_locale()))


def figure_text(name: str, value, currency: str) -> str:
    """A campaign's own figure: an amount in its currency or a count; "–" when nobody gave it."""
    if value is None:
        return "–"
    return money(value, currency) if name in AMOUNTS else format_decimal(value)


def worked_out(formula: Formula, metrics: dict, currency: str) -> str:
    """A formula with its inputs in place: "€12,000 ÷ 300"."""
    top, bottom, minus = (
        name and figure_text(name, metrics.get(name), currency) for name in (formula.top, formula.bottom, formula.minus)
    )
    return f"({top} − {minus}) ÷ {bottom}" if minus else f"{top} ÷ {bottom}"


def headline_kpis(review: Review) -> list[dict]:
    """The four figures of a card, for templates."""
    by_name = {kpi.name: kpi for kpi in kpis(review.metrics)}
    return [
        {"label": kpi.label, "value": kpi_value(kpi, review.currency), "missing": kpi_missing(kpi),
         "definition": kpi.definition}
        for kpi in (by_name[name] for name in HEADLINE)
    ]


def proposed_value(proposed: ProposedValue, currency: str) -> str:
    """What a deck proposes, as people read it; `currency` is the deck's."""
    value = proposed.proposal.value
    if proposed.field in AMOUNTS:
        return money(value, currency)
    if isinstance(value, int):
        return format_decimal(value)
    if isinstance(value, date):
        return format_date(value)
    return " · ".join(value) if isinstance(value, list) else value
