"""Fetching pages of others: redirects, sizes, times, and never an address that is not public."""

import gzip
import socket
import time
import zlib

import pytest

from app import outgoing
from tests.voices.conftest import Site

MOST = 100_000


def get(url: str, seconds: float = 5) -> outgoing.Page:
    return outgoing.get(url, {"User-Agent": "Test"}, most_bytes=MOST, seconds=seconds)


def test_redirects_are_followed_and_those_for_good_remembered(site: Site):
    site.say("/a", status=301, Location="/b")
    site.say("/b", status=308, Location=f"{site.url}/c#part")
    site.say("/c", status=302, Location="d?x=ä")
    site.say("/d?x=%C3%A4", "here")
    page = get(f"{site.url}/a")
    assert (page.body, page.url, page.moved_to) == (b"here", f"{site.url}/d?x=%C3%A4", f"{site.url}/c")
    assert get(f"{site.url}/c").moved_to is None


INSIDE = (
    "http://127.0.0.2/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://0/",
    "http://2130706434/", "http://0x7f000002/", "http://[::ffff:127.0.0.2]/", "file:///etc/passwd", "gopher://127.0.0.1/",
    "http://user@127.0.0.1/", "//10.0.0.1/", "http://[", "http://a:0/", "javascript:x",
)


def test_no_redirect_leads_inside(site: Site):
    for target in INSIDE:
        site.asked.clear()
        site.say("/a", status=302, Location=target)
        with pytest.raises(outgoing.Refused):
            get(f"{site.url}/a")
        assert len(site.asked) == 1, target


def test_a_name_that_leads_inside_after_a_redirect_is_refused(site: Site, monkeypatch):
    asked = outgoing.socket.getaddrinfo
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda host, *more, **named: asked(
        "10.1.2.3" if host == "inside.example" else host, *more, **named))
    site.say("/a", status=307, Location="http://inside.example/")
    with pytest.raises(outgoing.Refused):
        get(f"{site.url}/a")


def test_redirects_end(site: Site):
    site.say("/a", status=302, Location="/a")
    with pytest.raises(outgoing.TooManyRedirects):
        get(f"{site.url}/a")
    assert len(site.asked) == outgoing.MOST_REDIRECTS + 1


def test_what_is_packed_is_unpacked(site: Site):
    bare = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    for number, (name, body) in enumerate((
        ("gzip", gzip.compress(b"words")), ("deflate", zlib.compress(b"words")),
        ("deflate", bare.compress(b"words") + bare.flush()), ("", b"words"), ("identity", b"words"),
    )):
        site.say(f"/{number}", body, Content_Encoding=name)
        assert get(f"{site.url}/{number}").body == b"words"


TOO_MUCH = (
    ("", b"x" * (MOST + 1), outgoing.TooLarge),
    ("gzip", gzip.compress(bytes(200_000_000), 1), outgoing.TooLarge),
    ("gzip", gzip.compress(b"words" * 99)[:-20], outgoing.Failed),
    ("gzip", b"no gzip at all", outgoing.Failed),
)


def test_too_much_and_half_of_it_are_not_taken(site: Site):
    for packing, body, error in TOO_MUCH:
        site.say("/a", body, Content_Encoding=packing)
        with pytest.raises(outgoing.Failed) as raised:
            get(f"{site.url}/a")
        assert raised.type is error


def test_its_time_ends_all_redirects_together(app, monkeypatch):
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", ["127.0.0.1"])
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(outgoing.Failed):
            get(f"http://127.0.0.1:{silent.getsockname()[1]}/", seconds=0.2)
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(("typed", "sent"), [
    ("https://Müller.example/ä b?q=ü#x", "https://xn--mller-kva.example/%C3%A4%20b?q=%C3%BC"),
    ("HTTP://A.example/%20x", "http://a.example/%20x"), ("http://[", "http://["), ("http://" + "ä" * 99, None),
])
def test_addresses_are_sent_as_they_must_be(typed, sent):
    assert outgoing.as_ascii(typed) == (typed if sent is None else sent)
