"""Files that arrive piece by piece in a bucket: objects named by where they begin, streamed together at the end."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import obstore
from obstore.exceptions import AlreadyExistsError, NotFoundError
from obstore.exceptions import BaseError as BucketError
from obstore.store import S3Store

from app.assets.growing import Growing, Misplaced, check_growing
from app.assets.keeping import PIECE, NotStored, Readable, Stored, StoreUnavailable

UPLOAD_PIECE = 8 * 1024 * 1024
"""Bytes of one part of a multipart upload, and of one ranged read (S3 wants at least 5 MB a part)."""
_BEGUN = "begun"


class BucketGrowing(Growing):
    """`<prefix><name>/<offset>`: one object for each stretch of up to 8 MB, made once; whoever comes second stops."""

    def __init__(self, bucket: S3Store, prefix: str, exists: Callable[[str], bool], key: Callable[[str], str]) -> None:
        self._bucket, self._prefix, self._exists, self._key = bucket, prefix, exists, key

    def begin(self, name: str) -> None:
        with bucket_errors(name):
            obstore.put(self._bucket, self._folder(name) + _BEGUN, b"")

    def size(self, name: str) -> int:
        return sum(length for _key, length in self._stretches(name))

    def append(self, name: str, at: int, stream: Readable, whole: int) -> int:
        if (size := self.size(name)) != at:
            raise Misplaced(size)
        while at < whole:
            piece, broken = _gather(stream, min(UPLOAD_PIECE, whole - at))
            if piece:
                self._add(name, at, piece)
                at += len(piece)
            if broken:
                raise broken
            if not piece:
                break
        return at

    def digest(self, name: str) -> Stored:
        found, size = hashlib.sha256(), 0
        for piece in self._pieces(name):
            found.update(piece)
            size += len(piece)
        return Stored(found.hexdigest(), size)

    def keep(self, name: str, sha256: str) -> None:
        if not self._exists(sha256):
            with bucket_errors(name):
                target = obstore.open_writer(
                    self._bucket, self._key(sha256), buffer_size=UPLOAD_PIECE, max_concurrency=2
                )
                for piece in self._pieces(name):
                    target.write(piece)
                # Not by `with`: what breaks off must not be closed, or half a file would bear the name of the whole.
                target.close()
        self.drop(name)

    def drop(self, name: str) -> None:
        with bucket_errors(name):
            keys = [each["path"] for each in self._objects(name)]
            # The first to go is what says that there is anything: half a file is none.
            keys.sort(key=lambda key: not key.endswith(_BEGUN))
            for key in keys:
                obstore.delete(self._bucket, key)

    def names(self) -> Iterator[tuple[str, datetime]]:
        newest: dict[str, datetime] = {}
        with bucket_errors(self._prefix):
            for some in obstore.list(self._bucket, self._prefix):
                for each in some:
                    name = each["path"].removeprefix(self._prefix).partition("/")[0]
                    newest[name] = max(each["last_modified"], newest.get(name, each["last_modified"]))
        yield from newest.items()

    def room(self) -> int | None:
        return None

    def _add(self, name: str, at: int, piece: bytes) -> None:
        try:
            with bucket_errors(name):
                obstore.put(self._bucket, f"{self._folder(name)}{at:020d}", piece, mode="create")
        except AlreadyExistsError:
            raise Misplaced(self.size(name)) from None

    def _stretches(self, name: str) -> list[tuple[str, int]]:
        """The objects that follow one another from the start without a gap, with their lengths in bytes."""
        with bucket_errors(name):
            objects = {each["path"].rpartition("/")[2]: each for each in self._objects(name)}
        if objects.pop(_BEGUN, None) is None:
            raise NotStored(name)
        found, at = [], 0
        while each := objects.get(f"{at:020d}"):
            found.append((each["path"], each["size"]))
            at += each["size"]
        return found

    def _pieces(self, name: str) -> Iterator[bytes]:
        for key, _length in self._stretches(name):
            with bucket_errors(name):
                yield bytes(obstore.get(self._bucket, key).bytes())

    def _objects(self, name: str) -> list:
        return [each for some in obstore.list(self._bucket, self._folder(name)) for each in some]

    def _folder(self, name: str) -> str:
        check_growing(name)
        return f"{self._prefix}{name}/"


def _gather(stream: Readable, most: int) -> tuple[bytes, Exception | None]:
    """Up to `most` bytes, and what the stream broke with, if it did: what came before is not lost."""
    gathered = bytearray()
    try:
        while len(gathered) < most and (piece := stream.read(min(PIECE, most - len(gathered)))):
            gathered += piece
    except Exception as broken:
        return bytes(gathered), broken
    return bytes(gathered), None


@contextmanager
def bucket_errors(name: str) -> Iterator[None]:
    """Turn what the bucket says into NotStored or StoreUnavailable; that something exists already is no error of it."""
    try:
        yield
    except (FileNotFoundError, NotFoundError):
        raise NotStored(name) from None
    except AlreadyExistsError:
        raise
    except BucketError as error:
        raise StoreUnavailable(str(error)) from error
