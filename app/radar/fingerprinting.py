"""The background job that takes the fingerprints of a file, once it has its pages, and notes what it is like."""

import logging

from sqlalchemy import Select, delete, exists, insert, or_, select
from sqlalchemy.orm import aliased

from app import jobs
from app.activity.delivery import commit
from app.assets import pages
from app.assets.copies import copies
from app.assets.models import Asset, Page, Version
from app.db import one_at_a_time
from app.entries.actions import after_removal
from app.entries.models import Entry
from app.extensions import db
from app.radar.index import SHARES, Match, find
from app.radar.models import Fingerprint, FingerprintKey, Likeness
from app.radar.prints import WHOLE, Prints
from app.radar.reading import read
from app.radar.sketches import EDITION

log = logging.getLogger(__name__)
AT_ONCE = 20


@jobs.job("radar.fingerprint")
def fingerprint(asset_id: int) -> None:
    """Take the fingerprints of the version that people read. Started twice, it does so again and ends the same."""
    asset = db.session.get(Asset, asset_id)
    version = asset.page_version if asset and not asset.is_deleted else None
    if version is None or version.status == "pending":
        db.session.rollback()
        return
    version_id, sha256, media_type = version.id, version.sha256, version.media_type
    made = list(db.session.scalars(select(Page).where(Page.version_id == version_id).order_by(Page.number)))
    texts = {each.number: f"{each.title}\n{each.text.removeprefix(each.title)}" for each in made}
    drawn = {each.number: each.thumb_sha256 for each in made if each.thumb_sha256}
    # Reading takes its time; what is looked at from here on would hold others up meanwhile.
    db.session.rollback()
    prints = read(sha256, media_type, texts=texts, drawn=drawn)
    one_at_a_time(db.session, "radar")
    version = db.session.get(Version, version_id)
    if version and not version.asset.is_deleted:
        note(version, prints)
    commit()


def note(version: Version, prints: Prints) -> None:
    """Keep the fingerprints of a version in place of those of its asset, and what they are like."""
    forget(version.asset_id)
    ids = {}
    for each in prints:
        row = Fingerprint(version_id=version.id, page=each.page, edition=EDITION, sketch=each.sketch.tobytes(),
                          figures=each.figures.tobytes(), squares=each.squares)
        db.session.add(row)
        db.session.flush()
        ids[each.page] = row.id
    keys = [{"key": key, "fingerprint_id": ids[each.page]} for each in prints for key in set(each.lookups())]
    if keys:
        db.session.execute(insert(FingerprintKey), keys)
    alike = {pair: share for match in find(prints, besides=version.asset_id)
             for pair, share in _links(match, ids, len(prints.pages))}
    alike |= _exact(version, ids[WHOLE])
    rows = [{"fingerprint_id": one, "other_id": other, "share": min(share, 1.0)}
            for (mine, its), share in alike.items() for one, other in ((mine, its), (its, mine))]
    if rows:
        db.session.execute(insert(Likeness), rows)


def _links(match: Match, ids: dict[int, int], telling_pages: int):
    """Pairs of fingerprints that are alike, and how much; the whole files only if they are nearly the same."""
    is_near = match.kind(telling_pages) != SHARES
    for page, other_id, share in match.links:
        if page != WHOLE or is_near:
            yield (ids[page], other_id), share


def _exact(version: Version, whole_id: int) -> dict[tuple[int, int], float]:
    """Files with the same bytes are alike, even if nothing can be read of them."""
    same = [each.id for each in copies(version.sha256, seen=Asset.deleted_at.is_(None), besides=version.asset_id)]
    others = select(Fingerprint.id).where(Fingerprint.version_id.in_(same), Fingerprint.page == WHOLE)
    return {(whole_id, other): 1.0 for other in db.session.scalars(others)}


def forget(asset_id: int) -> None:
    """An asset has no fingerprints any more; what was like it goes with them."""
    versions = select(Version.id).where(Version.asset_id == asset_id)
    db.session.execute(delete(Fingerprint).where(Fingerprint.version_id.in_(versions)))


def missing() -> Select:
    """Ids of assets whose fingerprints are not there, or were made in an older way: the newest first."""
    other = aliased(Version)
    drawn = exists().where(other.asset_id == Version.asset_id, other.status == "ready", other.page_count > 0)
    noted = exists().where(Fingerprint.version_id == Version.id, Fingerprint.page == WHOLE,
                           Fingerprint.edition == EDITION)
    # The version that people read (`Asset.page_version`): the newest that has pages, else the newest.
    has_pages = (Version.status == "ready") & (Version.page_count > 0) & ~drawn.where(other.number > Version.number)
    has_none = (Version.status != "pending") & (Version.number == Asset.version_count) & ~drawn
    return select(Asset.id).join(Version, Version.asset_id == Asset.id).where(
        Asset.deleted_at.is_(None), ~noted, or_(has_pages, has_none)).order_by(Asset.id.desc())


@jobs.every_minute
def fingerprint_missed(limit: int = AT_ONCE) -> int:
    """Take the fingerprints of what was stored before there were any, or whose job was lost; how many there were."""
    ids = list(db.session.scalars(missing().limit(limit)))
    db.session.rollback()
    for asset_id in ids:
        fingerprint(asset_id)
    return len(ids)


@after_removal
def _forget_removed(entry: Entry) -> None:
    if isinstance(entry, Asset):
        forget(entry.id)


pages.finished.append(lambda version: jobs.request("radar.fingerprint", version.asset_id))
