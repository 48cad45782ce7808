"""A line that brings files in pieces, as tus clients do, and archives as people pack them."""

import base64
import io
import zipfile
from collections.abc import Callable

import pytest

from app.assets.store import Store, open_store
from app.entries.attachments import Upload
from app.extensions import db

AT = "/uploads/resumable"


class Line:
    """What one person's browser says to the server, request by request."""

    def __init__(self, browser) -> None:
        self.browser = browser

    def ask(self, method: str, url: str, *, data: bytes | None = None, version: str = "1.0.0", **headers):
        named = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        sent = {"Tus-Resumable": version, "Accept": "application/json"} | named
        return self.browser.open(url, method=method, data=data, headers=sent,
                                 content_type="application/offset+octet-stream" if data is not None else None)

    def announce(self, size: int, name: str = "plan.txt"):
        metadata = f"filename {base64.b64encode(name.encode()).decode()},filetype dGV4dA=="
        return self.ask("POST", AT, Upload_Length=size, Upload_Metadata=metadata)

    def add(self, url: str, at: int, data: bytes):
        return self.ask("PATCH", url, data=data, Upload_Offset=at)

    def offset(self, url: str) -> int:
        return int(self.ask("HEAD", url).headers["Upload-Offset"])

    def send(self, data: bytes, name: str = "plan.txt") -> Upload:
        """All of a file at once; the upload that it has become."""
        url = self.announce(len(data), name).headers["Location"]
        done = self.add(url, 0, data) if data else self.ask("HEAD", url)
        return db.session.get(Upload, int(done.headers["Upload-Id"]))


@pytest.fixture
def store(app, tmp_path, monkeypatch) -> Store:
    """A store of the test's own."""
    own = open_store(str(tmp_path / "files"))
    monkeypatch.setitem(app.extensions, "store", own)
    return own


@pytest.fixture
def line(world, browser_of) -> Line:
    """Lena's."""
    return Line(browser_of(world.lena))


@pytest.fixture
def line_of(browser_of) -> Callable:
    return lambda person: Line(browser_of(person))


def packed(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
