"""Tries the duplicate radar on files of which it is known what is a copy of what, and counts."""

import io
import tempfile
from collections import Counter
from collections.abc import Iterable

from app.activity.delivery import commit, rollback
from app.assets.actions import KeptFile, keep, store, upload
from app.assets.models import Asset
from app.assets.rendering.results import Unreadable
from app.extensions import db
from app.people.models import Person
from app.radar.fingerprinting import note
from app.radar.index import SHARES, find
from app.radar.prints import EMPTY, Prints
from app.radar.reader import take
from app.radar.reading import ask_for
from app.spaces.models import Space
from tests.making.look_alikes import Made


def prints_of(file: KeptFile) -> Prints:
    """The fingerprints of a stored file, read in this process: the same, and many times as fast for many files."""
    with tempfile.TemporaryDirectory() as scratch, store().local_path(file.sha256) as path:
        try:
            return take(ask_for(path, file.media_type, {}, {}, scratch))
        except Unreadable:
            return EMPTY


class Trial:
    """What was found among some files: right, wrong and missed."""

    def __init__(self) -> None:
        self.right, self.wrong = Counter(), Counter()
        self.there, self.found = Counter(), Counter()
        self.mistakes: list[str] = []

    def precision(self, kind: str) -> float:
        told = self.right[kind] + self.wrong[kind]
        return self.right[kind] / told if told else 1.0

    def recall(self, edit: str = "") -> float:
        edits = [edit] if edit else list(self.there)
        return sum(self.found[each] for each in edits) / max(1, sum(self.there[each] for each in edits))


def share_all(files: Iterable[Made], space: Space, *, actor: Person) -> dict[int, tuple[Made, Prints]]:
    """Share the files, with their fingerprints and without pages; by the ids of their assets."""
    shared = {}
    for made in files:
        kept = keep(io.BytesIO(made.data), made.name)
        asset = upload(space, kept, actor=actor)
        prints = prints_of(kept)
        db.session.flush()
        note(asset.current, prints)
        shared[asset.id] = (made, prints)
        db.session.info.pop("jobs", None)
        if len(shared) % 20 == 0:
            commit()
    commit()
    return shared


def try_all(shared: dict[int, tuple[Made, Prints]]) -> Trial:
    """Ask for each file what it is like, as if it arrived once more.

    Of what a copy was made must be named as nearly the same; of which slides were taken, as sharing them. Nothing that
    is told may be of another work.
    """
    trial = Trial()
    originals = {made.work: key for key, (made, _prints) in shared.items() if not made.edit}
    for key, (made, prints) in shared.items():
        told = {each.asset_id: each for each in find(prints, besides=key)}
        for other_id, match in told.items():
            other, kind = shared[other_id][0], match.kind(len(prints.pages))
            is_right = made.is_copy_of(other) or (kind == SHARES and made.shares_with(other))
            (trial.right if is_right else trial.wrong)[kind] += 1
            if not is_right:
                trial.mistakes.append(f"{kind} {match.share:.2f}: {made.name} and {other.name} {match.pages}")
        _look_for(trial, made, told, originals, shared, len(prints.pages))
    rollback()
    return trial


def _look_for(trial: Trial, made: Made, told: dict, originals: dict, shared: dict, telling_pages: int) -> None:
    if made.work in originals and made.edit:
        match = told.get(originals[made.work])
        trial.there[made.edit] += 1
        found = match is not None and match.kind(telling_pages) != SHARES
        trial.found[made.edit] += found
        if not found:
            trial.mistakes.append(f"missed: {made.name} of {made.work}")
    elif made.edit == "slides copied":
        taken_from = [key for key, (other, _prints) in shared.items()
                      if other.work != made.work and made.shares_with(other) and not other.edit]
        trial.there[made.edit] += len(taken_from)
        trial.found[made.edit] += sum(key in told for key in taken_from)


def asset_of(shared: dict[int, tuple[Made, Prints]], name: str) -> Asset:
    """The asset of a file by its name."""
    return db.session.get(Asset, next(key for key, (made, _prints) in shared.items() if made.name == name))
