"""tus 1.0.0, the protocol of uploads that go on after a broken line: core, creation, termination, expiration.

Mounted twice: for pages, by the cookie and its token, and for scripts, by an API token. Nothing of the database is held
while bytes arrive, and how much is here is asked of the disk: a server that was killed knows it as well as any.
"""

import binascii
import re
from base64 import b64decode

from flask import Blueprint, Response, abort, current_app, jsonify, request, url_for
from flask.views import MethodView
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import BadRequest, Conflict, PreconditionFailed
from werkzeug.http import http_date

from app.activity.delivery import commit
from app.assets.actions import store
from app.assets.store import Misplaced, NotStored, TooLarge
from app.assets.uploads import NoRoom
from app.extensions import db
from app.uploads import arriving
from app.uploads.models import Arrival
from app.web import received, streaming

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
MEDIA_TYPE = "application/offset+octet-stream"


def _check_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise PreconditionFailed(_("Send “Tus-Resumable: %(version)s”.", version=VERSION))


def _whole(name: str) -> int:
    """A header that is a number of bytes."""
    text = request.headers.get(name, "")
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise BadRequest(_("“%(header)s” is to be a number of bytes.", header=name))
    return int(text)


def _filename() -> str:
    """What the metadata say the file is called: pairs of a word and a value in Base64, with commas between."""
    pairs = (pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(","))
    coded = next((value for name, _space, value in pairs if name == "filename"), "")
    try:
        return b64decode(coded.strip(), validate=True).decode().replace("\0", "")
    except (binascii.Error, ValueError):
        raise BadRequest(_("“Upload-Metadata” cannot be read: values are Base64 of UTF-8.")) from None


def _mine(key: str) -> Arrival:
    query = select(Arrival).where(Arrival.key == key, Arrival.person_id == current_user.id)
    arrival = db.session.scalar(query.options(joinedload(Arrival.upload)))
    # What has become part of an entry arrives no more: the same file chosen again is a new one.
    return arrival if arrival and not (arrival.upload and arrival.upload.entry_id) else abort(404)


def _size(arrival: Arrival) -> int:
    try:
        return arriving.size(arrival)
    except NotStored:
        abort(404)


def _answer(arrival: Arrival, offset: int, status: int) -> Response:
    headers = {
        "Tus-Resumable": VERSION, "Upload-Offset": str(offset), "Upload-Length": str(arrival.bytes),
        "Upload-Expires": http_date(arrival.expires_at), "Cache-Control": "no-store",
    }
    if arrival.upload_id:
        headers["Upload-Id"] = str(arrival.upload_id)
    return Response(status=status, headers=headers)


def _put_away(arrival: Arrival) -> None:
    """The last byte is here. What takes long, reading it all once, is done before anything is locked."""
    try:
        sha256 = arriving.digest(arrival)
        received()
        arriving.put_away(arrival, sha256)
    except NotStored:
        abort(404)


class _Arrivals(MethodView):
    def options(self) -> Response:
        return Response(status=204, headers={
            "Tus-Resumable": VERSION, "Tus-Version": VERSION, "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(current_app.config["UPLOAD_LIMIT"]),
        })

    def post(self) -> Response:
        """Announce a file; what is too large, or does not fit, is refused before a byte of it is sent."""
        _check_version()
        length, limit = _whole("Upload-Length"), current_app.config["UPLOAD_LIMIT"]
        if length > limit:
            raise TooLarge(limit)
        name = _filename()
        received()
        arrival = self._begin(name, length)
        commit()
        if length == 0:
            _put_away(arrival)
        answer = _answer(arrival, 0, 201)
        answer.headers["Location"] = url_for(f"{request.blueprint}.arrival", key=arrival.key)
        return answer


    def _begin(self, name: str, length: int) -> Arrival:
        try:
            return arriving.begin(name, length, actor=current_user)
        except arriving.TooMuchAtOnce:
            raise NoRoom(
                _("You are sending as much as one person may at once. Go on when some of it has arrived.")) from None


class _Arrival(MethodView):
    def get(self, key: str) -> Response:
        """How much is here; as JSON for whoever does not speak tus. Puts away what a killed process left lying."""
        arrival = _mine(key)
        offset = _size(arrival)
        if offset == arrival.bytes and arrival.upload_id is None:
            _put_away(arrival)
        if request.method == "HEAD":
            _check_version()
            return _answer(arrival, offset, 200)
        return jsonify(filename=arrival.filename, bytes=arrival.bytes, offset=offset, upload_id=arrival.upload_id)

    def patch(self, key: str) -> Response:
        """Add bytes where the file ends. Of a line that breaks, what came is kept."""
        _check_version()
        if request.mimetype != MEDIA_TYPE:
            abort(415)
        arrival, at = _mine(key), _whole("Upload-Offset")
        if at + (request.content_length or 0) > arrival.bytes:
            raise BadRequest(_("That is more than was announced."))
        offset = self._take(arrival, at)
        if offset == arrival.bytes:
            _put_away(arrival)
        else:
            received()
            arriving.touch(arrival)
            commit()
        return _answer(arrival, offset, 204)

    def _take(self, arrival: Arrival, at: int) -> int:
        offset = _size(arrival)
        db.session.commit()
        if offset != at:
            raise Conflict(_("%(offset)s bytes of the file are here.", offset=offset))
        if offset == arrival.bytes:
            return offset
        try:
            return store().growing.append(arrival.key, at, request.stream, arrival.bytes)
        except Misplaced as error:
            raise Conflict(_("%(offset)s bytes of the file are here.", offset=error.size)) from None
        except NotStored:
            abort(404)

    def delete(self, key: str) -> Response:
        _check_version()
        arrival = _mine(key)
        received()
        arriving.give_up(arrival)
        commit()
        return Response(status=204, headers={"Tus-Resumable": VERSION})


def mount(blueprint: Blueprint, at: str) -> None:
    """Let a blueprint speak tus at this address."""
    blueprint.add_url_rule(at, view_func=streaming(_Arrivals.as_view("arrivals")))
    blueprint.add_url_rule(f"{at}/<key>", view_func=streaming(_Arrival.as_view("arrival")))
    blueprint.after_request(_name_version)


def _name_version(response: Response) -> Response:
    """Every answer of these addresses names the version, errors as well."""
    if (request.endpoint or "").endswith((".arrivals", ".arrival")):
        response.headers["Tus-Resumable"] = VERSION
        if response.status_code == 412:
            response.headers["Tus-Version"] = VERSION
    return response
