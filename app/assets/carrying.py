"""What is said of a page stays with it: once a new version has its pages they are compared with those before.

The comparison is kept in `Page.continues_id` and `Version.follows_id`. Whatever is anchored to a page that goes on
moves along; what stands on a page that is gone stays. A page that comes back brings back what was said of it.
"""

from collections.abc import Sequence

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased, load_only

from app import jobs
from app.activity.delivery import commit
from app.assets import pages
from app.assets.models import Asset, Page, Version, anchored
from app.assets.page_matching import PageContent, match, match_equal
from app.extensions import db


def compare(version: Version) -> None:
    """Compare the pages of a version with those of the one before; if the next one was drawn sooner, it is compared
    anew, with these.
    """
    if not version.has_pages:
        return
    # Nobody writes beside a page while it is found out what has become of it.
    db.session.execute(select(Asset.id).where(Asset.id == version.asset_id).with_for_update(of=Asset.__table__))
    before = _neighbour(version, Version.number < version.number, Version.number.desc())
    after = _neighbour(version, Version.number > version.number, Version.number)
    if after:
        db.session.execute(update(Page).where(Page.version_id == after.id).values(continues_id=None))
    if before:
        _follow(version, before)
    if after:
        _follow(after, version)


def _drawn(version=Version) -> tuple:
    return version.status == "ready", version.page_count > 0


def _neighbour(version: Version, side, order) -> Version | None:
    there = select(Version).where(Version.asset_id == version.asset_id, *_drawn(), side)
    return db.session.scalar(there.order_by(order).limit(1))


def _follow(version: Version, previous: Version) -> None:
    version.follows_id = previous.id
    new, old = _pages(Page.version_id == version.id), _pages(Page.version_id == previous.id)
    _link(new, old, match(_contents(old), _contents(new)))
    rest = [each for each in new if each.continues_id is None]
    if rest:
        lost = _lost(previous)
        _link(rest, lost, match_equal(_contents(lost), _contents(rest)))
    db.session.flush()
    for model in anchored:
        _carry(model.__table__, version)


def _pages(*conditions) -> list[Page]:
    columns = load_only(Page.version_id, Page.number, Page.continues_id, Page.title, Page.text, Page.image_sha256)
    return list(db.session.scalars(select(Page).where(*conditions).order_by(Page.version_id.desc(), Page.number)
                                   .options(columns).execution_options(populate_existing=True)))


def _contents(found: Sequence[Page]) -> list[PageContent]:
    return [PageContent(each.title, each.text, each.image_sha256) for each in found]


def _link(new: Sequence[Page], old: Sequence[Page], found: dict[int, int]) -> None:
    for i, j in found.items():
        new[j].continues_id = old[i].id


def _lost(previous: Version) -> list[Page]:
    """Pages of the versions before `previous` that nothing continues, those gone last first."""
    following = aliased(Page)
    older = select(Version.id).where(Version.asset_id == previous.asset_id, Version.number < previous.number)
    return _pages(Page.version_id.in_(older), ~exists().where(following.continues_id == Page.id))


def _carry(table, version: Version) -> None:
    """Move what is anchored to a page that goes on in `version` over to it, its region as it is."""
    old, new = aliased(Page), aliased(Page)
    db.session.execute(update(table).where(
        new.version_id == version.id, old.id == new.continues_id,
        table.c.version_id == old.version_id, table.c.page == old.number,
    ).values(version_id=new.version_id, page=new.number))


@jobs.every_minute
def compare_missed() -> int:
    """Compare the versions that were drawn before versions were compared, the oldest first; how many there were."""
    earlier = aliased(Version)
    missed = select(Version.id).where(
        Version.number > 1, Version.follows_id.is_(None), *_drawn(),
        exists().where(earlier.asset_id == Version.asset_id, earlier.number < Version.number, *_drawn(earlier)),
    )
    ids = list(db.session.scalars(missed.order_by(Version.id).limit(20)))
    db.session.rollback()
    for version_id in ids:
        compare(db.session.get(Version, version_id))
        commit()
    return len(ids)


pages.finished.append(compare)
