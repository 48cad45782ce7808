"""No space and no person floods a feed: of a stretch by one of them the newest few are shown, the rest is one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

SHOWN = 3
"""So many entries in a row one space, or one person, has in a feed before the rest is folded."""
LEAST = 2
"""So many a line stands for at least: one entry alone takes no more room than the line."""


@dataclass(frozen=True)
class Row:
    """What of an entry decides whether it is folded. One that `stays` never is: it is important or waits for the
    reader. Files of one import (`import_id`) are shown as one and count as one.
    """

    id: int
    space_id: int
    author_id: int
    stays: bool = False
    import_id: int | None = None


@dataclass(frozen=True)
class Fold:
    """A line in place of `count` entries that follow each other, from `id` down to `oldest`, all of one space or all by
    one person; `goes_on` where there are more than were looked at.
    """

    id: int
    oldest: int
    count: int
    space_id: int | None
    author_id: int | None
    goes_on: bool = False
    kind: ClassVar[str] = "fold"


@dataclass(frozen=True)
class Run:
    """Who had the last entries of a feed in a row, and how many of them: where the next page takes it up."""

    space_id: int = 0
    of_space: int = 0
    author_id: int = 0
    by_author: int = 0

    def after(self, row: Row) -> "Run":
        """The run with one more entry; more of it than are shown need not be counted."""
        return Run(row.space_id, min(self.of_space + 1, SHOWN) if row.space_id == self.space_id else 1,
                   row.author_id, min(self.by_author + 1, SHOWN) if row.author_id == self.author_id else 1)

    def folds(self, row: Row) -> tuple[str, int] | None:
        """Under whose line the entry is folded; None: it is shown."""
        if row.stays:
            return None
        if row.space_id == self.space_id and self.of_space >= SHOWN:
            return "space_id", row.space_id
        return ("author_id", row.author_id) if row.author_id == self.author_id and self.by_author >= SHOWN else None

    def __str__(self) -> str:
        return f"{self.space_id}-{self.of_space}-{self.author_id}-{self.by_author}"

    @classmethod
    def read(cls, text: str) -> "Run":
        """What `str` wrote; anything else is no run."""
        parts = text.split("-")
        return cls(*map(int, parts)) if len(parts) == 4 and all(
            part.isascii() and part.isdigit() and len(part) < 12 for part in parts) else cls()


@dataclass(frozen=True)
class Page:
    """The ids to show and the lines between them, newest first; `next` is the key of the page below, `run` goes with
    it. `is_full`: it ends because it holds enough, not because no more rows were given.
    """

    ids: list[int]
    folds: list[Fold]
    next: int | None
    run: Run
    is_full: bool


def fold(rows: Iterable[Row], limit: int, *, run: Run | None = None, more: bool = False) -> Page:
    """A page of a feed: at most `limit` entries and lines of `rows`, the newest first. `more`: there are older rows
    than these.

    Each row is shown or inside exactly one line, in its order, whatever the limit; the `run` of the page above goes on.
    """
    groups, run = _groups(rows, run or Run())
    ids, folds, lines, key, after = [], [], 0, None, run
    for number, (reason, members, run_after) in enumerate(groups):
        open_end = more and number == len(groups) - 1
        if lines >= limit:
            return Page(ids, folds, key, after, is_full=True)
        if reason and (len(members) >= LEAST or open_end):
            folds.append(_line(members, reason, open_end))
            lines += 1
        else:
            ids += [row.id for row in members]
            lines += len(members)
        key, after = members[-1].id, run_after
    return Page(ids, folds, key if more else None, after, is_full=False)


def _groups(rows: Iterable[Row], run: Run) -> tuple[list[list], Run]:
    """The rows as (reason, members, run behind them): those that one line may stand for together, others alone."""
    groups: list[list] = []
    before: Row | None = None
    for row in rows:
        same_import = before is not None and row.import_id is not None and row.import_id == before.import_id
        reason = None if row.stays else groups[-1][0] if same_import else run.folds(row)
        run = run if same_import else run.after(row)
        if reason and groups and groups[-1][0] == reason:
            groups[-1][1].append(row)
            groups[-1][2] = run
        else:
            groups.append([reason, [row], run])
        before = row
    return groups, run


def _line(members: list[Row], reason: tuple[str, int], goes_on: bool) -> Fold:
    whose = {"space_id": None, "author_id": None} | dict([reason])
    return Fold(members[0].id, members[-1].id, len(members), **whose, goes_on=goes_on)
