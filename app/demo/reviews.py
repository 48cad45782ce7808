"""Campaign reviews of the demo company: their figures, split by channel and month, and the decks made from them."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from app.demo import promises
from app.demo.calendar import Calendar
from app.demo.decks import Deck
from app.demo.script import Block
from app.reviews.figures import COUNTS

TEXTS = ("programme", "region", "segment", "currency")
LABELS = {"cost": "Cost", "responses": "Responses", "leads": "Leads", "mqls": "MQLs", "sqls": "SQLs",
          "opportunities": "Opportunities", "pipeline": "Pipeline", "won": "Won"}
WEEKS = (3, 4, 5, 9, 6, 5, 12, 16, 9, 7, 6, 4, 2)
COSTLY_WEEKS = (9, 8, 8, 8, 7, 8, 9, 9, 8, 8, 7, 6, 5)
"""How responses and leads, and how cost came over the thirteen weeks of a quarter: around the webinars."""
FUNNEL = ("responses", "leads", "mqls", "sqls", "opportunities", "new_customers")


@dataclass
class Content:
    """What a review says. `shares` holds for each channel its share of cost, responses and leads, in per cent;
    `rows_by` is the kind of rows that its figures are broken down into, if any: "channel" or "week"."""

    title: str
    body: str
    fields: dict
    shares: dict[str, tuple[int, int, int]]
    notes: str
    rows_by: str = ""
    correction: str = ""

    @property
    def filename(self) -> str:
        return f"{re.sub(r'[^a-z0-9]+', '-', self.title.lower()).strip('-')}-{self.fields['quarter'].lower()}.pptx"


def read(block: Block, calendar: Calendar) -> Content:
    """A review as `content/reviews_*.md` writes it."""
    quarter = int(block.fields["q"])
    fields = {name: block.fields.get(name, "") for name in TEXTS}
    fields |= {"quarter": calendar.quarter(quarter), "starts_on": calendar.first_day(quarter),
               "ends_on": calendar.last_day(quarter)}
    figures = block.fields["figures"].split()
    for name, value in zip(figures[::2], figures[1::2], strict=True):
        fields[name] = int(value) if name.removeprefix("target_") in COUNTS else Decimal(value)
    if "rate" in block.fields:
        fields |= {"rate": Decimal(block.fields["rate"]), "rate_on": fields["ends_on"]}
    shares = {}
    for part in block.fields["channels"].split(","):
        name, _, numbers = part.strip().rpartition(" ")
        shares[name] = tuple(int(number) for number in numbers.split("/"))
    fields["channels"] = list(shares)
    fields["what_worked"] = calendar.words(block.parts["worked"])
    fields["what_did_not"] = calendar.words(block.parts["did not"])
    fields["next_steps"] = [line.text for line in promises.read(block.parts["next"], calendar)]
    return Content(calendar.words(block.fields["title"]), calendar.words(block.text), fields, shares,
                   calendar.words(block.parts.get("notes", "")), block.fields.get("rows", ""))


def split(total, weights) -> list[int]:
    """A total in whole parts by weight that add up to it again (largest remainder)."""
    whole, sum_of_weights = int(total), sum(weights)
    parts = [whole * weight // sum_of_weights for weight in weights]
    rest = sorted(range(len(weights)), key=lambda key: -(whole * weights[key] % sum_of_weights))
    for key in rest[: whole - sum(parts)]:
        parts[key] += 1
    return parts


def rows(content: Content) -> list[tuple[str, dict]]:
    """The figures of a review by channel, as the deck has them, or by the weeks of its quarter."""
    fields, parted = content.fields, ("cost", "responses", "leads")
    if content.rows_by == "channel":
        labels = list(content.shares)
        weights = dict(zip(parted, zip(*content.shares.values(), strict=True), strict=True))
    else:
        days = (fields["starts_on"] + timedelta(weeks=number) for number in range(len(WEEKS)))
        labels = [f"W{day.isocalendar().week}" for day in days]
        weights = dict.fromkeys(parted, WEEKS) | {"cost": COSTLY_WEEKS}
    parts = {name: split(fields[name], weights[name]) for name in parted if fields.get(name) is not None}
    return [(label, {name: values[at] for name, values in parts.items()}) for at, label in enumerate(labels)]


def money(amount, currency: str) -> str:
    """Thousands with a comma: "EUR 41,200"."""
    return "–" if amount is None else f"{currency} {amount:,.0f}"


def deck(content: Content, presenter: str) -> bytes:
    """The deck of a review: eight to twelve slides. The corrected one leaves out the months and puts the bad first."""
    fields = content.fields
    quarter = f"{fields['quarter'][5:]} {fields['quarter'][:4]}"
    made = Deck(f"{content.title}  ·  {quarter}")
    made.cover(content.title, [f"Campaign review {quarter}  ·  {fields['region']}  ·  {fields['segment']}", presenter],
               content.notes)
    made.points("The quarter in three sentences", _sentences(content.body)[:3], "Read these aloud, then stop talking.")
    _results(made, fields)
    _channels(made, content)
    told = [("What worked", fields["what_worked"], ""),
            ("What did not", fields["what_did_not"], "Say this before somebody asks. ")]
    for title, text, aside in reversed(told) if content.correction else told:
        made.points(title, _items(text), aside + text)
    made.points("Next steps", fields["next_steps"], "Each has an owner. We open with this list next quarter.")
    if content.correction:
        made.points("What changed in this version", content.correction.split("\n"), "Second version.")
    return made.save()


def _results(made: Deck, fields: dict) -> None:
    currency = fields["currency"]
    cost, expected = fields.get("cost"), fields.get("expected_responses")
    rows = [["", "Plan", "Actual"], ["Cost", money(fields.get("budget"), currency), money(cost, currency)]]
    rows.append(["Responses", f"{expected:,}" if expected else "–", _count(fields.get("responses"))])
    rows += [[LABELS[name], "", _count(fields.get(name))] for name in ("leads", "mqls", "sqls", "opportunities")]
    rows += [[LABELS[name], "", money(fields.get(name), currency)] for name in ("pipeline", "won")]
    made.table("Results against plan", rows, "A dash means that nobody has the figure yet. It does not mean zero.")
    known = [name for name in FUNNEL if fields.get(name) is not None]
    made.bars(_funnel_title(fields), [LABELS.get(name, "Customers") for name in known],
              {"Count": [fields[name] for name in known]}, "From response to customer, same cohort.", "#,##0")


def _funnel_title(fields: dict) -> str:
    mqls, sqls = fields.get("mqls"), fields.get("sqls")
    if not mqls or sqls is None:
        return "The funnel, as far as we can see it"
    return f"Sales took {sqls} of {mqls} qualified leads: {sqls / mqls:.0%}"


def _channels(made: Deck, content: Content) -> None:
    fields, names = content.fields, list(content.shares)
    weights = list(zip(*content.shares.values(), strict=True))
    totals = [fields.get(name) for name in ("cost", "responses", "leads")]
    parts = [split(total, weight) if total is not None else [None] * len(names)
             for total, weight in zip(totals, weights, strict=True)]
    per_lead = [cost / leads if cost is not None and leads else None
                for cost, leads in zip(parts[0], parts[2], strict=True)]
    head = ["Channel", f"Cost ({fields['currency']})", "Responses", "Leads", "Cost per lead"]
    rows = [[name, _count(parts[0][at]), _count(parts[1][at]), _count(parts[2][at]),
             "–" if per_lead[at] is None else f"{per_lead[at]:,.0f}"] for at, name in enumerate(names)]
    total = ["All", *(_count(each) for each in totals),
             f"{totals[0] / totals[2]:,.0f}" if totals[0] and totals[2] else "–"]
    made.table("Channel performance", [head, *rows, total], "Cost includes media, agency and travel, not our salaries.")
    priced = [(name, float(price)) for name, price in zip(names, per_lead, strict=True) if price is not None]
    if len(priced) > 1:
        best = min(priced, key=lambda each: each[1])[0]
        made.bars(f"{best} gave the cheapest leads", [name for name, _ in priced],
                  {f"Cost per lead ({fields['currency']})": [round(price) for _, price in priced]},
                  "Cheap is not good: look at the funnel before moving budget.", "#,##0")
    if fields.get("leads") and not content.correction:
        months = [f"Month {number}" for number in (1, 2, 3)]
        made.columns("When the leads came", months, {"Leads": split(fields["leads"], (5, 8 + len(names), 7))},
                     "The middle month carries it, as always.", "#,##0")


def _count(number) -> str:
    return "–" if number is None else f"{number:,.0f}"


def _plain(text: str) -> str:
    return re.sub(r"\*\*|[@#$](?=\w)|`", "", text)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", _plain(" ".join(text.split())))


def _items(text: str) -> list[str]:
    return [_plain(line.lstrip("-* ")) for line in text.split("\n") if line.strip()]
