"""Bare addresses and our own @person, #tag and $account in plain text: found, and made links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

# A sign that starts a word, then a name that starts with a letter: not "C#", not "#1", not "$50k", not "a@b.com".
_REFERENCE = r"(?<![\w/&@#$.])(?P<sign>[@#$])(?P<name>[^\W\d_][\w-]*(?:\.[\w-]+)*)"
# As GitHub has it: what begins like an address of the web, and mail addresses, whatever their domain ends in; a file
# name (notes.md) is none. Signs of Chinese and Japanese, which stand without spaces, end an address.
_ADDRESS = r"(?<![a-zA-Z0-9_])(?P<web>(?:https?://|www\.)[^\s<>\"\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+)"
_MAIL = r"(?<![\w.+/@-])(?P<mail>[\w.+-]{1,64}@(?:[a-zA-Z0-9-]{1,63}\.)+[a-zA-Z]{2,63})(?![\w@-])"
_LINK = re.compile(f"{_ADDRESS}|{_MAIL}|{_REFERENCE}", re.IGNORECASE)
_ENDINGS = re.compile(r"[?!.,:;*_~'\"’”»]+$")
FOLDERS = {"@": "/people/", "#": "/tags/", "$": "/accounts/"}


@dataclass(frozen=True)
class References:
    """Names used in a text, by sign: handles after @, tags after #, account slugs after $. All lower case."""

    people: frozenset[str] = field(default_factory=frozenset)
    tags: frozenset[str] = field(default_factory=frozenset)
    accounts: frozenset[str] = field(default_factory=frozenset)

    def holds(self, sign: str, name: str) -> bool:
        return name in {"@": self.people, "#": self.tags, "$": self.accounts}[sign]


class Link(NamedTuple):
    """A stretch of a text that leads somewhere; `reference` is (sign, name) for one of our own."""

    start: int
    end: int
    href: str
    reference: tuple[str, str] | None


def links(text: str) -> Iterator[Link]:
    """The links in a plain text, from left to right, names included that may not exist."""
    for match in _LINK.finditer(text):
        if match["sign"]:
            reference = (match["sign"], match["name"].lower())
            yield Link(match.start(), match.end(), FOLDERS[reference[0]] + reference[1], reference)
        elif match["mail"]:
            yield Link(match.start(), match.end(), f"mailto:{match['mail']}", None)
        elif address := _without_ending(match["web"]):
            href = address if "://" in address[:8] else f"http://{address}"
            yield Link(match.start(), match.start() + len(address), href, None)


def _without_ending(address: str) -> str:
    """An address without the punctuation of the sentence around it; "" when nothing of a host is left."""
    shorter = None
    while shorter != address:
        shorter = address
        address = _ENDINGS.sub("", address)
        if address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
    host = re.split(r"[/?#]", address.partition("://")[2] or address, maxsplit=1)[0]
    return address if re.search(r"\w", host.removeprefix("www.")) else ""
