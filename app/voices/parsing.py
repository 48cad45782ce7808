"""What a page says that may be a feed: RSS in its dialects, RDF, Atom; or a web page that names its feeds.

Pure functions on bytes, for the fenced process. Whatever they are given, something comes of it: words are plain text,
addresses are those of the web, and what cannot be read is left out. Nothing that a document defines itself (entities)
is ever expanded, and nothing it points to is loaded.
"""

import re
from html import escape
from html.entities import html5

from lxml import etree

from app.conversations.mail import html
from app.conversations.mail.charsets import decode, tidy
from app.voices import times
from app.voices.elements import address, addresses_of, first, named, words
from app.voices.found import LONGEST_TEXT, Choice, Item, Reading

MOST_LOOKED_AT = 1000
MOST_ITEMS = 100
MOST_CHOICES = 20
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})|"""
                       rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,500}>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]{0,2000}(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w-]+:)?(rss|rdf|feed|html|head|body|!doctype\s+html)\b", re.IGNORECASE)
_NAMED = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,30});")
_NUMBERED = re.compile(r"(?:&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});)+")
_BARE = re.compile(r"&(?!#?\w{1,32};)")
_FEEDS = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/rss", "application/atom"}
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 7 * 1440, "monthly": 30 * 1440, "yearly": 365 * 1440}


def read(data: bytes, url: str, media_type: str = "") -> Reading:
    """What the page at `url` is."""
    text = tidy(_letters(data, media_type))
    if not text.strip():
        return Reading(trouble="empty")
    root = _ROOT.search(text[:20_000])
    if root is None:
        return Reading(trouble="no_feed")
    if root[1].lower() in ("rss", "rdf", "feed"):
        return _feed(text, url)
    return _page(text, url)


def _letters(data: bytes, media_type: str) -> str:
    declared, claimed = _DECLARED.search(data[:2000]), _CHARSET.search(media_type)
    text = decode(data, claimed[1] if claimed else declared and (declared[1] or declared[2]).decode())
    # Said to be UTF-8, and not one letter beyond ASCII is: then all of them are of the West.
    if "\ufffd" in text and not any("\x7f" < each != "\ufffd" for each in text):
        return data.decode("cp1252", "replace")
    return text


def _feed(text: str, url: str) -> Reading:
    root = _tree(_DOCTYPE.sub("", _PROLOGUE.sub("", text), count=1), url)
    if root is None or named(root) not in ("rss", "RDF", "feed"):
        return Reading(trouble="unreadable")
    channel = next((each for each in root if named(each) == "channel"), root)
    parts = first(channel)
    elements = [each for each in (*channel, *(root if channel is not root else ())) if named(each) in ("item", "entry")]
    links = addresses_of(channel, url)
    items = [each for each in (_item(element, url) for element in elements[:MOST_LOOKED_AT]) if each]
    return Reading(_line(parts.get("title"), 300), links.get("alternate", ""), _minutes(parts), _newest(items))


def _tree(text: str, url: str):
    """The document; a broken one as far as it can be mended; None for what is none."""
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False,
               "remove_comments": True, "remove_pis": True, "encoding": "utf-8"}
    try:
        return etree.fromstring(text.encode(), etree.XMLParser(**options), base_url=url)
    except (etree.LxmlError, ValueError):
        pass
    mended = _BARE.sub("&amp;", _NAMED.sub(_character, _NUMBERED.sub(_numbered, text)))
    try:
        return etree.fromstring(mended.encode(), etree.XMLParser(recover=True, **options), base_url=url)
    except (etree.LxmlError, ValueError):
        return None


def _character(found: re.Match) -> str:
    """A character that has a name in HTML; XML knows five of them, which stay."""
    if found[1] in ("amp", "lt", "gt", "quot", "apos"):
        return found[0]
    return html5.get(f"{found[1]};", f"&amp;{found[1]};")


def _numbered(found: re.Match) -> str:
    """Characters by their numbers, also by the two halves of UTF-16 that some programs write; what is none is left out,
    since XML breaks at it.
    """
    numbers = (int(each[1:], 16) if each[0] in "xX" else int(each) for each in re.findall(r"&#(\w+);", found[0]))
    text = "".join(chr(each) for each in numbers if each <= 0x10FFFF)
    return escape(tidy(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")))


def _item(element, url: str) -> Item | None:
    parts, links = first(element), addresses_of(element, url)
    guid = words(parts.get("guid", parts.get("id"))).strip()[:2000]
    body = parts.get("content:encoded", parts.get("content"))
    bodies = (body, *(parts.get(name) for name in ("description", "summary", "itunes:summary")))
    dates = (times.moment(words(parts.get(name)))
             for name in ("pubDate", "published", "dc:date", "date", "issued", "updated", "modified"))
    published = next(filter(None, dates), None)
    link, text = links.get("alternate", ""), next(filter(None, map(_text, bodies)), "")
    # Where there is no other, an id that says so is where it can be read.
    if not link and guid.startswith(("http://", "https://")) and parts["guid" if "guid" in parts else "id"].get(
            "isPermaLink", "true") == "true":
        link = address(url, guid)
    sound = links.get("sound", "")
    item = Item(guid or str(element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about") or "")[:2000], link,
                _line(parts.get("title"), 300), text, _author(parts), published.isoformat() if published else "", sound,
                times.seconds(words(parts.get("itunes:duration"))) if sound else None)
    return item if item.title or item.text or item.link or item.sound else None


def _author(parts: dict) -> str:
    """Who wrote it: a name; what is only an address of mail is nobody's business."""
    author = parts.get("author")
    name = first(author).get("name") if author is not None and len(author) else author
    for each in (parts.get("dc:creator"), name, parts.get("itunes:author")):
        found = _line(each, 120)
        found = re.sub(r"\S+@\S+", "", found).strip(" ()<>,")
        if found:
            return found
    return ""


def _minutes(parts: dict) -> int | None:
    """How often the feed asks to be looked at."""
    told = words(parts.get("ttl")).strip()
    if re.fullmatch(r"\d{1,6}", told) and int(told):
        return int(told)
    period = _PERIODS.get(words(parts.get("sy:updatePeriod")).strip().lower())
    often = words(parts.get("sy:updateFrequency")).strip()
    return max(period // (int(often) or 1), 1) if period and re.fullmatch(r"\d{1,4}|", often) and often else period


def _newest(items: list[Item]) -> list[Item]:
    """The newest first, each once; those without a date keep their place behind the one before them."""
    known, unique = set(), []
    for each in items:
        name = each.guid or each.link or (each.title, each.published)
        if name not in known:
            known.add(name)
            unique.append(each)
    if all(each.published for each in unique):
        unique.sort(key=lambda each: each.published, reverse=True)
    return unique[:MOST_ITEMS]


def _markup(element) -> str:
    """What an element says, as HTML."""
    kind = (element.get("type") or "").lower()
    if kind == "xhtml" or (kind.endswith("xml") and len(element)):
        return "".join(etree.tostring(each, encoding="unicode", method="html", with_tail=True) for each in element)
    said = words(element)
    is_atom = isinstance(element.tag, str) and element.tag.startswith("{http://www.w3.org/2005/Atom}")
    return escape(said) if kind in ("text", "text/plain") or (is_atom and not kind) else said


def _plain(element) -> str:
    """The words alone; what readers of mail mark is no part of them."""
    if element is None:
        return ""
    found = html.read(_markup(element)).text
    for sign in (html.QUOTED_FROM_HERE, html.SIGNATURE, html.END_OF_SIGNATURE):
        found = found.replace(sign, "")
    return re.sub(r"\n{3,}", "\n\n", found).strip()


def _line(element, most: int) -> str:
    found = " ".join(_plain(element).split())
    return found if len(found) <= most else found[: most - 1].rstrip() + "…"


def _text(element) -> str:
    """How it begins, up to the end of a word."""
    found = _plain(element)
    if len(found) <= LONGEST_TEXT:
        return found
    cut = found[: LONGEST_TEXT - 2]
    at = max(cut.rfind(" "), cut.rfind("\n"))
    return cut[: at if at > LONGEST_TEXT // 2 else None].rstrip() + " …"


def _page(text: str, url: str) -> Reading:
    """The feeds that a web page names in its head."""
    parser = etree.HTMLParser(recover=True, no_network=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        return Reading(trouble="no_feed")
    base = next((address(url, each.get("href")) for each in root.iter("base") if each.get("href")), "") or url
    found: dict[str, Choice] = {}
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in _FEEDS:
            there = address(base, link.get("href") or "")
            title = " ".join(tidy(link.get("title") or "").split())[:200]
            if there and len(found) < MOST_CHOICES:
                found.setdefault(there, Choice(there, title))
    return Reading(choices=list(found.values()), trouble="" if found else "no_feed")
