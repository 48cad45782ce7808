"""Where the bytes of uploaded files and rendered pages live, named by what they contain (SHA-256).

Two stores with one interface: a folder on disk, and a bucket that speaks S3. A file is written once, whole, and never
changed: a name that exists has all its bytes, and writing the same bytes again costs nothing but reading them.
Nothing here knows who may read what; that is decided before a store is asked.
"""

import io
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from app.assets.bucket import ObjectStore
from app.assets.growing import DiskGrowing, Misplaced
from app.assets.keeping import (
    PIECE,
    NotStored,
    Store,
    Stored,
    StoreError,
    StoreFull,
    StoreUnavailable,
    TooLarge,
    check_name,
    copy,
    disk_errors,
    is_name,
)

__all__ = [
    "DiskStore",
    "Misplaced",
    "NotStored",
    "ObjectStore",
    "Store",
    "StoreError",
    "StoreFull",
    "StoreUnavailable",
    "Stored",
    "TooLarge",
    "open_store",
]


class DiskStore(Store):
    """A folder: `ab/cd/abcd…`, `.parts/` for what is still being written (same disk, so a rename is atomic), and
    `.arriving/` for what comes in pieces.
    """

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.temporaries = self.folder / ".parts"
        self.growing = DiskGrowing(self.folder / ".arriving", self.exists, self._keep)

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise NotStored(sha256) from None

    def size(self, sha256: str) -> int:
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError:
            raise NotStored(sha256) from None

    def local_path(self, sha256: str) -> AbstractContextManager[Path]:
        if not self.exists(sha256):
            raise NotStored(sha256)
        return nullcontext(self._path(sha256))

    def delete(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def exists(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def modified(self, sha256: str) -> datetime:
        try:
            return datetime.fromtimestamp(self._path(sha256).stat().st_mtime, UTC)
        except FileNotFoundError:
            raise NotStored(sha256) from None

    def names(self) -> Iterator[tuple[str, datetime]]:
        for path in self.folder.glob("??/??/*"):
            if is_name(path.name):
                with suppress(NotStored):
                    yield path.name, self.modified(path.name)

    def check(self) -> None:
        probe = self._temporary()
        try:
            copy(io.BytesIO(b"probe"), probe, PIECE)
        finally:
            probe.unlink(missing_ok=True)

    def _keep(self, temporary: Path, sha256: str) -> None:
        path = self._path(sha256)
        with disk_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(path)
            _sync_folder(path.parent)

    def _path(self, sha256: str) -> Path:
        check_name(sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256


def open_store(url: str, temporaries: Path | str | None = None) -> Store:
    """The store a setting names: `s3://…`, `file:///folder` or a plain folder."""
    if url.startswith("s3://"):
        return ObjectStore(url, temporaries)
    return DiskStore(unquote(url.removeprefix("file://")))


def _sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
