"""Asking a site for a feed, or for what a page is: politely, saying who asks, and never inside a transaction."""

from dataclasses import dataclass, field
from http import HTTPStatus

from flask import current_app

from app import outgoing
from app.voices.found import LONGEST_ADDRESS, Choice, Reading
from app.voices.reading import read

MOST_BYTES = 5 * 1024 * 1024
SECONDS = 20
WANTED = ("application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, "
          "text/xml;q=0.8, text/html;q=0.5, */*;q=0.1")
_BY_STATUS = {404: "missing", 401: "closed", 402: "closed", 403: "closed", 407: "closed", 410: "gone", 429: "busy"}


class CannotRead(Exception):
    """Nothing came of it: `trouble` is one of `words.TROUBLES`, `status` and `headers` what the site answered."""

    def __init__(self, trouble: str, page: outgoing.Page | None = None) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.status, self.headers = (page.status, page.headers) if page else (None, {})


@dataclass(frozen=True)
class Asked:
    """What a site answered, and what that is; no `reading` where nothing changed."""

    address: str
    page: outgoing.Page
    reading: Reading | None = None

    @property
    def settled(self) -> str:
        """Where it is to be asked for from now on."""
        moved_to = self.page.moved_to or self.address
        return moved_to if len(moved_to) <= LONGEST_ADDRESS else self.address


@dataclass(frozen=True)
class Looked:
    """A feed, or the feeds that a web page names."""

    feed: Asked | None = None
    choices: list[Choice] = field(default_factory=list)


def ask(address: str, etag: str = "", modified: str = "") -> Asked:
    """Ask for a page; with `etag` and `modified` only if it changed since. Raises CannotRead."""
    if len(address) > LONGEST_ADDRESS:
        raise CannotRead("refused")
    headers = {"User-Agent": f"Quarterdeck (feed reader; +{current_app.config['PUBLIC_URL']})", "Accept": WANTED}
    headers |= {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
    try:
        page = outgoing.get(address, headers, most_bytes=MOST_BYTES, seconds=SECONDS)
    except outgoing.Refused:
        raise CannotRead("refused") from None
    except outgoing.TooLarge:
        raise CannotRead("too_large") from None
    except outgoing.TooManyRedirects:
        raise CannotRead("astray") from None
    except outgoing.Failed:
        raise CannotRead("away") from None
    if page.status == HTTPStatus.NOT_MODIFIED and (etag or modified):
        return Asked(address, page)
    if page.status != HTTPStatus.OK:
        asked_back = page.status == HTTPStatus.SERVICE_UNAVAILABLE and "retry-after" in page.headers
        raise CannotRead("busy" if asked_back else _BY_STATUS.get(page.status, "broken"), page)
    return Asked(address, page, read(page.body, page.url, page.headers.get("content-type", "")))


def look(typed: str) -> Looked:
    """What is at an address as somebody typed it: a feed, or a page that names one or several. Raises CannotRead."""
    found = _first_answer(typed)
    if found.reading.choices:
        if len(found.reading.choices) > 1:
            return Looked(choices=found.reading.choices)
        found = ask(outgoing.as_ascii(found.reading.choices[0].address))
        if found.reading.choices:
            raise CannotRead("page")
    if found.reading.trouble:
        raise CannotRead(found.reading.trouble)
    return Looked(found)


def _first_answer(typed: str) -> Asked:
    typed = typed.strip()
    if typed.lower().startswith("feed:"):
        typed = typed[5:].lstrip("/")
    elif "://" in typed and not typed.lower().startswith(("http://", "https://")):
        raise CannotRead("refused")
    candidates = [typed] if typed.lower().startswith(("http://", "https://")) else [f"https://{typed}", f"http://{typed}"]
    for last, each in enumerate(candidates, 1):
        try:
            return ask(outgoing.as_ascii(each))
        except CannotRead as error:
            if error.trouble != "away" or last == len(candidates):
                raise
    raise CannotRead("refused")
