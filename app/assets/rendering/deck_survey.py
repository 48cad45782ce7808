"""What a deck asks of fonts, read off its parts before anything opens it."""

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

_TYPEFACE = re.compile(rb'<a:(?:latin|ea|cs)\b[^>]*?\btypeface="([^"+]{1,60})"')
_PARTS = re.compile(r"ppt/(slides|slideLayouts|slideMasters|theme|charts)/[^/]+\.xml")
_SPEAKING = re.compile(r"ppt/(slides|charts)/[^/]+\.xml")
_KANA = re.compile(b"\xe3(?:\x81[\x81-\xbf]|\x82[\x80-\x96\xa1-\xbf]|\x83[\x80-\xba])")  # U+3041–3096, 30A1–30FA
_HAN = re.compile(b"[\xe4-\xe9][\xb8-\xbf\x80-\xb7][\x80-\xbf]")  # about U+4E00–9FFF
_MOST_FAMILIES = 40
_KANA_OF_JAPANESE = 0.1  # kana per ideograph; headlines have about one, running text two, Chinese brand names none


class Survey(NamedTuple):
    """`families`: fonts that the deck names, most used first. `japanese`: its ideographs are Japanese ones."""

    families: list[str]
    japanese: bool


def survey(path: Path) -> Survey:
    """Look through the parts of a deck that can be drawn."""
    families: Counter[str] = Counter()
    kana = han = 0
    with zipfile.ZipFile(path) as package:
        for name in filter(_PARTS.fullmatch, package.namelist()):
            data = package.read(name)
            families.update(match[1].decode("utf-8", "replace") for match in _TYPEFACE.finditer(data))
            if _SPEAKING.fullmatch(name):
                kana += len(_KANA.findall(data))
                han += len(_HAN.findall(data))
    named = [family for family, _ in families.most_common(_MOST_FAMILIES)]
    return Survey(named, kana > han * _KANA_OF_JAPANESE)
