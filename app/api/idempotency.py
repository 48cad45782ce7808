"""`Idempotency-Key`: the first answer to a POST is kept in the transaction of what it did, and repeated for a day."""

import hashlib
from datetime import timedelta

from flask import Response, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import delete, select, update

from app import jobs
from app.api.models import IdempotentAnswer
from app.api.problems import Invalid
from app.db import insert_missing, now
from app.extensions import db

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(days=1)
LONGEST_KEY = 200
KEPT_HEADERS = ("Content-Type", "Location", "ETag")


def claim(content_hash: str | None) -> Response | None:
    """Take the key of this request for it, in its transaction; or the answer that the key has already got.

    Of two requests at once the second waits here for the first to commit (SQLite: writers are in a queue; PostgreSQL:
    the unique key makes it wait). `content_hash` stands for a file that was sent.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not 1 <= len(key) <= LONGEST_KEY or not key.isprintable():
        raise Invalid({HEADER: [_("Use 1 to %(most)d printable characters.", most=LONGEST_KEY)]})
    mine = (IdempotentAnswer.person_id == current_user.id, IdempotentAnswer.key == key)
    db.session.execute(delete(IdempotentAnswer).where(*mine, IdempotentAnswer.created_at < now() - KEPT_FOR))
    asked = _hash(content_hash)
    # In SQL rather than by defaults of the model: the statement inserts only if nobody else does at this moment.
    row = {"person_id": current_user.id, "key": key, "request_hash": asked, "headers": {}, "body": b"",
           "created_at": now()}
    if insert_missing(db.session, IdempotentAnswer, [row]):
        return None
    first = db.session.scalar(select(IdempotentAnswer).where(*mine))
    if first.request_hash != asked:
        raise Invalid({HEADER: [_("This key was used for another request.")]})
    return Response(first.body, first.status, headers=first.headers | {"Idempotency-Replayed": "true"})


def _hash(content_hash: str | None) -> str:
    """What makes two requests the same: method, path and what was sent."""
    sent = repr(sorted(request.form.items(multi=True))).encode() + content_hash.encode() if content_hash \
        else request.get_data()
    whole = hashlib.sha256(f"{request.method} {request.full_path}\n".encode())
    whole.update(sent)
    return whole.hexdigest()


def keep(response: Response) -> None:
    """Keep the answer with its key, if the request has one; it is committed together with what the request did."""
    key = request.headers.get(HEADER)
    if key is None:
        return
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    db.session.execute(
        update(IdempotentAnswer)
        .where(IdempotentAnswer.person_id == current_user.id, IdempotentAnswer.key == key)
        .values(status=response.status_code, headers=headers, body=response.get_data())
    )


@jobs.every_minute
def forget() -> None:
    """Drop the answers that are older than a day."""
    db.session.execute(delete(IdempotentAnswer).where(IdempotentAnswer.created_at < now() - KEPT_FOR))
    db.session.commit()
