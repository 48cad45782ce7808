"""Folders of a share as tags: what an old folder said of its files is not lost."""

import re
import unicodedata
from collections.abc import Iterable

TAG_LENGTH = 60
MOST_TAGS = 12


def tag_of(folder: str) -> str:
    """`Q3 Kampagnen (final)` → `q3-kampagnen-final`; a tag begins with a letter: `2026` → `in-2026`. May be empty."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", folder).lower())
    tag = "-".join(words)
    if tag and not tag[0].isalpha():
        tag = f"in-{tag}"
    return tag[:TAG_LENGTH].strip("-")


def words(typed: str) -> list[str]:
    """What was typed into a field for tags: words with commas or spaces between them, with # or without."""
    return typed.replace(",", " ").split()


def with_tags(body: str, folders: Iterable[str]) -> str:
    """The text with a line of tags below it, each once."""
    tags = dict.fromkeys(filter(None, map(tag_of, folders)))
    line = " ".join(f"#{tag}" for tag in list(tags)[:MOST_TAGS])
    return "\n\n".join(filter(None, [body.strip(), line]))
