"""The files the browser loads, as they were built: kept in memory, packed, and kept by browsers for good.

They are answered before all else, for they know no session: its cookie changes with every page, and a browser that was
told so would load them again.
"""

import gzip
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from werkzeug.wrappers import Request, Response

PREFIX = "/static/built/"
FOR_GOOD = "public, max-age=31536000, immutable"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PACKED = {".css", ".js", ".svg"}


class BuiltFile(NamedTuple):
    """A file, whole and packed, None where packing gains nothing; `version` is in its address."""

    version: str
    kind: str
    whole: bytes
    packed: bytes | None


class BuiltFiles:
    """Answers for the built files that the manifest names; everything else goes on to `app`."""

    def __init__(self, app, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.kept: dict[str, BuiltFile | None] = {}
        self.versions = cache(self._manifest)

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        file = self.file(path[len(PREFIX):]) if path.startswith(PREFIX) else None
        if file is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.app(environ, start_response)
        return _answer(Request(environ), file)(environ, start_response)

    def file(self, name: str) -> BuiltFile | None:
        """Read once. Of names that the manifest does not have nothing is kept: anybody can think of as many as they
        like.
        """
        if name not in self.kept and name in self.versions():
            self.kept[name] = self._read(name)
        return self.kept.get(name)

    def _manifest(self) -> dict[str, str]:
        path = self.folder / "manifest.json"
        return json.loads(path.read_text()) if path.exists() else {}

    def _read(self, name: str) -> BuiltFile | None:
        """None for what is of no kind that the browser loads, and for a file that is another one by now."""
        version, suffix = self.versions()[name], Path(name).suffix
        if suffix not in TYPES:
            return None
        whole = (self.folder / name).read_bytes()
        if not hashlib.sha256(whole).hexdigest().startswith(version):
            return None
        return BuiltFile(version, TYPES[suffix], whole, gzip.compress(whole, 9, mtime=0) if suffix in PACKED else None)


def _answer(request: Request, file: BuiltFile) -> Response:
    is_packed = file.packed is not None and request.accept_encodings["gzip"] > 0
    answer = Response(file.packed if is_packed else file.whole, mimetype=file.kind)
    if is_packed:
        answer.headers["Content-Encoding"] = "gzip"
    if file.packed is not None:
        answer.vary.add("Accept-Encoding")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # Without its version an address is that of whatever is built next.
    answer.headers["Cache-Control"] = FOR_GOOD if request.args.get("v") == file.version else "no-cache"
    answer.set_etag(file.version)
    return answer.make_conditional(request)
