"""How much an upload may bring, and what it is refused with, in words for the person who sent it."""

import re

from flask import current_app
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, ServiceUnavailable

from app.assets.store import StoreError, StoreFull, TooLarge

_NAME_SENT = re.compile(r'filename="((?:\\.|[^"\\])*)"')


def form_limit() -> int:
    """Bytes of the largest file that one form or one request may bring; what comes in pieces may be larger."""
    return min(current_app.config["FORM_LIMIT"], current_app.config["UPLOAD_LIMIT"])


def limit_text(limit: int) -> str:
    """A limit in bytes, in the unit it was set in: "200 MB", "10 GB"."""
    megabytes = limit // 1024**2
    return f"{megabytes // 1024} GB" if megabytes >= 1024 and megabytes % 1024 == 0 else f"{megabytes} MB"


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
        limit = limit_text(error.limit_bytes)
        return _("The file is larger than %(limit)s. Nothing else you typed is lost.", limit=limit)
    if isinstance(error, StoreFull):
        return _("There is no space left for files on this server. Tell your administrator; nothing else is lost.")
    return _("The file could not be stored just now. Try again in a minute; nothing else is lost.")


class NoRoom(HTTPException):
    """The disk is full."""

    code = 507
    name = "Insufficient Storage"


def as_http(error: StoreError) -> HTTPException:
    """The answer to a request that the store could not serve."""
    kind = RequestEntityTooLarge if isinstance(error, TooLarge) else NoRoom if isinstance(error, StoreFull) \
        else ServiceUnavailable
    return kind(refusal(error))
