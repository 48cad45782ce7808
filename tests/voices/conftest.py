"""A site on this machine that has feeds, and accounts that may have them."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.outgoing import Page
from app.voices import actions
from app.voices.asking import Asked
from app.voices.found import Item, Reading


def day(number: int) -> str:
    """One of the last four weeks, the 28th being yesterday: what is older than that is no news."""
    return (datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(29 - number)).isoformat()


class Site:
    """Answers what `pages` says of a path, `(status, headers, body)`, 404 else; remembers what it was asked."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.pages: dict[str, tuple[int, dict, bytes]] = {}
        self.asked: list[tuple[str, dict]] = []

    def say(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        body = body if isinstance(body, bytes) else body.encode()
        self.pages[path] = status, {name.replace("_", "-"): value for name, value in headers.items()}, body


@pytest.fixture
def site(app, monkeypatch) -> Iterator[Site]:
    """Of all that is not public, this server may reach this one address."""
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", ["127.0.0.1"])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            status, headers, body = found.pages.get(self.path, (404, {}, b""))
            if headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match"):
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def rss(*items: str, head: str = "<title>Acme News</title><link>/</link>") -> str:
    """A feed of these items, each the inside of one."""
    inside = "".join(f"<item>{each}</item>" for each in items)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{inside}</channel></rss>'


def told(number: int, words: str = "") -> str:
    """The inside of an item, published on that day."""
    return (f"<title>Item {number}</title><guid isPermaLink='false'>id-{number}</guid><link>/news/{number}</link>"
            f"<description>{words or f'Words {number}'}</description><pubDate>{day(number)}</pubDate>")


def item(number: int, **named) -> Item:
    """The same as it is read."""
    return Item(**({"guid": f"id-{number}", "link": f"https://acme.example/news/{number}", "title": f"Item {number}",
                    "text": f"Words {number}", "published": day(number)} | named))


@pytest.fixture
def account(world):
    return world.space("account", "closed").account


def asked(*items: Item, address: str = "https://acme.example/feed", **headers: str) -> Asked:
    """An answer of the site with these items, the newest first."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Asked(address, Page(address, 200, named), Reading("Acme News", "https://acme.example/", None, list(items)))


@pytest.fixture
def subscribed(account, world) -> Callable:
    """Subscribes a feed that told these items."""

    def subscribe(*items: Item, actor=None, of=None):
        return actions.subscribe(of or account, asked(*items), actor=actor or world.lena)

    return subscribe
