"""What changed between two texts, line by line and within a changed line word by word: a calculation on plain values.

Words are runs of letters, digits and their marks; scripts that put no space between words are taken letter by letter.
Time is bounded: of longer texts the beginning is compared, and of longer stretches the lines alone.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

MOST_LINES, MOST_WORDS = 2000, 1500
MOST_WORK = 60_000_000
"""So many pairs of signs are compared word by word in one text: about a second at worst."""
ALIKE = 0.35
"""From so much in common on (0 nothing, 1 all) two stretches are shown as one that changed, else as gone and new."""
CONTEXT = 2
"""So many equal lines stay in sight before and after a change."""
SAME, GONE, NEW = "same", "gone", "new"
# Han, kana, Thai, Lao, Burmese, Khmer.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_JOINER = "\u200d"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both have, or that only the one before (gone) or only the one after (new) has."""

    state: str
    text: str


@dataclass(frozen=True)
class Block:
    """Some lines: all of them the same, or a change in pieces."""

    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return all(piece.state == SAME for piece in self.pieces)

    @property
    def lines(self) -> list[str]:
        return "".join(piece.text for piece in self.pieces).splitlines(keepends=True)


@dataclass(frozen=True)
class Difference:
    """Two texts as one; `is_cut` says that only their beginnings are compared."""

    blocks: tuple[Block, ...]
    is_cut: bool = False

    @property
    def is_same(self) -> bool:
        return all(block.is_same for block in self.blocks)


def difference(old: str, new: str) -> Difference:
    """The two texts beside each other; white space at the ends of lines does not count."""
    was, now = _lines(old), _lines(new)
    is_cut = max(len(was), len(now)) > MOST_LINES
    was, now = was[:MOST_LINES], now[:MOST_LINES]
    blocks, left = [], MOST_WORK
    for state, i, k, j, m in SequenceMatcher(None, was, now).get_opcodes():
        before, after = "".join(was[i:k]), "".join(now[j:m])
        if state == "equal":
            blocks.append(Block((Piece(SAME, after),)))
        elif state == "replace":
            # Signs of both sides tell how long their words would take; much was spent: stretches are exchanged whole.
            left -= len(before) * len(after)
            blocks.append(Block(tuple(words(before, after) if left > 0 else _exchanged(before, after))))
        else:
            blocks.append(Block((Piece(GONE, before) if state == "delete" else Piece(NEW, after),)))
    return Difference(tuple(blocks), is_cut)


def words(old: str, new: str) -> list[Piece]:
    """What became of the words of a stretch of text; all of it gone and new where little stayed."""
    was, now = tokens(old), tokens(new)
    if max(len(was), len(now)) > MOST_WORDS:
        return _exchanged(old, new)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    found = [(state, "".join(was[i:k]), "".join(now[j:m])) for state, i, k, j, m in matcher.get_opcodes()]
    kept = sum(len(each.strip()) for state, each, _ in found if state == "equal")
    if kept < ALIKE * max(len(old.strip()), len(new.strip())):
        return _exchanged(old, new)
    return list(_readable(found))


def _readable(found: Sequence[tuple[str, str, str]]) -> Iterator[Piece]:
    """Two changes with nothing but a space between them read as one."""
    gone = new = ""
    for at, (state, before, after) in enumerate(found):
        stays = state == "equal" and (after.strip() or at in (0, len(found) - 1) or "\n" in after)
        if not stays:
            gone, new = gone + before, new + after
            continue
        yield from _exchanged(gone, new)
        gone = new = ""
        yield Piece(SAME, after)
    yield from _exchanged(gone, new)


def _exchanged(old: str, new: str) -> list[Piece]:
    return [piece for piece in (Piece(GONE, old), Piece(NEW, new)) if piece.text]


def _lines(text: str) -> list[str]:
    return [f"{line.rstrip()}\n" for line in text.splitlines()]


def tokens(text: str) -> list[str]:
    """Words, spaces and single signs; together they are the text. No letter is parted from its marks."""
    found: list[str] = []
    kind = ""
    for letter in text:
        own = _kind(letter)
        joins = own == "mark" or (own == kind and own in ("word", "space")) or (found and found[-1].endswith(_JOINER))
        if found and joins:
            found[-1] += letter
        else:
            found.append(letter)
            kind = own
    return found


def _kind(letter: str) -> str:
    if letter == "\n":
        return "break"
    category = unicodedata.category(letter)
    if category[0] == "M" or letter == _JOINER:
        return "mark"
    if letter.isspace():
        return "space"
    return "word" if category[0] in "LN" and not _UNSPACED.match(letter) else "sign"


def folded(blocks: Sequence[Block]) -> Iterator[tuple[bool, list[str] | Block]]:
    """Blocks for a reader: changes whole; of long equal stretches only the lines next to a change, the rest as
    (True, lines) to be folded away.
    """
    last = len(blocks) - 1
    for at, block in enumerate(blocks):
        if not block.is_same or len(block.lines) <= 2 * CONTEXT + 1:
            yield False, block
            continue
        lines = block.lines
        head, tail = CONTEXT if at else 0, CONTEXT if at < last else 0
        end = len(lines) - tail
        for is_folded, part in ((False, lines[:head]), (True, lines[head:end]), (False, lines[end:])):
            if part:
                yield (True, part) if is_folded else (False, Block((Piece(SAME, "".join(part)),)))


def merged(blocks: Sequence[Block]) -> list[Piece]:
    """The same in as few pieces as can be."""
    flat = (piece for block in blocks for piece in block.pieces)
    return [Piece(state, "".join(piece.text for piece in group))
            for state, group in groupby(flat, lambda piece: piece.state)]
