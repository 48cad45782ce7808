"""Which reviews are wanted: the filters of the list, of the comparison and of the API, and the values they offer."""

import re

from sqlalchemy import select

from app.access import entry_clause
from app.extensions import db
from app.forms import tidy
from app.people.models import Person
from app.reviews.models import Review, ReviewChannel

FILTERS = ("quarter", "region", "programme", "channel", "segment")
_COLUMNS = {"region": Review.region, "programme": Review.programme, "segment": Review.segment}


def wanted(arguments) -> dict[str, str]:
    """The filters that the query of an address sets; empty where it sets none."""
    return {name: tidy(arguments.get(name)) for name in FILTERS}


def conditions(asked: dict) -> list:
    """The filters in SQL; those that are missing or empty ask for nothing. `quarter` may be a whole year, "2026"."""
    found = [column == asked[name] for name, column in _COLUMNS.items() if asked.get(name)]
    if quarter := asked.get("quarter"):
        is_year = re.fullmatch(r"[0-9]{4}", quarter) is not None
        found.append(Review.quarter.between(f"{quarter}-Q1", f"{quarter}-Q4") if is_year else Review.quarter == quarter)
    if asked.get("channel"):
        found.append(has_channel([asked["channel"]]))
    return found


def has_channel(channels: list[str]):
    """True, in SQL, for reviews of any of these channels."""
    return Review.id.in_(select(ReviewChannel.review_id).where(ReviewChannel.channel.in_(channels)))


def choices(person: Person) -> dict[str, list[str]]:
    """The values each filter offers: those of reviews that `person` may see. Years stand before their quarters."""
    seen = (entry_clause(person, Review), Review.deleted_at.is_(None))
    rows = db.session.execute(select(Review.quarter, *_COLUMNS.values()).where(*seen).distinct()).all()
    offered = {name: sorted({row[at] for row in rows} - {""}) for at, name in enumerate(_COLUMNS, start=1)}
    quarters = {row[0] for row in rows}
    offered["quarter"] = sorted(quarters | {each[:4] for each in quarters}, key=_newest_year_first)
    channel = select(ReviewChannel.channel).join(Review, Review.id == ReviewChannel.review_id).where(*seen)
    offered["channel"] = list(db.session.scalars(channel.distinct().order_by(ReviewChannel.channel)))
    return offered


def _newest_year_first(period: str) -> tuple[int, int]:
    year, _dash, quarter = period.partition("-Q")
    return -int(year), -int(quarter or 5)
