"""Files that have arrived and are held for who sent them: made an asset or a version of it, once."""

from flask import abort
from flask_babel import gettext as _
from sqlalchemy import select

from app.access import LARGEST_KEY
from app.assets.actions import KeptFile, add_version, keep, upload
from app.assets.models import Asset, StoredFile, Version
from app.assets.store import StoreError
from app.assets.uploads import name_sent, refusal
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


def fetch_held(key: int | None, person: Person) -> Upload:
    """The file of `person` with this id of an upload; of anybody else's there is none: 404."""
    if not key or not 0 < key <= LARGEST_KEY:
        abort(404)
    # Whoever asks twice at the same moment waits for themselves, and then finds what the first made of it.
    mine = select(Upload).where(Upload.id == key, Upload.person_id == person.id).with_for_update(of=Upload)
    held = db.session.scalar(mine)
    if held is None or (held.entry is not None and not isinstance(held.entry, Asset)):
        # What stands in a text that was posted belongs to the text.
        abort(404)
    return held


def kept(held: Upload) -> KeptFile:
    """What is held, as the actions take it."""
    size = db.session.scalar(select(StoredFile.bytes).where(StoredFile.sha256 == held.sha256))
    return KeptFile(held.sha256, size, held.filename, held.media_type, held.media_kind)


def keep_chosen(form) -> KeptFile | None:
    """Store the `file` that was sent with a form; None, and why beside the field, if there is none or no keeping it."""
    if not form.file.data:
        form.file.errors = [_("Choose a file first.")]
        return None
    try:
        return keep(form.file.data.stream, name_sent(form.file.data))
    except StoreError as error:
        form.file.errors = [refusal(error)]
        return None


def upload_held(held: Upload, space: Space, *, actor: Person, title: str = "", body: str = "") -> Asset:
    """Share a held file in a space; asked again, the answer is what was made of it the first time.

    Raises StoreUnavailable as `actions.remember` does.
    """
    if isinstance(held.entry, Asset):
        return held.entry
    asset = upload(space, kept(held), actor=actor, title=title, body=body)
    held.entry = asset
    return asset


def add_held(held: Upload, asset: Asset, *, actor: Person, note: str = "") -> Version:
    """A held file becomes the next version of an asset; asked again, the answer is the version it became."""
    if held.entry_id == asset.id:
        same = (Version.asset_id == asset.id, Version.sha256 == held.sha256)
        return db.session.scalars(select(Version).where(*same).order_by(Version.number.desc())).first()
    version = add_version(asset, kept(held), actor=actor, note=note)
    held.entry = asset
    return version
