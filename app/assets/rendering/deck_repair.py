"""Small changes to a copy of a deck, so that the engine draws what PowerPoint would.

The engine draws bullets in the face of the text, so one from a symbol font, or one that face lacks, becomes a box; a
bullet without an indent is drawn over the first letter. A picture in a format of one system is left out, though its
fallback stands beside it. And it lays Arabic and Hebrew out from the right only in
paragraphs marked so: PowerPoint marks them, many programs do not, and words inside a left-to-right paragraph it draws
mirrored. It also holds every part in memory several times, so films, sounds and embedded workbooks, which are never
drawn, are left out of the copy.
"""

import re
import zipfile
from copy import deepcopy
from itertools import groupby
from pathlib import Path

from lxml import etree

from app.assets.rendering import bidi
from app.assets.rendering.deck_faces import A, dress_chart, dress_runs
from app.assets.rendering.wardrobe import Wardrobe

_PARTS = re.compile(r"ppt/(slides|slideLayouts|slideMasters|charts|diagrams(?=/drawing))/[^/]+\.xml")
_UNDRAWN = re.compile(r"^ppt/embeddings/|\.(mp[34]|m4[av]|mov|avi|wm[av]|wav|mpe?g|mkv|webm|aiff?|bin)$", re.I)
_BALLAST_FROM = 1024 * 1024
_WORTH_PARSING = re.compile("<a:buChar|<mc:AlternateContent|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WORTH_DRESSING = re.compile("[^\0-\u024f\u2010-\u2026]|&#")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HANGING = "228600"  # EMU: a quarter of an inch
_SYMBOLS = re.compile(r"wingdings|webdings|symbol|dingbats|monotype sorts|marlett", re.I)
_BULLET = "•"


def repaired(source: Path, copy: Path, wardrobe: Wardrobe) -> Path:
    """`copy`, a changed deck, or `source` if there was nothing to change."""
    with zipfile.ZipFile(source) as package:
        changed = {entry.filename: b"" for entry in package.infolist() if _is_ballast(entry)}
        for name in package.namelist():
            match = _PARTS.fullmatch(name)
            part = _repaired(match[1], package.read(name), wardrobe) if match else None
            if part is not None:
                changed[name] = part
        if not changed:
            return source
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
            for name in package.namelist():
                target.writestr(name, changed[name] if name in changed else package.read(name))
    return copy


def _is_ballast(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _BALLAST_FROM and _UNDRAWN.search(entry.filename) is not None


def _repaired(folder: str, data: bytes, wardrobe: Wardrobe) -> bytes | None:
    """A changed part, or None if nothing in it had to be."""
    text = data.decode("utf-8", "replace")
    if not _WORTH_PARSING.search(text) and (folder == "slides" or not _WORTH_DRESSING.search(text)):
        return None
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    changes = _chart(root, wardrobe) if folder == "charts" else [*_pictures(root), *_text(root, wardrobe.covered)]
    if folder not in ("slides", "charts"):
        changes.append(dress_runs(root, wardrobe))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") if any(changes) else None


def _pictures(root: etree._Element) -> list[bool]:
    """Take the picture that a picture in a format of one system only (PDF on a Mac) falls back to."""
    alternatives = list(root.iterfind(f".//{_P}pic/{_MC}AlternateContent"))
    for alternative in alternatives:
        for element in alternative.findall(f"{_MC}Fallback/*"):
            alternative.addprevious(element)
        alternative.getparent().remove(alternative)
    return [True for _ in alternatives]


def _text(root: etree._Element, covered: frozenset[int]) -> list[bool]:
    bullets = [_bullet(bullet, covered) | _indent(bullet) for bullet in root.iter(f"{A}buChar")]
    return bullets + [_direction(paragraph) or _order(paragraph) for paragraph in root.iter(f"{A}p")]


def _chart(root: etree._Element, wardrobe: Wardrobe) -> list[bool]:
    words = [_order_text(each) for each in root.iter(f"{_C}v", f"{A}t")]
    return [*words, dress_chart(root, wardrobe)]


def _bullet(bullet: etree._Element, covered: frozenset[int]) -> bool:
    """Make a plain bullet of one that cannot be drawn; whether it was one."""
    font = bullet.getparent().find(f"{A}buFont")
    symbolic = font is not None and _SYMBOLS.search(font.get("typeface", "")) is not None
    if not symbolic and all(ord(character) in covered for character in bullet.get("char", "")):
        return False
    bullet.set("char", _BULLET)
    if font is not None:
        bullet.getparent().remove(font)
    return True


def _indent(bullet: etree._Element) -> bool:
    """Give a bullet in a plain shape room beside its text (a placeholder inherits an indent); whether it had none."""
    properties = bullet.getparent()
    shape = next(properties.iterancestors(f"{_P}sp"), None)
    if properties.tag != f"{A}pPr" or shape is None or shape.find(f".//{_P}ph") is not None:
        return False
    styled = shape.find(f".//{A}lstStyle/*") is not None
    if styled or "marL" in properties.attrib or "indent" in properties.attrib:
        return False
    properties.set("marL", _HANGING)
    properties.set("indent", f"-{_HANGING}")
    return True


def _direction(paragraph: etree._Element) -> bool:
    """Mark a paragraph that begins in a right-to-left script; whether it lacked the mark."""
    text = "".join(run.text or "" for run in paragraph.iter(f"{A}t"))
    if not bidi.begins_from_right(text):
        return False
    properties = paragraph.find(f"{A}pPr")
    if properties is None:
        properties = etree.Element(f"{A}pPr")
        paragraph.insert(0, properties)
    if properties.get("rtl") is not None:
        return False
    properties.set("rtl", "1")
    return True


def _order(paragraph: etree._Element) -> bool:
    """Put right-to-left words of a left-to-right paragraph in visual order; whether there were any."""
    properties = paragraph.find(f"{A}pPr")
    if properties is not None and properties.get("rtl") in ("1", "true"):
        return False
    neighbours: list[list[etree._Element]] = [[]]
    for child in paragraph:
        if child.tag == f"{A}r":
            neighbours[-1].append(child)
        elif neighbours[-1]:
            neighbours.append([])
    changed = [_order_runs(runs) for runs in neighbours if runs]
    return any(changed)


def _order_runs(runs: list[etree._Element]) -> bool:
    texts = [run.findtext(f"{A}t") or "" for run in runs]
    if not bidi.needs_order("".join(texts)):
        return False
    owners = [number for number, text in enumerate(texts) for _ in text]
    for number, placed in groupby(bidi.visual("".join(texts)), key=lambda each: owners[each[1]]):
        part = deepcopy(runs[number])
        part.find(f"{A}t").text = "".join(shape for shape, _ in placed)
        runs[0].addprevious(part)
    for run in runs:
        run.getparent().remove(run)
    return True


def _order_text(element: etree._Element) -> bool:
    """The same for words of a chart; the engine mirrors those that begin from the right, numbers and all."""
    text = element.text or ""
    if not bidi.needs_order(text):
        return False
    seen = "".join(shape for shape, _ in bidi.visual(text))
    element.text = bidi.mirrored(text) if bidi.begins_from_right(text) else seen
    return True
