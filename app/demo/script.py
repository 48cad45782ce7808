"""Reads the demo company's content: scenes, each a root entry and what followed in its thread.

    === post                     a root: its kind, then fields, an empty line, and the text
    in: commons
    by: lena
    at: -3 09:40
    👍: jon carla                 who reacted with what

    The text, in Markdown.
    ~ file                       a named part of the text: a file's content, what worked, and so on

    --- jon +2h re=lena slide=4  a comment two hours later, answering the last word of lena, about slide 4
    --- jon +2h at=2.5           about a moment, or with spot=x,y or spot=x,y,w,h about a place on a slide
    --- resolve ada +1h re=jon   jon's last word is settled
    --- point dana +1h slide=4   a key point of a review
    --- decide ingrid +1d        or another verb, with fields of its own
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "content"
VERBS = {"say", "point", "decide", "version", "share", "trial", "edit", "deck", "resolve"}
_FIELD = re.compile(r"([a-z_]+|[^\w\s:]+): (.*)")


@dataclass
class Block:
    """One thing somebody did. `parts` holds the text by name, the main text under ""."""

    verb: str
    by: str = ""
    after: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.parts.get("", "")

    @property
    def reactions(self) -> list[tuple[str, list[str]]]:
        """Each emoji and who gave it."""
        return [(key, re.split(r"[ ,]+", value)) for key, value in self.fields.items() if not key.isascii()]


@dataclass
class Scene:
    """A root entry and what followed in its thread, in order."""

    root: Block
    steps: list[Block]


def scenes(name: str) -> list[Scene]:
    """All scenes of one content file."""
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    found = [_block("=== " + piece) for piece in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]]
    return [Scene(blocks[0], blocks[1:]) for blocks in found]


def _block(scene: str) -> list[Block]:
    pieces = re.split(r"^--- ", scene.removeprefix("=== "), flags=re.MULTILINE)
    return [_root(pieces[0]), *(_step(piece) for piece in pieces[1:])]


def _root(piece: str) -> Block:
    head, _, rest = piece.partition("\n")
    block = Block(head.strip())
    _read(block, rest)
    block.by = block.fields.pop("by", "")
    return block


def _step(piece: str) -> Block:
    head, _, rest = piece.partition("\n")
    words = head.split()
    verb = words.pop(0) if words[0] in VERBS else "say"
    block = Block(verb, by=words[0], after=words[1])
    block.fields.update(word.split("=", 1) for word in words[2:])
    if verb == "say":
        _parts(block, rest)
    else:
        _read(block, rest)
    return block


def _read(block: Block, text: str) -> None:
    """Fields until the first line that is none, then the text."""
    lines = text.split("\n")
    while lines and (found := _FIELD.fullmatch(lines[0])):
        block.fields[found[1]] = found[2].strip()
        lines.pop(0)
    _parts(block, "\n".join(lines))


def _parts(block: Block, text: str) -> None:
    names = re.split(r"^~ ([a-z ]+)$", text, flags=re.MULTILINE)
    block.parts[""] = names[0].strip()
    for name, content in zip(names[1::2], names[2::2], strict=True):
        block.parts[name] = content.strip()
