"""What an upload is refused with, in words for the person who sent it."""

import re

from flask import current_app
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from app.assets.store import StoreError, StoreFull, TooLarge

_NAME_SENT = re.compile(r'filename="((?:\\.|[^"\\])*)"')


def name_sent(file: FileStorage) -> str:
    r"""What the sender calls the file. Some programs send a Windows path as it is, C:\dir\f.pdf, whose backslashes
    are taken for escapes while the form is read: C:dirf.pdf."""
    sent = _NAME_SENT.search(file.headers.get("Content-Disposition", ""))
    if sent and re.search(r'\\[^\\"]', sent.group(1)):
        return re.sub(r'\\([\\"])', r"\1", sent.group(1))
    return file.filename


def refusal(error: StoreError) -> str:
    """Why the file was not kept, and what to do."""
    if isinstance(error, TooLarge):
        limit = current_app.config["UPLOAD_LIMIT"] // 1024**2
        return _("The file is larger than %(limit)s MB. Nothing else you typed is lost.", limit=limit)
    if isinstance(error, StoreFull):
        return _("There is no space left for files on this server. Tell your administrator; nothing else is lost.")
    return _("The file could not be stored just now. Try again in a minute; nothing else is lost.")
