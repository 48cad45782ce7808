"""What pages and files of an export are called: readable, and allowed on Windows, macOS and Linux alike."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from app.assets.sniff import ACTIVE

LONGEST, LONGEST_BYTES, LONGEST_ENDING = 80, 200, 20
SLUG, SLUG_BYTES = 48, 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
_RUN_BY_BROWSERS = {".html", ".htm", ".xhtml", ".xht", ".shtml", ".svg", ".svgz", ".xml", ".mht", ".mhtml"}
# They join letters in Persian and in Indian scripts; every other sign without a shape only deceives.
_JOINERS = "\u200c\u200d"


def cut(text: str, characters: int, octets: int) -> str:
    """How a text begins, within both limits, without half a character."""
    while len(text) > characters or len(text.encode()) > octets:
        text = text[: min(characters, len(text) - 1)]
    return text


def file_name(name: str) -> str:
    """A name as somebody gave it, with only what no system would take replaced; long ones keep their ending."""
    shown = (letter for letter in unicodedata.normalize("NFC", name)
             if letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    plain = _FORBIDDEN.sub("_", "".join(shown)).strip().rstrip(". ")
    if not plain or plain.startswith(".") or _DEVICES.match(plain):
        plain = f"_{plain}"
    ending = PurePosixPath(plain).suffix if len(PurePosixPath(plain).suffix) <= LONGEST_ENDING else ""
    stem = plain.removesuffix(ending)
    stem = cut(stem, LONGEST - len(ending), LONGEST_BYTES - len(ending.encode()))
    return f"{stem}{ending}".rstrip(". ") or "_"


def slug(text: str) -> str:
    """Words for the name of a page, in their own script; may be empty."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text).lower()).strip("-")
    return cut(words, SLUG, SLUG_BYTES).strip("-")


def page_name(folder: str, key: int, title: str) -> str:
    """Where the page of an entry lies; its id keeps it apart from all others."""
    return f"{folder}/{'-'.join(filter(None, (str(key), slug(title))))}.html"


def version_name(page: str, number: int) -> str:
    """Where the page of an older version of an asset lies, beside the asset's own."""
    return f"{page.removesuffix('.html')}-v{number}.html"


def harmless_name(filename: str, media_type: str) -> str:
    """The name of an original. What a browser would run is called a text: opened from the export it is only shown."""
    name = file_name(filename)
    runs = media_type in ACTIVE or PurePosixPath(name).suffix.lower() in _RUN_BY_BROWSERS
    return f"{name}.txt" if runs else name


def original_name(page: str, number: int, filename: str, media_type: str) -> str:
    """Where the original of a version lies: in a folder that is called like the asset's page."""
    return f"files/{PurePosixPath(page).stem}/v{number}/{harmless_name(filename, media_type)}"


def picture_name(page: str, number: int, slide: int, *, small: bool = False) -> str:
    """Where the picture of a slide lies."""
    return f"slides/{PurePosixPath(page).stem}/v{number}/{slide:03}{'-small' if small else ''}.webp"


def upload_name(key: int, filename: str, media_type: str) -> str:
    """Where a file lies that was dropped into a text."""
    return f"files/in-texts/{key}/{harmless_name(filename, media_type)}"


def mail_name(key: int, filename: str) -> str:
    """Where the original of a letter lies."""
    return f"files/mail/{key}/{harmless_name(filename, 'message/rfc822')}"


def address(path: str, fragment: str = "") -> str:
    """A path of the export as pages link to it."""
    return quote(path) + (f"#{quote(fragment)}" if fragment else "")
