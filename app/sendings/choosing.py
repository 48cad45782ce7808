"""The files somebody chose to record as sent, each in a version, and what is known against that."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import readable_clause
from app.accounts.models import Account
from app.assets.copies import findable
from app.assets.models import Asset, Version
from app.extensions import db
from app.people.models import Person
from app.sendings.actions import MOST
from app.sendings.fit import against, best_version
from app.spaces.models import Space

ACCOUNTS_OFFERED = 500


@dataclass(frozen=True)
class Chosen:
    """A file, the version of it, and the codes of what is known against sending that."""

    asset: Asset
    version: Version
    codes: list[str]


def chosen(ids: Iterable[int], numbers: dict[int, int], account: Account, channel: str, reader: Person
           ) -> list[Chosen]:
    """Those of the files that `reader` may see, in the order of `ids`: in the version named, else in the best one.
    Three statements.
    """
    ids = list(dict.fromkeys(ids))[:MOST]
    query = select(Asset).where(Asset.id.in_(ids), findable(reader, Asset)).options(
        selectinload(Asset.versions), selectinload(Asset.places))
    found = {each.id: each for each in db.session.scalars(query)} if ids else {}
    result = []
    for asset in (found[key] for key in ids if key in found):
        by_number = {each.number: each for each in asset.versions}
        version = by_number.get(numbers.get(asset.id)) or by_number[best_version(asset)]
        result.append(Chosen(asset, version, against(asset, version.number, account, channel)))
    return result


def accounts_for(person: Person) -> list[Account]:
    """The accounts that `person` may record something in: what a form offers."""
    query = select(Account).join(Account.space).where(readable_clause(person), Space.archived_at.is_(None))
    return list(db.session.scalars(query.order_by(Space.name).limit(ACCOUNTS_OFFERED)))
