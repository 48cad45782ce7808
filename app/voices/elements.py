"""The elements of a feed by the names they are known by, whatever their namespaces are called in the document."""

import re
from urllib.parse import urljoin, urlsplit

from app.voices.found import LONGEST_ADDRESS

_PREFIXES = {
    "http://www.w3.org/2005/Atom": "", "http://purl.org/atom/ns#": "", "http://purl.org/rss/1.0/": "",
    "http://backend.userland.com/rss2": "", "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "",
    "http://purl.org/rss/1.0/modules/content/": "content:", "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:", "http://purl.org/rss/1.0/modules/syndication/": "sy:",
}
_MOST_CHARACTERS = 400_000
_SOUND = re.compile(r"\.(?:mp3|m4a|ogg|oga|opus|aac|wav|mp4|m4v)(?:[?#]|$)", re.IGNORECASE)
_BAD = re.compile(r"[\x00-\x20<>\"]")


def named(element) -> str:
    """Its name, with a prefix of ours; one that means nothing to us keeps its namespace, so that it is no other's."""
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith("{"):
        return tag if isinstance(tag, str) else ""
    space, _, local = tag[1:].partition("}")
    return _PREFIXES.get(space, f"{space} ") + local


def first(parent) -> dict:
    """The children of an element, of each name the first that says something."""
    found: dict = {}
    for child in parent:
        name = named(child)
        if name and (name not in found or not (len(found[name]) or found[name].text)):
            found[name] = child
    return found


def words(element) -> str:
    """The characters in an element, markup in them left as it is."""
    if element is None:
        return ""
    found, length = [], 0
    for each in element.itertext(with_tail=False) if len(element) else [element.text or ""]:
        found.append(each)
        length += len(each)
        if length > _MOST_CHARACTERS:
            break
    return "".join(found)[:_MOST_CHARACTERS]


def address(base: str, text: str) -> str:
    """An address of the web, or nothing: no script, no data, no path of some machine."""
    try:
        found = urljoin(base, "".join(text.split()))
        parts = urlsplit(found)
        whole = parts.scheme in ("http", "https") and parts.hostname and len(found) <= LONGEST_ADDRESS
    except ValueError:
        return ""
    return found if whole and not _BAD.search(found) else ""


def addresses_of(element, url: str) -> dict[str, str]:
    """Where what an element tells of can be read (`alternate`) and heard (`sound`), as far as it says so."""
    found: dict[str, str] = {}
    for child in element:
        name, base = named(child), url
        kind = (child.get("type") or "").lower() if name in ("link", "enclosure") else ""
        if name == "link" and child.get("href") is not None:
            href, relation = child.get("href"), child.get("rel") or "alternate"
            base = child.base or url
        elif name == "link":
            href, relation = words(child), "alternate"
        elif name == "enclosure":
            href, relation = child.get("url") or "", "enclosure"
        else:
            continue
        if relation == "enclosure" and (kind.startswith(("audio/", "video/")) or _SOUND.search(href)):
            found.setdefault("sound", address(base, href))
        elif relation == "alternate" and (there := address(base, href) if href.strip() else ""):
            found.setdefault("alternate", there)
    return found
