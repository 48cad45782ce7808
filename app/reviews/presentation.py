"""How a review's figures are shown."""

from datetime import date

from flask_babel import format_date, format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.presentation import money
from app.reviews.kpis import Kpi, kpis
from app.reviews.models import AMOUNTS, Review
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
    """Why there is no figure: "Leads is missing", "Leads is zero"."""
    if not kpi.missing:
        return None
    reasons = []
    for each in kpi.missing:
        name, _equals, zero = each.partition(" = ")
        label = str(METRIC_NAMES[name])
        reasons.append(_("%(name)s is zero", name=label) if zero else _("%(name)s is missing", name=label))
    return ", ".join(reasons)


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
