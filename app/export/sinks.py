"""Where an export is written: into a folder, or into one archive. Both keep a list of all files with their hashes."""

import hashlib
import json
import shutil
import tempfile
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from app.assets.keeping import PIECE, disk_errors

MANIFEST = "MANIFEST.sha256"
PACKED = {".webp", ".png", ".jpg", ".jpeg", ".gif", ".avif", ".heic", ".mp4", ".m4a", ".mov", ".webm", ".mp3", ".ogg",
          ".zip", ".gz", ".7z", ".rar", ".xz", ".zst", ".pptx", ".docx", ".xlsx", ".odt", ".odp", ".ods", ".pdf"}
"""Endings of files that are compressed already."""


class Lines:
    """A file of lines that grows while other files are written; it is kept aside until it is complete."""

    def __init__(self, name: str) -> None:
        self.name, self.count = name, 0
        with disk_errors():
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the lines do

    def add(self, line: dict | str) -> None:
        text = line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)
        with disk_errors():
            self._file.write(text.encode() + b"\n")
        self.count += 1

    def __iter__(self) -> Iterator[str]:
        self._file.seek(0)
        return (line.decode().removesuffix("\n") for line in self._file)

    def pieces(self) -> Iterator[bytes]:
        """All of it, piece by piece."""
        self._file.seek(0)
        return iter(lambda: self._file.read(PIECE), b"")


class Sink(ABC):
    """`bytes` counts what was written. `heard` is called after each piece, so that whoever waits can tell life from
    death; what it raises ends the export."""

    def __init__(self, heard: Callable[[], None] = lambda: None) -> None:
        self.bytes, self.files, self._heard = 0, 0, heard
        self._manifest = Lines(MANIFEST)

    def write(self, name: str, pieces: Iterable[bytes | str], size: int = 0) -> None:
        """A file of the export, whole. Raises StoreFull and StoreUnavailable, and what `pieces` raise.

        `size` in bytes may be left out for what is small.
        """
        digest = hashlib.sha256()
        with self._opened(name, size) as file:
            for piece in _gathered(pieces):
                digest.update(piece)
                with disk_errors():
                    file.write(piece)
                self.bytes += len(piece)
                self._heard()
        self.files += 1
        if name != MANIFEST:
            self._manifest.add(f"{digest.hexdigest()}  {name}")

    def write_lines(self, lines: Lines) -> None:
        """A file that was kept aside."""
        self.write(lines.name, lines.pieces())

    def finish(self) -> None:
        """The last file is the list of all others: without it an export is incomplete."""
        self.write_lines(self._manifest)

    @abstractmethod
    def _opened(self, name: str, size: int):
        """A context in which the file can be written."""


class FolderSink(Sink):
    """A folder, made when it is missing. What a failed export left in it is removed by `undo`."""

    def __init__(self, folder: Path, heard: Callable[[], None] = lambda: None) -> None:
        super().__init__(heard)
        self.folder, self._is_new = folder, not folder.exists()

    @contextmanager
    def _opened(self, name: str, size: int) -> Iterator[BinaryIO]:
        path = self.folder / PurePosixPath(name)
        with disk_errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("wb")
        with file:
            yield file

    def undo(self) -> None:
        """As if nothing had been written."""
        if self._is_new:
            shutil.rmtree(self.folder, ignore_errors=True)
            return
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


class ZipSink(Sink):
    """One archive; everything in it stands in a folder of its own name. Files beyond 4 GB and 65,535 of them fit."""

    def __init__(self, path: Path, folder: str, moment: datetime, heard: Callable[[], None] = lambda: None) -> None:
        super().__init__(heard)
        self._folder, self._moment = folder, moment.timetuple()[:6]
        with disk_errors():
            self._archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)

    @contextmanager
    def _opened(self, name: str, size: int) -> Iterator[BinaryIO]:
        about = zipfile.ZipInfo(f"{self._folder}/{name}", self._moment)
        about.external_attr = 0o644 << 16
        about.file_size = size
        is_packed = PurePosixPath(name).suffix.lower() in PACKED
        about.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        with self._archive.open(about, "w") as file:
            yield file

    def finish(self) -> None:
        super().finish()
        with disk_errors():
            self._archive.close()

    def abandon(self) -> None:
        """Let go of the file; what is in it is worth nothing."""
        self._archive.fp.close()
        self._archive.fp = None


def _gathered(pieces: Iterable[bytes | str]) -> Iterator[bytes]:
    """The same in pieces that are worth a call each: templates yield words."""
    waiting, size = [], 0
    for piece in pieces:
        piece = piece.encode() if isinstance(piece, str) else piece
        waiting.append(piece)
        size += len(piece)
        if size >= 65_536:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
