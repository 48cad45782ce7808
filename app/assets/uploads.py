"""What an upload is refused with, in words for the person who sent it."""

from flask import current_app
from flask_babel import gettext as _

from app.assets.store import StoreError, StoreFull, TooLarge


def refusal(error: StoreError) -> str:
    """Why the file was not kept, and what to do."""
    if isinstance(error, TooLarge):
        limit = current_app.config["UPLOAD_LIMIT"] // 1024**2
        return _("The file is larger than %(limit)s MB. Nothing else you typed is lost.", limit=limit)
    if isinstance(error, StoreFull):
        return _("There is no space left for files on this server. Tell your administrator; nothing else is lost.")
    return _("The file could not be stored just now. Try again in a minute; nothing else is lost.")
