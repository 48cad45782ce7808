"""Files that arrive piece by piece: each under a name of its own until it is whole, then one of the store's.

How much of a file is here is what is truly on the disk (or in the bucket), asked each time and noted nowhere else.
Bytes are only ever added at the end, by who knows where that is; so of two lines that bring the same file one stops.
"""

import fcntl
import hashlib
import os
import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from app.assets.keeping import PIECE, NotStored, Readable, Stored, StoreError, StoreFull, disk_errors, write_all

SPARE_BYTES = 64 * 1024**2
"""So much of the disk is left to the database, however many files arrive at once."""
_NAME = re.compile(r"[0-9a-f]{32}")


class Misplaced(StoreError):
    """The bytes do not begin where the file ends; `size` bytes of it are here."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the file has {size} bytes")
        self.size = size


class Growing(ABC):
    """Files that are not whole yet, by names of 32 hex digits. All but `begin` raise NotStored if there is none."""

    @abstractmethod
    def begin(self, name: str) -> None:
        """An empty file. Raises StoreFull, StoreUnavailable."""

    @abstractmethod
    def size(self, name: str) -> int:
        """How many bytes of it are here."""

    @abstractmethod
    def append(self, name: str, at: int, stream: Readable, whole: int) -> int:
        """Add what `stream` holds behind the first `at` bytes, up to `whole` bytes in all; how many are safe now.

        Whatever the stream or the disk raises, what arrived before stays. Raises Misplaced, StoreFull,
        StoreUnavailable.
        """

    @abstractmethod
    def digest(self, name: str) -> Stored:
        """What the store will call it. Reads all of it."""

    @abstractmethod
    def keep(self, name: str, sha256: str) -> None:
        """The file is whole: from now on the store has it, by its hash, and it is here no more."""

    @abstractmethod
    def drop(self, name: str) -> None:
        """Forget it; no error if it is not here."""

    @abstractmethod
    def names(self) -> Iterator[tuple[str, datetime]]:
        """All of them, with the time at which something was added last."""

    @abstractmethod
    def room(self) -> int | None:
        """How many more bytes fit, if anybody can tell."""


def check_growing(name: str) -> None:
    """Raises NotStored for a name that is none of ours, so that no request ever chooses a path."""
    if not _NAME.fullmatch(name):
        raise NotStored(name)


class DiskGrowing(Growing):
    """A folder of files that grow, on the disk of the store, so that keeping one is a rename."""

    def __init__(self, folder: Path, exists: Callable[[str], bool], keep: Callable[[Path, str], None]) -> None:
        self.folder, self._exists, self._keep = folder, exists, keep

    def begin(self, name: str) -> None:
        with disk_errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path(name).open("xb").close()

    def size(self, name: str) -> int:
        with _missing(name):
            return self._path(name).stat().st_size

    def append(self, name: str, at: int, stream: Readable, whole: int) -> int:
        with _missing(name), disk_errors():
            file = os.fdopen(os.open(self._path(name), os.O_WRONLY | os.O_APPEND), "ab", buffering=0)
        with file:
            _add(file, at, b"")
            try:
                while at < whole and (piece := stream.read(min(PIECE, whole - at))):
                    if shutil.disk_usage(self.folder).free < SPARE_BYTES:
                        raise StoreFull(name)
                    _add(file, at, piece)
                    at += len(piece)
            finally:
                with disk_errors():
                    os.fsync(file.fileno())
        return at

    def digest(self, name: str) -> Stored:
        with _missing(name), self._path(name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256")
            return Stored(found.hexdigest(), file.tell())

    def keep(self, name: str, sha256: str) -> None:
        with _missing(name):
            if self._exists(sha256):
                self._path(name).unlink()
            else:
                self._keep(self._path(name), sha256)

    def drop(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        for path in self.folder.glob("*"):
            with _missing(path.name):
                yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def room(self) -> int | None:
        with disk_errors():
            self.folder.mkdir(parents=True, exist_ok=True)
            return shutil.disk_usage(self.folder).free

    def _path(self, name: str) -> Path:
        check_growing(name)
        return self.folder / name


def _add(file: BinaryIO, at: int, piece: bytes) -> None:
    """Write the piece if the file ends at `at`. Locked for this piece only: a line that hangs keeps nobody waiting."""
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        standing = os.fstat(file.fileno())
        if standing.st_nlink == 0:
            raise NotStored(str(file.name))
        if standing.st_size != at:
            raise Misplaced(standing.st_size)
        with disk_errors():
            write_all(file, piece)
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def _missing(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NotStored(name) from None
