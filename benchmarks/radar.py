"""`python -m benchmarks.radar`: how right the duplicate radar is on 500 files whose copies are known, and what
a check costs against 100,000 stored pages. DATABASE_URL measures PostgreSQL (an empty database).

The thresholds in app/radar/prints.py were tuned on seed 1; what is reported is of seeds they have not seen.
"""

import argparse
import gc
import io
import os
import random
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import insert

from app import create_app
from app.assets.actions import keep
from app.assets.copies import findable
from app.assets.models import Asset, StoredFile, Version
from app.db import go_on_counting, making_database, now
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.radar.index import find
from app.radar.looking import look, present
from app.radar.models import Fingerprint, FingerprintKey
from app.radar.pictures import square
from app.radar.prints import Prints, prints
from app.radar.reading import read
from app.radar.sketches import EDITION
from app.spaces.models import Membership, Space
from benchmarks.measure import percentiles
from tests.making import look_alike_files as files
from tests.making.look_alikes import LEGAL, LOOKS, Author, company
from tests.making.radar_truth import Trial, share_all, try_all

SPACES, MINE, PAGES_EACH, BATCH = 1000, 200, 12, 200
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "60"))


def quality(seed: int) -> Trial:
    """Share some 500 files and ask of each what it is like."""
    with tempfile.TemporaryDirectory(prefix="quarterdeck-bench-") as folder, _house(Path(folder), sqlite=True):
        person, space = Person(email="p@example.com", handle="p", name="P"), Space(kind="community", name="S", slug="s")
        db.session.add_all([person, space])
        db.session.flush()
        made = company(seed, decks=46, documents=32, pictures=22)
        shared = share_all(made, space, actor=person)
        trial = try_all(shared)
        print(f"\nseed {seed}: {len(shared)} files")
        for kind in ("near", "shares"):
            told = f"({trial.right[kind]} right, {trial.wrong[kind]} wrong)"
            print(f"  {kind:8} precision {trial.precision(kind):.3f}  {told}")
        print(f"  recall {trial.recall():.3f}")
        for edit in trial.there:
            print(f"    {edit:14} {trial.recall(edit):.3f}  of {trial.there[edit]}")
        print("".join(f"    {each}\n" for each in trial.mistakes[:12]), end="")
    return trial


class _house:
    """An application on an empty, migrated database."""

    def __init__(self, folder: Path, *, sqlite: bool) -> None:
        os.environ["QUARTERDECK_DATA"] = str(folder)
        named = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'bench.db'}"} if sqlite else {}
        self.context = create_app(RATELIMIT_ENABLED=False, REDIS_URL=None, **named).app_context()

    def __enter__(self) -> None:
        self.context.push()
        with making_database():
            upgrade()

    def __exit__(self, *_error) -> None:
        db.session.remove()
        db.engine.dispose()
        self.context.pop()


def load(pages: int) -> list[Prints]:
    """Fingerprints of so many pages in files of twelve, spread over a thousand spaces; the reader is in 200 of them.

    One slide in ten is a picture; each file has the notice of one of four templates and a slide of another file.
    """
    chance, author = random.Random(pages), Author(pages)
    squares = [files.scene(*author.picture()) for _ in range(200)]
    squares = [square(each) for each in squares]
    db.session.execute(insert(Person), [{"id": 1, "email": "p@example.com", "handle": "p", "name": "P"}])
    db.session.execute(insert(Space), [
        {"id": key, "kind": "project", "name": f"S{key}", "slug": f"s{key}",
         "access": "open" if key % 5 == 0 else "closed"}
        for key in range(1, SPACES + 1)])
    db.session.execute(insert(Membership), [
        {"space_id": key, "person_id": 1} for key in chance.sample(range(1, SPACES + 1), MINE)])
    db.session.execute(insert(StoredFile), [{"sha256": "0" * 64, "bytes": 1}])
    made: list[Prints] = []
    for first in range(0, pages // PAGES_EACH, BATCH):
        rows = [_file(author, chance, squares, made) for _ in range(BATCH)]
        _insert(rows, first + 1)
        made += rows[:5]
        db.session.commit()
    go_on_counting(db.session, db.metadata.sorted_tables)
    db.session.commit()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return made


def _file(author: Author, chance: random.Random, squares: list[bytes], made: list) -> Prints:
    texts = {page: " ".join(author.sentence() for _ in range(4)) for page in range(1, PAGES_EACH)}
    shown = {}
    if chance.random() < 0.9:
        page = chance.randrange(1, PAGES_EACH)
        texts[page] = "Seen"
        noise = bytes(min(255, max(0, each + chance.randint(-40, 40))) for each in chance.choice(squares))
        shown[page] = [noise]
    texts[PAGES_EACH] = f"{chance.choice(LOOKS).name} {' '.join(LEGAL)}"
    return prints(texts, shown)


def _insert(rows: list[Prints], first: int) -> None:
    entries, assets, versions, fingerprints, keys = [], [], [], [], []
    for key, found in enumerate(rows, first):
        entries.append({"id": key, "kind": "asset", "space_id": key % SPACES + 1, "author_id": 1, "title": f"F{key}",
                        "created_at": now()})
        assets.append({"id": key, "version_count": 1, "status": "ready"})
        versions.append({"id": key, "asset_id": key, "number": 1, "sha256": "0" * 64, "filename": "f", "bytes": 1,
                         "media_type": "x", "media_kind": "deck", "status": "ready", "author_id": 1})
        for each in found:
            row = key * (PAGES_EACH + 1) + each.page
            fingerprints.append({
                "id": row, "version_id": key, "page": each.page, "edition": EDITION, "sketch": each.sketch.tobytes(),
                "figures": each.figures.tobytes(), "squares": each.squares})
            keys += [{"key": one, "fingerprint_id": row} for one in set(each.lookups())]
    for model, lines in ((Entry, entries), (Asset, assets), (Version, versions), (Fingerprint, fingerprints),
                         (FingerprintKey, keys)):
        db.session.execute(insert(model.__table__), lines)


def speed(pages: int) -> None:
    """What checks cost against so many stored pages: the index, the comparing and the rule of visibility."""
    with tempfile.TemporaryDirectory(prefix="quarterdeck-bench-") as folder, \
            _house(Path(folder), sqlite="DATABASE_URL" not in os.environ):
        began = time.monotonic()
        made = load(pages)
        print(f"\n{pages:,} pages in {pages // PAGES_EACH:,} files, loaded in {time.monotonic() - began:.0f} s "
              f"({db.engine.dialect.name})")
        # As gunicorn.conf.py does.
        gc.collect()
        gc.freeze()
        person, author = db.session.get(Person, 1), Author(99)
        new = [prints({page: " ".join(author.sentence() for _ in range(4)) for page in range(1, 41)}, {})
               for _ in range(10)]
        for name, asked in (("a copy of 12 slides", made), ("40 new slides", new),
                            ("one picture", [prints({}, {1: [square(files.scene(at, at, at))]}) for at in range(10)])):
            _time(name, lambda each: find(each, seen=findable(person)), asked)
        _read_one(person)


def _time(name: str, ask, asked: list) -> None:
    seconds = []
    for at in range(ROUNDS + 3):
        db.session.rollback()
        began = time.perf_counter()
        ask(asked[at % len(asked)])
        seconds.append(time.perf_counter() - began)
    p50, p95 = percentiles(seconds[3:])
    print(f"  {name:34} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms", flush=True)


def _read_one(person: Person) -> None:
    """The same with what comes before and after: reading the file in its own process, loading what is shown."""
    content = Author(5).deck(LOOKS[0], 11)
    for name, data in (("a deck of 16 slides", files.pptx(content)), ("as PDF", files.pdf(content))):
        kept = keep(io.BytesIO(data), "sent")
        _time(f"reading {name}", lambda _each, kept=kept: read(kept.sha256, kept.media_type), [None])
        _time(f"asked again: {name}",
              lambda _each, kept=kept: present(look(kept.sha256, kept.media_type, person)), [None])


def main() -> None:
    """Both, or what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seeds", type=int, nargs="*", default=[2, 3])
    asked.add_argument("--pages", type=int, default=100_000)
    asked = asked.parse_args()
    for seed in asked.seeds:
        quality(seed)
    if asked.pages:
        speed(asked.pages)


if __name__ == "__main__":
    main()
