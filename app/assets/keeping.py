"""What every store of files promises, and the part of it that does not depend on where the bytes end up."""

import errno
import hashlib
import io
import os
import re
import secrets
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

PIECE = 1024 * 1024
"""Bytes read or written at a time: what one transfer holds in memory on disk."""

_NAME = re.compile(r"[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StoreError(Exception):
    """Something about the store, not about the caller's request."""


class TooLarge(StoreError):
    """The stream held more bytes than the caller allows; `limit_bytes` says how many that is."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"more than {limit_bytes} bytes")
        self.limit_bytes = limit_bytes


class StoreFull(StoreError):
    """No room is left on the disk that the file was being written to."""


class StoreUnavailable(StoreError):
    """The store cannot be reached, or refuses to be read or written."""


class NotStored(StoreError, LookupError):
    """No file of that name is here."""


class Readable(Protocol):
    """Anything that hands out bytes piece by piece: an upload, an open file."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Stored:
    """A file that is now in the store: the SHA-256 of its bytes (64 hex digits) and their number.

    `is_new` says that it was written just now; else it was there already.
    """

    sha256: str
    bytes: int
    is_new: bool = field(default=False, compare=False)


class Store(ABC):
    """Files by the SHA-256 of their bytes. `temporaries` is a folder on this machine for half-written files."""

    temporaries: Path

    def put(self, stream: Readable, limit_bytes: int) -> Stored:
        """Keep everything `stream` still holds; on any failure nothing is left behind.

        Raises `TooLarge` over `limit_bytes`, `StoreFull`, `StoreUnavailable`, and whatever the stream itself raises.
        """
        temporary = self._temporary()
        try:
            stored = copy(stream, temporary, limit_bytes)
            if not self.exists(stored.sha256):
                self._keep(temporary, stored.sha256)
                stored = replace(stored, is_new=True)
        finally:
            temporary.unlink(missing_ok=True)
        return stored

    @contextmanager
    def being_written(self) -> Iterator[Path]:
        """A path for a large file that is made here and then kept with `keep`; if it is not, nothing is left of it."""
        temporary = self._temporary()
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

    def keep(self, temporary: Path) -> Stored:
        """Keep a finished file of `being_written` without writing it once more. Raises as `put` does."""
        digest, size = hashlib.sha256(), 0
        with disk_errors(), temporary.open("rb") as file:
            os.fsync(file.fileno())
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
        stored = Stored(digest.hexdigest(), size)
        if self.exists(stored.sha256):
            return stored
        self._keep(temporary, stored.sha256)
        return replace(stored, is_new=True)

    def read_range(self, sha256: str, start: int, length: int) -> Iterator[bytes]:
        """Up to `length` bytes from offset `start`, in pieces; fewer at the end. Raises `NotStored` at once."""
        file = self.open(sha256)
        return _pieces(file, start, length)

    def sweep_temporaries(self, older_than: timedelta) -> int:
        """Remove half-written files that a killed process left more than `older_than` ago; how many there were."""
        oldest = time.time() - older_than.total_seconds()
        swept = 0
        for path in self.temporaries.glob("*.part"):
            with suppress(FileNotFoundError):  # another process swept or finished it
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    swept += 1
        return swept

    def _temporary(self) -> Path:
        with disk_errors():
            self.temporaries.mkdir(parents=True, exist_ok=True)
        return self.temporaries / f"{secrets.token_hex(16)}.part"

    @abstractmethod
    def open(self, sha256: str) -> BinaryIO:
        """The file, seekable; the caller closes it. Raises `NotStored`."""

    @abstractmethod
    def size(self, sha256: str) -> int:
        """Its length in bytes. Raises `NotStored`."""

    @abstractmethod
    def local_path(self, sha256: str) -> AbstractContextManager[Path]:
        """A path that other programs can read while the context lasts; never write to it. Raises `NotStored`."""

    @abstractmethod
    def delete(self, sha256: str) -> None:
        """Forget the file; no error if it is not here."""

    @abstractmethod
    def exists(self, sha256: str) -> bool:
        """Whether the whole file is here."""

    @abstractmethod
    def modified(self, sha256: str) -> datetime:
        """When the file came here, in UTC. Raises `NotStored`."""

    @abstractmethod
    def names(self) -> Iterator[tuple[str, datetime]]:
        """Every file, with the time at which it came."""

    @abstractmethod
    def check(self) -> None:
        """Write, read and remove a few bytes. Raises `StoreUnavailable` or `StoreFull`: the store is not ready."""

    @abstractmethod
    def _keep(self, temporary: Path, sha256: str) -> None:
        """Give a finished, synced file its final name, in one step that cannot be seen half done."""


def copy(stream: Readable, path: Path, limit_bytes: int) -> Stored:
    """Write the stream to a new, synced file, counting and hashing. Memory: one piece."""
    digest, size = hashlib.sha256(), 0
    with disk_errors():
        file = path.open("xb", buffering=0)
    with file:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit_bytes:
                raise TooLarge(limit_bytes)
            digest.update(piece)
            with disk_errors():
                write_all(file, piece)
        with disk_errors():
            os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def write_all(file: io.FileIO, piece: bytes) -> None:
    """Write all of the piece, however little of it the system takes at a time."""
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]


def _pieces(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def is_name(sha256: str) -> bool:
    """Whether it is a hash and so the name of a file."""
    return _NAME.fullmatch(sha256) is not None


def check_name(sha256: str) -> None:
    """Raises `NotStored` for a name that is no hash, so that no request ever chooses a path."""
    if not is_name(sha256):
        raise NotStored(sha256)


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the disk says into `StoreFull` or `StoreUnavailable`."""
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL
        raise (StoreFull if full else StoreUnavailable)(error.strerror) from error
