"""The shelf of an account: which files suit it, what it was sent, and what changed since. All as far as the reader may
see the files, by the one rule.

A file suits when it is made for the industry or the stage of the account and for no other, when its rights hold and
when it may be used in the account's region. What is approved comes first, then what is made for both.
"""

import re
from dataclasses import dataclass, field

from sqlalchemy import Select, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from app.access import entry_clause, space_clause
from app.accounts.models import Account
from app.assets.copies import findable
from app.assets.listing import listed
from app.assets.models import Asset, Version
from app.db import now
from app.entries.cards import load_related
from app.entries.models import Entry
from app.entries.places import rooted_in
from app.extensions import db
from app.people.models import Person
from app.reuse.models import AssetPlace, folded
from app.sendings.fit import best_version, regions_around
from app.sendings.models import Sending, SendingItem
from app.spaces.models import Space

SHOWN = 12
MOVED_SHOWN = 12
ACCOUNTS_SHOWN = 8
_CURSOR = re.compile(r"([0-3])-(\d{1,10})")


@dataclass(frozen=True)
class Spot:
    """Where a stretch of the shelf goes on: below this rank and file."""

    rank: int
    key: int

    def __str__(self) -> str:
        return f"{self.rank}-{self.key}"

    @classmethod
    def read(cls, text: str | None) -> "Spot | None":
        """What an address says; None if that is no spot."""
        found = _CURSOR.fullmatch(text or "")
        return cls(int(found[1]), int(found[2])) if found else None


@dataclass
class Line:
    """A file that suits: the version to send, what it is made for that the account has, and when it was sent to it."""

    asset: Asset
    number: int
    suits: tuple[str, ...]
    sent: list[SendingItem] = field(default_factory=list)


def suiting(
    account: Account, reader: Person, *, unsent: bool = False, approved: bool = False, below: Spot | None = None,
    limit: int = SHOWN,
) -> tuple[list[Line], Spot | None]:
    """A stretch of what suits, and where it goes on; `unsent` and `approved` leave only what is. At most
    six statements."""
    branches = list(_branches(account, reader, unsent, approved, below, limit))
    if not branches:
        return [], None
    every = union_all(*branches).subquery()
    first = select(every).distinct().order_by(every.c.rank.desc(), every.c.key.desc()).limit(limit + 1)
    rows = db.session.execute(first).all()
    shown = rows[:limit]
    sent = sent_to(account, [key for _rank, key, _suits in shown])
    files = {each.id: each for each in listed([key for _rank, key, _suits in shown], reader)}
    lines = [Line(files[key], best_version(files[key]), tuple(suits.split()), sent.get(key, []))
             for _rank, key, suits in shown]
    return lines, Spot(*shown[-1][:2]) if len(rows) > limit else None


def _branches(account: Account, reader: Person, unsent: bool, approved: bool, below: Spot | None, limit: int):
    """Each a bounded query of (rank, key, suits), read by the index of what files are made for, the newest first."""
    wanted = {"industry": folded(account.industry), "stage": account.stage}
    known = [name for name, value in wanted.items() if value]
    for is_approved in (True,) if approved else (True, False):
        state = Asset.approved_number.is_not(None) if is_approved else Asset.approved_number.is_(None)
        usual = [*_usable(account, reader), state, *([_not_sent(account)] if unsent else [])]
        rank = 2 * is_approved
        if len(known) == 2:
            both = _made_for("industry", wanted["industry"], rank + 1, "industry stage")
            yield _bounded(both.where(_says("stage", wanted["stage"]), *usual), rank + 1, below, limit)
        for name in known:
            others = [~_says(other) for other in known if other != name]
            yield _bounded(_made_for(name, wanted[name], rank, name).where(*others, *usual), rank, below, limit)


def _made_for(dimension: str, key: str, rank: int, suits: str) -> Select:
    return select(literal(rank).label("rank"), AssetPlace.asset_id.label("key"), literal(suits).label("suits")).join(
        Asset, Asset.id == AssetPlace.asset_id).where(AssetPlace.dimension == dimension, AssetPlace.key == key)


def _bounded(query: Select, rank: int, below: Spot | None, limit: int) -> Select:
    if below is not None:
        query = query.where(literal(rank < below.rank) | (literal(rank == below.rank) & (
            AssetPlace.asset_id < below.key)))
    rows = query.order_by(AssetPlace.asset_id.desc()).limit(limit + 1).subquery()
    return select(rows.c.rank, rows.c.key, rows.c.suits)


def _says(dimension: str, *keys: str):
    """True, in SQL, for files that say one of these of a dimension, or anything at all."""
    said = aliased(AssetPlace)
    named = [said.key.in_(keys)] if keys else []
    return exists().where(said.asset_id == Asset.id, said.dimension == dimension, *named)


def _usable(account: Account, reader: Person) -> list:
    """What may be used now, where the account is."""
    today = now().date()
    found = [findable(reader, Asset), or_(Asset.usable_until.is_(None), Asset.usable_until >= today),
             or_(Asset.usable_from.is_(None), Asset.usable_from <= today)]
    if account.region:
        found.append(or_(~_says("region"), _says("region", *sorted(regions_around(account.region)))))
    return found


def _not_sent(account: Account):
    # An alias, or the entries of the sendings would be taken for those of the files.
    its = aliased(Entry)
    return ~exists().where(SendingItem.asset_id == Asset.id, SendingItem.sending_id == its.id,
                           its.space_id == account.space_id, its.deleted_at.is_(None))


def sent_to(account: Account, asset_ids: list[int]) -> dict[int, list[SendingItem]]:
    """When an account was sent these files, the latest first, with whom and by whom. Two statements."""
    found: dict[int, list[SendingItem]] = {}
    if not asset_ids:
        return found
    query = select(SendingItem).join(SendingItem.sending).join(SendingItem.version).where(
        SendingItem.asset_id.in_(asset_ids), rooted_in(account.space_id, Sending), Sending.deleted_at.is_(None)
    ).options(contains_eager(SendingItem.version), contains_eager(SendingItem.sending).options(
        joinedload(Sending.author), selectinload(Sending.contacts)))
    for each in db.session.scalars(query.order_by(Sending.happened_at.desc(), Sending.id.desc())):
        found.setdefault(each.asset_id, []).append(each)
    return found


def history(account: Account, reader: Person, *, before: int | None = None, limit: int = SHOWN
            ) -> tuple[list[Sending], int | None]:
    """What an account was sent, the latest recorded first, and where it goes on. Five statements."""
    query = select(Sending).where(rooted_in(account.space_id, Sending), Sending.deleted_at.is_(None)).options(
        joinedload(Sending.author), selectinload(Sending.contacts),
        selectinload(Sending.items).joinedload(SendingItem.version))
    if before is not None:
        query = query.where(Sending.id < before)
    rows = list(db.session.scalars(query.order_by(Sending.id.desc()).limit(limit + 1)))
    load_related(rows[:limit], reader)
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def moved_on(account: Account, reader: Person) -> list[tuple[SendingItem, Asset]]:
    """Of what the account was sent last: what has an approved version since, may not be used any more, or is gone. Two
    statements, at most MOVED_SHOWN of them.
    """
    later, its_version, its_sending = aliased(SendingItem), aliased(Version), aliased(Entry)
    file = aliased(Asset, flat=True)
    newer = exists().where(
        later.asset_id == SendingItem.asset_id, later.version_id == its_version.id, later.sending_id == its_sending.id,
        its_sending.space_id == account.space_id, its_sending.deleted_at.is_(None),
        (its_version.number > Version.number) | ((its_version.number == Version.number) & (later.id > SendingItem.id)))
    query = select(SendingItem, file).join(SendingItem.sending).join(SendingItem.version).join(
        file, file.id == SendingItem.asset_id).where(
        rooted_in(account.space_id, Sending), Sending.deleted_at.is_(None), entry_clause(reader, file), ~newer,
        or_(file.deleted_at.is_not(None), file.usable_until < now().date(), file.approved_number > Version.number),
    ).options(contains_eager(SendingItem.version), contains_eager(SendingItem.sending).options(
        joinedload(Sending.author), selectinload(Sending.contacts)))
    return [tuple(row) for row in db.session.execute(query.order_by(SendingItem.id.desc()).limit(MOVED_SHOWN))]


def accounts_sent(asset: Asset, reader: Person) -> list[SendingItem]:
    """To which accounts a file was sent, of those that `reader` may see, the latest first. One statement."""
    query = select(SendingItem).join(SendingItem.sending).join(SendingItem.version).join(
        Space, Space.id == Sending.space_id).where(
        SendingItem.asset_id == asset.id, Sending.deleted_at.is_(None), entry_clause(reader, Sending),
        space_clause(reader)).options(
        contains_eager(SendingItem.version), contains_eager(SendingItem.sending).contains_eager(Sending.space))
    return list(db.session.scalars(query.order_by(Sending.happened_at.desc(), Sending.id.desc()).limit(
        ACCOUNTS_SHOWN)))
