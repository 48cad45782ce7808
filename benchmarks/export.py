"""`python -m benchmarks.export [ENTRIES FILES]…`: how long exports of spaces of these sizes take, and how much memory.

Default: 1,000 entries with 200 files, then 20,000 with 4,000. Each in a process of its own, so that memory is its own.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import event

from app import create_app
from app.db import making_database, now
from app.export.sinks import FolderSink, ZipSink
from app.export.writer import write
from app.extensions import db
from app.people.actions import add_person
from app.spaces.actions import open_space
from benchmarks.full_space import fill

FILE_BYTES, PICTURE_BYTES = 200_000, 30_000


def run(entries: int, files: int, folder: Path) -> None:
    """Fill a space, export it twice (folder, archive) and print what it took."""
    os.environ["QUARTERDECK_DATA"] = str(folder / "data")
    app = create_app()
    with app.app_context(), making_database():
        upgrade()
        ada = add_person("ada@example.com", "Ada", role="admin", handle="ada")
        space = open_space("project", "Full", actor=ada)
        fill(space, [ada.id], entries, files, file_bytes=FILE_BYTES, picture_bytes=PICTURE_BYTES, handle="ada")
        db.session.commit()
        keys = space.id, ada.id
        db.session.rollback()
        statements = []
        event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
        before = _memory()
        sinks = {"folder": FolderSink(folder / "out"), "archive": ZipSink(folder / "out.zip", "full", now())}
        for name, sink in sinks.items():
            statements.clear()
            began = time.monotonic()
            written = write(*keys, sink)
            print(f"{entries} entries, {files} files, {name}: {time.monotonic() - began:.1f} s, {written.files} files, "
                  f"{written.bytes / 1e6:.0f} MB, {len(statements)} statements, memory {before} → {_memory()} MB")


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sizes = [int(each) for each in sys.argv[1:]] or [1_000, 200, 20_000, 4_000]
    if len(sizes) > 2:
        for at in range(0, len(sizes), 2):
            subprocess.run([sys.executable, "-m", "benchmarks.export", *map(str, sizes[at : at + 2])], check=True)
    else:
        with tempfile.TemporaryDirectory(prefix="quarterdeck-export-") as place:
            run(*sizes, Path(place))
