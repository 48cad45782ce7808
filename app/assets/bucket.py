"""Files in a bucket that speaks S3."""

import io
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.store import S3Store

from app.assets.growing_bucket import UPLOAD_PIECE, BucketGrowing, bucket_errors
from app.assets.keeping import NotStored, Store, StoreUnavailable, check_name, copy, is_name


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
        self.growing = BucketGrowing(self._bucket, f"{self._prefix}arriving/", self.exists, self._key)

    def open(self, sha256: str) -> BinaryIO:
        reader = _BucketFile(self._bucket, self._key(sha256), self.size(sha256))
        return io.BufferedReader(reader, UPLOAD_PIECE)

    def size(self, sha256: str) -> int:
        with bucket_errors(sha256):
            return obstore.head(self._bucket, self._key(sha256))["size"]

    @contextmanager
    def local_path(self, sha256: str) -> Iterator[Path]:
        path = self._temporary()
        try:
            with self.open(sha256) as source:
                copy(source, path, self.size(sha256))
            yield path
        finally:
            path.unlink(missing_ok=True)

    def delete(self, sha256: str) -> None:
        with suppress(NotStored), bucket_errors(sha256):
            obstore.delete(self._bucket, self._key(sha256))

    def exists(self, sha256: str) -> bool:
        try:
            self.size(sha256)
        except NotStored:
            return False
        return True

    def modified(self, sha256: str) -> datetime:
        with bucket_errors(sha256):
            return obstore.head(self._bucket, self._key(sha256))["last_modified"]

    def names(self) -> Iterator[tuple[str, datetime]]:
        with bucket_errors(self._prefix):
            for some in obstore.list(self._bucket, self._prefix or None):
                yield from ((name, each["last_modified"]) for each in some
                            if is_name(name := each["path"].rpartition("/")[2]) and "/arriving/" not in each["path"])

    def check(self) -> None:
        key = f"{self._prefix}probe-{secrets.token_hex(8)}"
        try:
            with bucket_errors(key):
                obstore.put(self._bucket, key, b"probe")
                obstore.delete(self._bucket, key)
        except NotStored as error:
            raise StoreUnavailable("no such bucket") from error

    def _keep(self, temporary: Path, sha256: str) -> None:
        with temporary.open("rb") as file, bucket_errors(sha256):
            obstore.put(self._bucket, self._key(sha256), file, chunk_size=UPLOAD_PIECE, max_concurrency=2)

    def _key(self, sha256: str) -> str:
        check_name(sha256)
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
        with bucket_errors(self._key):
            got = memoryview(obstore.get_range(self._bucket, self._key, start=self._at, length=wanted))
        buffer[: len(got)] = got
        self._at += len(got)
        return len(got)
