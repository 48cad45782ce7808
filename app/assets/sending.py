"""Giving bytes back: originals as attachments that no browser runs, our own pictures to be shown, ranges answered."""

from flask import Response, abort, request
from werkzeug.http import dump_options_header, parse_range_header

from app.assets.actions import store
from app.assets.sniff import playable
from app.assets.store import NotStored

RASTER = ("image/png", "image/jpeg", "image/gif", "image/webp")
# Whatever an uploaded file is, in a browser it is data: no script, no frame, no sniffing.
SEALED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _disposition(name: str) -> str:
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    header = dump_options_header("attachment", {"filename": plain})
    if plain == name:
        return header
    return f"{header}; filename*=UTF-8''{_quote(name)}"


def _quote(name: str) -> str:
    safe = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&+-.^_`|~"
    return "".join(chr(byte) if byte in safe else f"%{byte:02X}" for byte in name.encode())


def send_original(
    sha256: str, filename: str, media_type: str, size: int, *, inline_images: bool = False, playing: bool = False
) -> Response:
    """The file byte for byte. With `inline_images` a raster picture may be shown in a page, with `playing` a video or a
    recording be played.
    """
    shown = (inline_images and media_type in RASTER) or (playing and playable(media_type))
    headers = SEALED | {"ETag": f'"{sha256}"', "Accept-Ranges": "bytes", "Cache-Control": "private, max-age=0"}
    if not shown:
        headers["Content-Disposition"] = _disposition(filename)
    if request.if_none_match.contains(sha256):
        return Response(status=304, headers=headers)
    start, length, status = _wanted_range(size, sha256)
    if status == 416:
        return Response(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    try:
        pieces = store().read_range(sha256, start, length)
    except NotStored:
        abort(404)
    response = Response(pieces, status, headers=headers, mimetype=media_type if shown else "application/octet-stream")
    response.content_length = length
    return response


def _wanted_range(size: int, sha256: str) -> tuple[int, int, int]:
    """(start, length, status) of what is asked for: all of it, a part, or something that is not there."""
    asked = parse_range_header(request.headers.get("Range"))
    condition = request.headers.get("If-Range")
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or condition not in (None, f'"{sha256}"'):
        return 0, size, 200
    found = asked.range_for_length(size)
    return (found[0], found[1] - found[0], 206) if found else (0, 0, 416)


def send_picture(sha256: str | None) -> Response:
    """A WebP picture we made ourselves; its address names its version, so a browser keeps it."""
    if sha256 is None:
        abort(404)
    if request.if_none_match.contains(sha256):
        return Response(status=304)
    try:
        size = store().size(sha256)
    except NotStored:
        abort(404)
    headers = SEALED | {"ETag": f'"{sha256}"', "Cache-Control": "private, max-age=86400"}
    response = Response(store().read_range(sha256, 0, size), headers=headers, mimetype="image/webp")
    response.content_length = size
    return response
