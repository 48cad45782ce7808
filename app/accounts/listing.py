"""The list of accounts: which, in which order, a page at a time. Everything stands in the address."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Date, Select, and_, case, func, literal, or_, select, tuple_
from werkzeug.exceptions import BadRequest

from app.access import LARGEST_KEY, readable_clause, space_clause
from app.accounts.models import STAGES, TIERS, Account
from app.accounts.standing import open_work
from app.accounts.touched import touched_at
from app.db import UTCDateTime, now
from app.extensions import db
from app.forms import tidy
from app.people.models import Person
from app.spaces.models import Space
from app.web import moment_read

SHOWN = 30
ORDERS = ("urgent", "touched", "tier", "name")
"""What is due first; who was silent longest; by tier; by name."""
SILENT = timedelta(days=30)
OFFERED = 200
NO_DAY = date(9999, 12, 31)
LONG_AGO, NEVER_TOLD = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
"""Who was never touched was silent longest; of whose group the reader reads nothing nobody can tell."""
_MOMENT = UTCDateTime()
OWNERS = (Account.marketing_owner_id, Account.sales_owner_id)


@dataclass(frozen=True)
class Wanted:
    """Which accounts: `owner` is a handle, `name` a part of a name."""

    mine: bool = False
    needs: bool = False
    silent: bool = False
    tier: str = ""
    region: str = ""
    industry: str = ""
    stage: str = ""
    owner: str = ""
    name: str = ""
    order: str = ORDERS[0]

    @property
    def is_narrowed(self) -> bool:
        return self.address(order="") != {}

    def address(self, **changes) -> dict:
        """What the address keeps, without what is empty."""
        kept = {name: "1" if value is True else value for name, value in vars(self).items()}
        kept |= {"order": "" if self.order == ORDERS[0] else self.order} | changes
        return {name: value for name, value in kept.items() if value}


def read(arguments) -> Wanted:
    """What an address asks for; what nobody knows asks for nothing."""
    def chosen(name: str, known: tuple[str, ...]) -> str:
        return arguments.get(name, "") if arguments.get(name, "") in known else ""

    words = {name: tidy(arguments.get(name))[:80] for name in ("region", "industry", "owner", "name")}
    return Wanted(
        *(bool(arguments.get(name)) for name in ("mine", "needs", "silent")), tier=chosen("tier", TIERS),
        stage=chosen("stage", STAGES), order=chosen("order", ORDERS) or ORDERS[0], **words)


def known(reader: Person) -> Select:
    """The ids of the accounts that `reader` may know of."""
    return select(Account.id).join(Account.space).where(space_clause(reader))


def narrowed(query: Select, reader: Person, wanted: Wanted, work=None) -> Select:
    """`query` of accounts with their spaces, narrowed to what is wanted and joined with `work` (`open_work`), where
    that is given; with `needs` alone one statement goes ahead.
    """
    for name in ("tier", "region", "industry", "stage"):
        if value := getattr(wanted, name):
            query = query.where(getattr(Account, name) == value)
    if wanted.mine:
        query = query.where(or_(*(column == reader.id for column in OWNERS)))
    if wanted.owner:
        owners = select(Person.id).where(Person.handle == wanted.owner)
        query = query.where(or_(*(column.in_(owners) for column in OWNERS)))
    if wanted.name:
        query = query.where(func.lower(Space.name).contains(wanted.name.lower(), autoescape=True))
    if wanted.needs:
        work = open_work(reader) if work is None else work
        query = query.join(work, and_(work.c.space_id == Account.space_id, work.c.needs == 1))
    elif work is not None:
        query = query.outerjoin(work, work.c.space_id == Account.space_id)
    if wanted.silent:
        query = query.where(_silence(reader) < now() - SILENT)
    return query


def _silence(reader: Person):
    """When they were touched, so that it can be compared and ordered by."""
    at = func.coalesce(touched_at(reader), literal(LONG_AGO, _MOMENT), type_=_MOMENT)
    return case((readable_clause(reader), at), else_=literal(NEVER_TOLD, _MOMENT))


def found(reader: Person, wanted: Wanted, after: str = "", limit: int = SHOWN) -> tuple[list[int], str | None]:
    """The ids of a page of accounts and the key to go on from; two statements, three where it is about what they need.

    Raises BadRequest for a key that is none.
    """
    work = open_work(reader) if wanted.order == "urgent" else None
    query = narrowed(known(reader), reader, wanted, work)
    if work is not None:
        keys = [func.coalesce(work.c.day, literal(NO_DAY, Date), type_=Date), Account.tier]
    else:
        keys = {"touched": lambda: [_silence(reader)], "tier": lambda: [Account.tier, func.lower(Space.name)],
                "name": lambda: [func.lower(Space.name)]}[wanted.order]()
    keys = [*keys, Account.id]
    if after:
        query = query.where(tuple_(*keys) > tuple_(*_read(after, wanted.order)))
    rows = db.session.execute(query.with_only_columns(*keys).order_by(*keys).limit(limit + 1)).all()
    return [row[-1] for row in rows[:limit]], _written(rows[limit - 1]) if len(rows) > limit else None


def _written(row) -> str:
    return json.dumps([each if isinstance(each, str | int) else each.isoformat() for each in row])


_READERS = {"urgent": (date.fromisoformat, str), "touched": (moment_read,), "tier": (str, str),
            "name": (str,)}


def _read(after: str, order: str) -> list:
    try:
        *said, key = json.loads(after)
        values = [read(each) for read, each in zip(_READERS[order], said, strict=True)]
        # What no database takes is none of ours: half a sign, NUL.
        is_ours = b"\0" not in "".join(map(str, values)).encode() and type(key) is int and 0 <= key <= LARGEST_KEY
    except (RecursionError, TypeError, ValueError):
        raise BadRequest from None
    if not is_ours:
        raise BadRequest
    return [*values, key]


def offered(reader: Person) -> dict[str, list]:
    """What a filter can choose: regions, industries and owners of the accounts that `reader` may know of."""
    accounts = known(reader).with_only_columns(Account)
    said = {name: _said(getattr(Account, name), reader) for name in ("region", "industry")}
    owners = accounts.subquery()
    mine = or_(*(Person.id.in_(select(owners.c[name])) for name in ("marketing_owner_id", "sales_owner_id")))
    people = db.session.execute(select(Person.handle, Person.name).where(mine).order_by(Person.name).limit(OFFERED))
    return said | {"owner": [tuple(each) for each in people]}


def _said(column, reader: Person) -> list[str]:
    query = known(reader).with_only_columns(column).where(column != "").distinct().order_by(column).limit(OFFERED)
    return [(each, each) for each in db.session.scalars(query)]
