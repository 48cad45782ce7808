"""Small changes to a copy of a deck, so that the engine draws what PowerPoint would.

The engine draws bullets in the face of the text, so one from a symbol font, or one that face lacks, becomes a box; a
bullet without an indent is drawn over the first letter. And it lays Arabic and Hebrew out from the right only in
paragraphs marked so: PowerPoint marks them, many programs do not. It also holds every part in memory several times, so
films, sounds and embedded workbooks, which are never drawn, are left out of the copy.
"""

import re
import unicodedata
import zipfile
from collections.abc import Container
from pathlib import Path

from lxml import etree

_PARTS = re.compile(r"ppt/(slides|slideLayouts|slideMasters)/[^/]+\.xml")
_UNDRAWN = re.compile(r"^ppt/embeddings/|\.(mp[34]|m4[av]|mov|avi|wm[av]|wav|mpe?g|mkv|webm|aiff?|bin)$", re.I)
_BALLAST_FROM = 1024 * 1024
_WORTH_PARSING = re.compile("<a:buChar|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_HANGING = "228600"  # EMU: a quarter of an inch
_SYMBOLS = re.compile(r"wingdings|webdings|symbol|dingbats|monotype sorts|marlett", re.I)
_BULLET = "•"


def repaired(source: Path, copy: Path, covered: Container[int]) -> Path:
    """`copy`, a changed deck, or `source` if there was nothing to change. `covered`: characters that can be drawn."""
    with zipfile.ZipFile(source) as package:
        changed = {entry.filename: b"" for entry in package.infolist() if _is_ballast(entry)}
        for name in filter(_PARTS.fullmatch, package.namelist()):
            part = _repaired(package.read(name), covered)
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


def _repaired(data: bytes, covered: Container[int]) -> bytes | None:
    if not _WORTH_PARSING.search(data.decode("utf-8", "replace")):
        return None
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    bullets = [_bullet(bullet, covered) | _indent(bullet) for bullet in root.iter(f"{_A}buChar")]
    directions = [_direction(paragraph) for paragraph in root.iter(f"{_A}p")]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") if any(bullets + directions) else None


def _bullet(bullet: etree._Element, covered: Container[int]) -> bool:
    """Make a plain bullet of one that cannot be drawn; whether it was one."""
    font = bullet.getparent().find(f"{_A}buFont")
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
    if properties.tag != f"{_A}pPr" or shape is None or shape.find(f".//{_P}ph") is not None:
        return False
    styled = shape.find(f".//{_A}lstStyle/*") is not None
    if styled or "marL" in properties.attrib or "indent" in properties.attrib:
        return False
    properties.set("marL", _HANGING)
    properties.set("indent", f"-{_HANGING}")
    return True


def _direction(paragraph: etree._Element) -> bool:
    """Mark a paragraph that begins in a right-to-left script; whether it lacked the mark."""
    text = "".join(run.text or "" for run in paragraph.iter(f"{_A}t"))
    strong = (unicodedata.bidirectional(character) for character in text)
    if next((kind for kind in strong if kind in ("L", "R", "AL")), "L") == "L":
        return False
    properties = paragraph.find(f"{_A}pPr")
    if properties is None:
        properties = etree.Element(f"{_A}pPr")
        paragraph.insert(0, properties)
    if properties.get("rtl") is not None:
        return False
    properties.set("rtl", "1")
    return True
