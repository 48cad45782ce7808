"""Importing the zip of an old share: started by a person, listed, and taken over file by file, each once."""

from pathlib import PurePosixPath

from sqlalchemy import func, insert, select
from sqlalchemy.orm import joinedload

from app import jobs
from app.access import can
from app.activity.recording import record
from app.assets.actions import KeptFile, remember, upload
from app.assets.held import kept
from app.assets.tags import with_tags
from app.db import now
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space
from app.uploads import kinds
from app.uploads.models import STATES, Import, ImportMember
from app.uploads.zips import Member, Unfit, folders

JOB = "uploads.import"
ROWS = 100
"""So many files stand on a page of the report."""


def start_import(space: Space, file: KeptFile, *, actor: Person, body: str = "") -> Import:
    """Take a zip that is in the store into a space; the files come in the background."""
    remember(file)
    started = Import(person=actor, space=space, sha256=file.sha256, archive_sha256=file.sha256, filename=file.filename,
                     body=body.strip())
    db.session.add(started)
    db.session.flush()
    jobs.request(JOB, started.id)
    return started


def import_held(held: Upload, space: Space, *, actor: Person, body: str = "") -> Import:
    """The same with a file that arrived before; it is held no longer. Asked again, the answer is the same import."""
    same = (Import.person_id == actor.id, Import.space_id == space.id, Import.sha256 == held.sha256)
    begun = select(Import).where(*same, Import.created_at >= held.created_at).order_by(Import.id.desc())
    return db.session.scalars(begun).first() or start_import(space, kept(held), actor=actor, body=body)


def resume(work: Import) -> None:
    """Go on with what stopped, where it stopped."""
    work.status, work.reason, work.touched_at = "running", None, now()
    jobs.request(JOB, work.id)


def list_members(work: Import, found: list[Member]) -> None:
    """Note what the archive holds; what cannot be imported is refused at once."""
    work.listed = True
    rows = [
        {"import_id": work.id, "position": each.position, "path": each.path, "bytes": each.bytes,
         "reason": each.reason, "state": "refused" if each.reason else "waiting"}
        for each in found
    ]
    if rows:
        db.session.execute(insert(ImportMember), rows)


def take(work: Import, member: ImportMember, file: KeptFile) -> None:
    """A member, whose bytes are in the store, becomes an asset of the space. Raises Unfit if that is forbidden."""
    member.sha256 = file.sha256
    same = (ImportMember.import_id == work.id, ImportMember.sha256 == file.sha256, ImportMember.asset_id.is_not(None))
    first = db.session.scalar(select(ImportMember.asset_id).where(*same).limit(1))
    if first:
        refuse(member, "same_file")
        member.asset_id = first
        return
    if not work.person.is_active or not can(work.person, "post", work.space):
        raise Unfit("not_allowed")
    asset = upload(
        work.space, file, actor=work.person, title=PurePosixPath(member.path).stem,
        body=with_tags(work.body, folders(member.path)), import_id=work.id,
    )
    member.state, member.asset_id = "imported", asset.id


def refuse(member: ImportMember, reason: str) -> None:
    """A member does not become an asset; the report says why."""
    member.state, member.reason = "refused", reason


def end(work: Import, status: str, reason: str | None = None) -> None:
    """It is done, stopped for a reason that can be mended, or failed for good. Told once, if anything came of it."""
    work.status, work.reason, work.finished_at = status, reason, now()
    if status == "stopped":
        return
    work.archive_sha256 = None
    newest = db.session.scalar(select(func.max(ImportMember.asset_id)).where(ImportMember.import_id == work.id))
    record(kinds.Imported, actor=None, person=work.person, space=work.space, import_id=work.id, file=work.filename,
           imported=counts(work)["imported"], newest=newest)


def counts(work: Import) -> dict[str, int]:
    """How many members are in each state."""
    query = select(ImportMember.state, func.count()).where(ImportMember.import_id == work.id)
    return dict.fromkeys(STATES, 0) | dict(db.session.execute(query.group_by(ImportMember.state)).all())


def stretch(work: Import, state: str | None, *, after: int | None) -> tuple[list[ImportMember], int | None]:
    """Members in the order of the archive, in one state or in any, behind a position; and from where to go on."""
    query = select(ImportMember).where(ImportMember.import_id == work.id).options(joinedload(ImportMember.asset))
    if state:
        query = query.where(ImportMember.state == state)
    if after is not None:
        query = query.where(ImportMember.position > after)
    rows = list(db.session.scalars(query.order_by(ImportMember.position).limit(ROWS + 1)))
    return rows[:ROWS], rows[ROWS - 1].position if len(rows) > ROWS else None
