"""Which items of a feed are known: by their ids; where those changed, by address, or by title and day."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from app.voices.found import Item


class Keys(NamedTuple):
    """Hashes of what an item is known by, "" where it says nothing; and of all it says."""

    guid_key: str
    link_key: str
    title_key: str
    words_key: str


class Known(Protocol):
    guid_key: str
    link_key: str
    title_key: str


def _hash(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()


def keys(item: Item) -> Keys:
    """What this item is known by."""
    bare = item.link.partition("://")[2].removeprefix("www.").rstrip("/")
    return Keys(
        _hash(item.guid) if item.guid else "", _hash(bare) if bare else "",
        _hash(item.title.casefold(), item.published[:10]) if item.title else "",
        _hash(item.title, item.text, item.link, item.by, item.sound, str(item.seconds)),
    )


def recognise(items: Sequence[Item], known: Iterable[Known]) -> list[Known | None]:
    """For each item the one of `known` that it is, each at most once, or None if it is new.

    An address alone says little: some feeds give all they tell the address of one page. So it must be of this item
    alone, and ids or titles must not speak against it.
    """
    told, left = [keys(each) for each in items], list(known)
    shared = Counter(each.link_key for each in told)

    def same_id(mine: Keys, other: Known) -> bool:
        return mine.guid_key == other.guid_key != ""

    def same_address(mine: Keys, other: Known) -> bool:
        agrees = mine.title_key == other.title_key or not (mine.guid_key and other.guid_key)
        return mine.link_key == other.link_key != "" and shared[mine.link_key] == 1 and agrees

    def same_title(mine: Keys, other: Known) -> bool:
        return mine.title_key == other.title_key != ""

    found: list[Known | None] = [None] * len(told)
    for fits in (same_id, same_address, same_title):
        for place, mine in enumerate(told):
            if found[place] is None and (match := next((each for each in left if fits(mine, each)), None)) is not None:
                found[place] = match
                left = [each for each in left if each is not match]
    return found
