"""The loop report: which hand-offs somebody may see, narrowed, counted, and as CSV."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from app.access import entry_clause
from app.accounts.models import Account
from app.entries.models import Entry
from app.extensions import db
from app.forms import tidy
from app.handoffs.loop import GROUPINGS, Given, Loop
from app.handoffs.models import Handoff, HandoffStep
from app.people.models import Person
from app.reviews.models import Review
from app.reviews.quarters import bounds, quarter_of
from app.reviews.sheet import harmless
from app.web import whole_number

FILTERS = ("quarter", "programme", "source", "region")
MOST = 5000
"""So many of the newest are counted."""
HEADER = ("group", "given", "accepted", "declined", "declined_because", "median_hours_to_first_answer",
          "opportunities", "opportunity_amounts", "won", "won_amounts")


@dataclass(frozen=True)
class Asked:
    """What the address asks for: filters, one review, and by what the rows are grouped."""

    wanted: Mapping[str, str]
    review_id: int | None = None
    by: str = "programme"

    def address(self, **changes) -> dict:
        """What the address keeps, without what is empty."""
        kept = {**self.wanted, "review": self.review_id, "by": self.by if self.by != "programme" else ""} | changes
        return {name: value for name, value in kept.items() if value}


def read(arguments) -> Asked:
    """What the query of an address asks for; a grouping that nobody knows is that by programme."""
    by = arguments.get("by", "programme")
    return Asked({name: tidy(arguments.get(name)) for name in FILTERS}, whole_number(arguments, "review"),
                 by if by in GROUPINGS else "programme")


def _rows(person: Person) -> tuple[Select, object, object]:
    """The hand-offs that `person` may see with their account and, where they may see it, their campaign; its id and the
    programme are columns to narrow by.
    """
    # The two tables of a review one after the other: joined first, SQLite would read all entries there are for them.
    campaign, entry = Review.__table__.alias(), aliased(Entry)
    seen = (entry.id == campaign.c.id) & entry.deleted_at.is_(None) & entry_clause(person, entry)
    programme = func.coalesce(case((entry.id.is_not(None), campaign.c.programme)), Handoff.programme)
    query = select(
        Handoff.id, Handoff.created_at, Handoff.state, Handoff.declined_because, Handoff.answered_after, Handoff.source,
        Handoff.outcome, Account.region, entry.id, entry.title, programme,
    ).join(Account, Account.space_id == Handoff.space_id).outerjoin(
        campaign, campaign.c.id == Handoff.review_id).outerjoin(entry, seen).where(
        Handoff.deleted_at.is_(None), entry_clause(person, Handoff))
    return query, entry.id, programme


def given(person: Person, asked: Asked) -> list[Given]:
    """What was handed over, the newest first, at most MOST. Two statements."""
    query, review_id, programme = _rows(person)
    if asked.review_id:
        query = query.where(review_id == asked.review_id)
    if quarter := asked.wanted.get("quarter"):
        try:
            first, end = bounds(quarter)
        except ValueError:
            return []
        query = query.where(Handoff.created_at >= first, Handoff.created_at < end)
    columns = {"programme": programme, "source": Handoff.source,
               "region": Account.region}
    query = query.where(*(column == asked.wanted[name] for name, column in columns.items() if asked.wanted.get(name)))
    rows = db.session.execute(query.order_by(Handoff.id.desc()).limit(MOST)).all()
    amounts = _amounts([row.id for row in rows if row.outcome])
    return [_given(row, amounts) for row in rows]


def _given(row, amounts: dict[tuple[int, str], tuple[Decimal, str]]) -> Given:
    key, created_at, state, because, after, source, _outcome, region, review_id, title, programme = row
    return Given(quarter_of(created_at), programme or "", source, region, state, because, after,
                 amounts.get((key, "opportunity")), amounts.get((key, "won")), review_id, title or "")


def _amounts(ids: list[int]) -> dict[tuple[int, str], tuple[Decimal, str]]:
    """The last amount of each opportunity and of each win."""
    if not ids:
        return {}
    steps = select(HandoffStep.handoff_id, HandoffStep.step, HandoffStep.amount, HandoffStep.currency).where(
        HandoffStep.handoff_id.in_(ids), HandoffStep.amount.is_not(None)).order_by(HandoffStep.id)
    return {(key, step): (amount, currency) for key, step, amount, currency in db.session.execute(steps)}


def choices(person: Person) -> dict[str, list[str]]:
    """What each filter offers: the values of all that `person` may see. One statement."""
    query, _review_id, programme = _rows(person)
    values = query.with_only_columns(programme, Handoff.source, Account.region, Handoff.created_at).order_by(
        Handoff.id.desc()).limit(MOST)
    rows = db.session.execute(values).all()
    offered = {name: sorted({row[at] for row in rows} - {"", None})
               for at, name in enumerate(("programme", "source", "region"))}
    return offered | {"quarter": sorted({quarter_of(row[3]) for row in rows}, reverse=True)}


def sheet(loops: Iterable[Loop]) -> bytes:
    """A group a row, for spreadsheets: UTF-8 with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for each in loops:
        hours = "" if each.median_answer is None else f"{each.median_answer / 3600:.2f}"
        because = "; ".join(f"{reason}: {count}" for reason, count in each.reasons.most_common())
        writer.writerow([harmless(each.label), each.given, each.accepted, each.declined, harmless(because), hours,
                         each.opportunities, _money(each.pipeline), each.won, _money(each.revenue)])
    return text.getvalue().encode("utf-8-sig")


def _money(amounts: Mapping[str, Decimal]) -> str:
    return "; ".join(f"{amount:f} {currency}" for currency, amount in sorted(amounts.items()))
