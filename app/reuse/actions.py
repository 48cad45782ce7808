"""Adapting files, keeping in step with what they were adapted from, and saying what they may be used for."""

from datetime import date, timedelta

from sqlalchemy import select

from app.activity.recording import record
from app.assets.actions import KeptFile, newer_versions, upload
from app.assets.models import Asset, Version
from app.db import insert_missing, now
from app.entries.actions import expect_usable
from app.extensions import db
from app.people.models import Person
from app.reuse import kinds
from app.reuse.models import AssetPlace, Derivation, ExpiryNotice, folded
from app.spaces.models import Space

RIGHTS = ("licence", "source", "people_shown", "usable_from", "usable_until")
"""What binds every copy of a file as it binds the file."""
NOTICE_DAYS = (30, 7, 0)
"""So many days before its rights end the owner of a file is told."""


def adapt(
    version: Version, space: Space, *, actor: Person, file: KeptFile | None = None, title: str = "", why: str = ""
) -> Asset:
    """Make a file of one's own of a version of another one: of the same bytes, which are stored once, or of `file`.

    It remembers where it comes from and why it was made, and is bound by the same rights. Raises NotUsable.
    """
    origin = version.asset
    expect_usable(origin)
    file = file or KeptFile(version.sha256, version.bytes, version.filename, version.media_type, version.media_kind)
    asset = upload(space, file, actor=actor, title=title or origin.title)
    for name in RIGHTS:
        setattr(asset, name, getattr(origin, name))
    asset.places = [AssetPlace(dimension=each.dimension, value=each.value) for each in origin.places]
    asset.origin_id = origin.id
    db.session.add(Derivation(asset=asset, origin=origin, version=version, why=why.strip()))
    db.session.flush()
    record(kinds.Adapted, actor=actor, entry=asset)
    return asset


def tell_derived(version: Version, actor: Person) -> None:
    """What was adapted from the asset of `version` is stale from now on; its owner is told once, until they looked."""
    behind = select(Derivation).join(Derivation.asset).where(
        Derivation.origin_id == version.asset_id, Asset.deleted_at.is_(None), Asset.origin_changed.is_(False))
    for each in db.session.scalars(behind).all():
        if each.version.sha256 != version.sha256:
            each.asset.origin_changed = True
            record(kinds.OriginChanged, actor=None, entry=each.asset)


newer_versions.append(tell_derived)


def settle(derivation: Derivation, seen: Version, outcome: str, *, actor: Person, note: str = "") -> None:
    """Say of a newer version of the origin that it was taken over, or does not matter (`outcome`, one of OUTCOMES).

    `seen` is the version that was looked at: one that came meanwhile leaves the copy stale.
    """
    db.session.execute(select(Asset.id).where(Asset.id == seen.asset_id).with_for_update(of=Asset.__table__))
    db.session.expire(seen.asset, ["version_count", "versions"])
    derivation.version, derivation.outcome, derivation.note = seen, outcome, note.strip()
    derivation.settled_at, derivation.settled_by = now(), actor
    derivation.asset.origin_changed = seen.asset.current.sha256 != seen.sha256
    record(kinds.OriginSettled, actor=actor, entry=derivation.asset, outcome=outcome)


def say_rights(
    asset: Asset, *, actor: Person, places: dict[str, list[str]] | None = None, language: str | None = None, **rights
) -> bool:
    """Say what a file may be used for: `rights` are columns of RIGHTS, `places` its values by dimension; what is left
    out stays. False if nothing changed.
    """
    changed = {name: value for name, value in rights.items() if getattr(asset, name) != value}
    for name, value in changed.items():
        setattr(asset, name, value)
    if language is not None and language != asset.language:
        asset.language, asset.language_said, changed["language"] = language, True, language
    for dimension, values in (places or {}).items():
        wanted = set({folded(value): value.strip() for value in values if value.strip()}.values())
        kept = [each for each in asset.places if each.dimension == dimension]
        if wanted != {each.value for each in kept}:
            changed[dimension] = True
            there = {each.value for each in kept}
            asset.places = [each for each in asset.places if each.dimension != dimension or each.value in wanted] + [
                AssetPlace(dimension=dimension, value=value) for value in sorted(wanted - there)]
    if changed:
        db.session.flush()
        record(kinds.RightsChanged, actor=actor, entry=asset, changed=sorted(changed))
    return bool(changed)


def tell_of_ending(today: date) -> int:
    """Tell owners of files whose rights end within a month, a week, or today, once each; how many were told."""
    last = today + timedelta(days=max(NOTICE_DAYS))
    near = select(Asset).where(Asset.usable_until.between(today, last), Asset.deleted_at.is_(None))
    told = 0
    for asset in db.session.scalars(near).all():
        days = min(each for each in NOTICE_DAYS if (asset.usable_until - today).days <= each)
        notice = {"asset_id": asset.id, "until": asset.usable_until, "days": days}
        if insert_missing(db.session, ExpiryNotice, [notice]):
            record(kinds.RightsEnding, actor=None, entry=asset, until=asset.usable_until.isoformat())
            told += 1
    return told
