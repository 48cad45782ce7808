"""The faces a deck is drawn in. The engine draws a run in one face and has no fallback of its own: we give it ours."""

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from typing import NamedTuple
from unicodedata import bidirectional as direction
from unicodedata import category

from betteroffice_pptx import Presentation

from app.assets.rendering.bidi import MARK
from app.assets.rendering.fontfile import Face
from app.assets.rendering.fonts import Fonts

DEFAULT = "Arial"
_NEUTRAL = ("ON", "WS", "CS", "ES", "ET")
_STYLES = ((False, False), (True, False), (False, True), (True, True))


class Stretch(NamedTuple):
    """Characters `start` to `end` of a text and the family, as the engine knows it, that they are to be set in."""

    start: int
    end: int
    family: str


class Wardrobe:
    """A face in each style for every family a deck names, and replacements for the characters those lack."""

    def __init__(self, fonts: Fonts, families: list[str], japanese: bool = False) -> None:
        self._fonts, self._japanese = fonts, japanese
        self._stand_ins = {family: fonts.stand_in(family) for family in dict.fromkeys([DEFAULT, *families])}
        if None in self._stand_ins.values():
            raise LookupError("no fonts")
        found = {family: fonts.face(name, False, False) for family, name in self._stand_ins.items()}
        self._main = {family: face for family, face in found.items() if face}
        self._names: dict[tuple[str, str, int], str] = {}
        self._faces: dict[str, Face] = {}
        self._offered: set[tuple[str, bool]] = set()
        self._waiting: list[tuple[str, Face, bool]] = []

    @property
    def covered(self) -> frozenset[int]:
        """Code points that the default face can show."""
        return self._main[DEFAULT].characters

    @cached_property
    def _certain(self) -> frozenset[int]:
        """Code points that can be shown whichever of the deck's families a text is set in."""
        return frozenset.intersection(*(face.characters for face in self._main.values()))

    def dress(self, deck: Presentation) -> None:
        """Register the deck's families, the engine's default first, and the replacements found so far."""
        for family, stand_in in self._stand_ins.items():
            for bold, italic in _STYLES:
                face = self._fonts.face(stand_in, bold, italic)
                if face is not None:
                    deck.register_font(family, face.sfnt(), bold=bold, italic=italic)
        self.hand_over(deck)

    def hand_over(self, deck: Presentation) -> None:
        """Register the replacements found since the last time: those nobody needs are never read."""
        for name, face, bold in self._waiting:
            deck.register_font(name, face.sfnt(), bold=bold)
        self._waiting.clear()

    def stretches(self, text: str, family: str | None, bold: bool) -> list[Stretch]:
        """What of a run cannot be shown in its family (None: whichever the deck's theme says), in faces that can."""
        covered = self._certain if family is None else self._main.get(family, self._main[DEFAULT]).characters
        if all(_shows(character, covered) for character in text):
            return []
        names: list[str | None] = []
        for character in text:
            if names and names[-1] and _clings(character):
                names.append(names[-1])
            else:
                face = None if _shows(character, covered) else self._fallback(character, bold)
                names.append(self._named(face, bold) if face else None)
        self._lend(text, names)
        return list(_runs(names))

    def _lend(self, text: str, names: list[str | None]) -> None:
        """Give brackets and spaces beside right-to-left words the face of those: the engine orders them in one only.

        Not where words have been put in order before: a run of such with a bracket in front would be mirrored.
        """
        from_right = {name for each, name in zip(text, names, strict=True) if name and direction(each) in ("R", "AL")}
        if not from_right or MARK in text:
            return
        forwards = [(at - 1, at) for at in range(1, len(names))]
        for near, at in forwards + [(at, near) for near, at in reversed(forwards)]:
            lent = names[near] if names[near] in from_right else None
            wanted = names[at] is None and direction(text[at]) in _NEUTRAL
            if wanted and lent and ord(text[at]) in self._faces[lent].characters:
                names[at] = lent

    def whole(self, text: str) -> str | None:
        """The one family that shows most of a text, for what the engine sets in one face; None: as it is."""
        characters = {character for character in text if not character.isspace()}
        lacking = [each for each in characters if not _shows(each, self._certain)]
        faces = {face: each for each in sorted(lacking) if (face := self._fallback(each, False))}
        best = max(faces, key=lambda face: _coverage(characters, face.characters), default=None)
        if best is None or _coverage(characters, best.characters) <= len(characters) - len(lacking):
            return None
        name = self._named(best, False)
        heavy = self._fonts.face(best.family, True, False, faces[best])
        if heavy is not None:
            self._offer(name, heavy, True)
        return name

    def _fallback(self, character: str, bold: bool) -> Face | None:
        return self._fonts.fallback(character, bold, self._japanese)

    def _named(self, face: Face, bold: bool) -> str:
        key = (str(face.path), face.family, face.weight)
        name = self._names.setdefault(key, f"fallback {len(self._names)}")
        self._faces[name] = face
        self._offer(name, face, bold)
        return name

    def _offer(self, name: str, face: Face, bold: bool) -> None:
        if (name, bold) not in self._offered:
            self._offered.add((name, bold))
            self._waiting.append((name, face, bold))


def _runs(names: list[str | None]) -> Iterator[Stretch]:
    at = 0
    for name, group in groupby(names):
        end = at + len(list(group))
        if name:
            yield Stretch(at, end, name)
        at = end


def _shows(character: str, covered: frozenset[int]) -> bool:
    return character.isspace() or ord(character) in covered or category(character) == "Cf"


def _clings(character: str) -> bool:
    """Accents, joiners and variation selectors are drawn with the character before them, whatever face that is in."""
    return category(character) in ("Mn", "Me", "Cf")


def _coverage(characters: set[str], covered: frozenset[int]) -> int:
    return sum(ord(character) in covered for character in characters)
