"""Where the bytes of uploaded files and rendered pages live, named by what they contain (SHA-256).

Two stores with one interface: a folder on disk, and a bucket that speaks S3. A file is written once, whole, and never
changed: a name that exists has all its bytes, and writing the same bytes again costs nothing but reading them.
Nothing here knows who may read what; that is decided before a store is asked.
"""

import errno
import hashlib
import io
import os
import re
import secrets
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError as BucketError
from obstore.exceptions import NotFoundError
from obstore.store import S3Store

PIECE = 1024 * 1024
"""Bytes read or written at a time: what one transfer holds in memory on disk."""

UPLOAD_PIECE = 8 * 1024 * 1024
"""Bytes of one part of a multipart upload, and of one ranged read (S3 wants at least 5 MB a part)."""

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
    """A file that is now in the store: the SHA-256 of its bytes (64 hex digits) and their number."""

    sha256: str
    bytes: int


class Store(ABC):
    """Files by the SHA-256 of their bytes. `temporaries` is a folder on this machine for half-written files."""

    temporaries: Path

    def put(self, stream: Readable, limit_bytes: int) -> Stored:
        """Keep everything `stream` still holds; on any failure nothing is left behind.

        Raises `TooLarge` over `limit_bytes`, `StoreFull`, `StoreUnavailable`, and whatever the stream itself raises.
        """
        temporary = self._temporary()
        try:
            stored = _copy(stream, temporary, limit_bytes)
            if not self.exists(stored.sha256):
                self._keep(temporary, stored.sha256)
        finally:
            temporary.unlink(missing_ok=True)
        return stored

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
        with _disk_errors():
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
    def check(self) -> None:
        """Write, read and remove a few bytes. Raises `StoreUnavailable` or `StoreFull`: the store is not ready."""

    @abstractmethod
    def _keep(self, temporary: Path, sha256: str) -> None:
        """Give a finished, synced file its final name, in one step that cannot be seen half done."""


class DiskStore(Store):
    """A folder: `ab/cd/abcd…`, and `.parts/` for what is still being written (same disk, so a rename is atomic)."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        self.temporaries = self.folder / ".parts"

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

    def check(self) -> None:
        probe = self._temporary()
        try:
            _copy(io.BytesIO(b"probe"), probe, PIECE)
        finally:
            probe.unlink(missing_ok=True)

    def _keep(self, temporary: Path, sha256: str) -> None:
        path = self._path(sha256)
        with _disk_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(path)
            _sync_folder(path.parent)

    def _path(self, sha256: str) -> Path:
        _check_name(sha256)
        return self.folder / sha256[:2] / sha256[2:4] / sha256


class ObjectStore(Store):
    """A bucket that speaks S3: `s3://bucket/prefix?endpoint=http://…&region=…`.

    Credentials come from the usual `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` (or the machine's
    role). A file is first written to `temporaries`, since its name is known only at its end, then uploaded in parts.
    """

    def __init__(self, url: str, temporaries: Path | str | None = None) -> None:
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        endpoint = options.get("endpoint")
        prefix = unquote(parts.path).strip("/")
        self.temporaries = Path(temporaries or Path(tempfile.gettempdir()) / "quarterdeck-uploads")
        self._prefix = f"{prefix}/" if prefix else ""
        config = {"bucket": parts.netloc, "region": options.get("region", "us-east-1")}
        if endpoint:
            config["endpoint"] = endpoint
        insecure = bool(endpoint) and endpoint.startswith("http://")
        self._bucket = S3Store(
            config=config,
            client_options={"allow_http": insecure, "connect_timeout": "5s", "timeout": "300s"},
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=20)},
        )

    def open(self, sha256: str) -> BinaryIO:
        reader = _BucketFile(self._bucket, self._key(sha256), self.size(sha256))
        return io.BufferedReader(reader, UPLOAD_PIECE)

    def size(self, sha256: str) -> int:
        with _bucket_errors(sha256):
            return obstore.head(self._bucket, self._key(sha256))["size"]

    @contextmanager
    def local_path(self, sha256: str) -> Iterator[Path]:
        path = self._temporary()
        try:
            with self.open(sha256) as source:
                _copy(source, path, self.size(sha256))
            yield path
        finally:
            path.unlink(missing_ok=True)

    def delete(self, sha256: str) -> None:
        with suppress(NotStored), _bucket_errors(sha256):
            obstore.delete(self._bucket, self._key(sha256))

    def exists(self, sha256: str) -> bool:
        try:
            self.size(sha256)
        except NotStored:
            return False
        return True

    def check(self) -> None:
        key = f"{self._prefix}probe-{secrets.token_hex(8)}"
        try:
            with _bucket_errors(key):
                obstore.put(self._bucket, key, b"probe")
                obstore.delete(self._bucket, key)
        except NotStored as error:
            raise StoreUnavailable("no such bucket") from error

    def _keep(self, temporary: Path, sha256: str) -> None:
        with temporary.open("rb") as file, _bucket_errors(sha256):
            obstore.put(self._bucket, self._key(sha256), file, chunk_size=UPLOAD_PIECE, max_concurrency=2)

    def _key(self, sha256: str) -> str:
        _check_name(sha256)
        return f"{self._prefix}{sha256[:2]}/{sha256}"


class _BucketFile(io.RawIOBase):
    """An object read by ranges, so that a page of a large file costs a page."""

    def __init__(self, bucket: S3Store, key: str, size: int) -> None:
        self._bucket, self._key, self._size, self._at = bucket, key, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the start of the file")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: memoryview) -> int:
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        with _bucket_errors(self._key):
            got = memoryview(obstore.get_range(self._bucket, self._key, start=self._at, length=wanted))
        buffer[: len(got)] = got
        self._at += len(got)
        return len(got)


def open_store(url: str, temporaries: Path | str | None = None) -> Store:
    """The store a setting names: `s3://…`, `file:///folder` or a plain folder."""
    if url.startswith("s3://"):
        return ObjectStore(url, temporaries)
    return DiskStore(unquote(url.removeprefix("file://")))


def _copy(stream: Readable, path: Path, limit_bytes: int) -> Stored:
    """Write the stream to a new, synced file, counting and hashing. Memory: one piece."""
    digest, size = hashlib.sha256(), 0
    with _disk_errors():
        file = path.open("xb", buffering=0)
    with file:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit_bytes:
                raise TooLarge(limit_bytes)
            digest.update(piece)
            with _disk_errors():
                _write_all(file, piece)
        with _disk_errors():
            os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _write_all(file: io.FileIO, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]


def _pieces(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece


def _sync_folder(folder: Path) -> None:
    """Make a rename in the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check_name(sha256: str) -> None:
    if not _NAME.fullmatch(sha256):
        raise NotStored(sha256)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in _FULL
        raise (StoreFull if full else StoreUnavailable)(error.strerror) from error


@contextmanager
def _bucket_errors(name: str) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotFoundError):
        raise NotStored(name) from None
    except BucketError as error:
        raise StoreUnavailable(str(error)) from error
