"""Requests that this server makes because somebody asked it to: to public addresses only.

Whoever names an address could otherwise make the server talk to machines that only it can reach. So the name is
resolved once, every address it has is checked, and the connection goes to a checked one. `post` follows no redirect;
`get` follows a few, each of which is checked in the same way.
"""

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from flask import current_app

CONNECT_SECONDS = 5
TOTAL_SECONDS = 10
MOST_BYTES = 64 * 1024
"""Of an answer to `post` no more is read."""
MOST_REDIRECTS = 5
_CHUNK = 64 * 1024
_FOR_GOOD = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)

# Addresses of these networks carry another address inside, which may be a private one.
_WRAPPING = [ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]


class Refused(ValueError):
    """An address that this server does not talk to."""


class Failed(OSError):
    """Nobody answered, or nothing that is HTTP."""


class TooLarge(Failed):
    """An answer of more bytes than were wanted, as it came or unpacked."""


class TooManyRedirects(Failed):
    """One address led to the next, and so on."""


@dataclass(frozen=True)
class Reply:
    """What the other side said: the status, and the beginning of the body."""

    status: int
    body: bytes


@dataclass(frozen=True)
class Page:
    """What is at an address: `url` is where it was found in the end, `moved_to` where it has moved to for good, if it
    has. The names of headers are in lower case; the body is unpacked, and there only if the status is 200.
    """

    url: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved_to: str | None = None


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return _is_public(address.ipv4_mapped)
        if address.is_site_local or any(address in network for network in _WRAPPING):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_allowed(address: str) -> bool:
    """Whether this server may talk to an IP address: a public one, or one in a network of `OUTGOING_ALLOWED`."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    allowed = (ip_network(each, strict=False) for each in current_app.config["OUTGOING_ALLOWED"])
    return any(found in network for network in allowed) or _is_public(found)


def check_url(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path of an address that may be asked. Resolves nothing. Raises Refused."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise Refused("not an address") from None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password or port == 0:
        raise Refused("not an address")
    if any(each <= " " or each >= "\x7f" for each in url):
        raise Refused("not an address")
    literal = host.replace(".", "").isdigit() or ":" in host
    if (literal and not is_allowed(host)) or (host == "localhost" and not is_allowed("127.0.0.1")):
        raise Refused("not a public address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path


def _resolve(host: str, port: int) -> str:
    """An address of this host; all of them must be allowed, so that it does not matter which one is taken."""
    try:
        found = {each[4][0] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise Failed(f"{host} has no address") from error
    if not found or not all(is_allowed(address) for address in found):
        raise Refused("not a public address")
    return min(found, key=lambda address: (":" in address, address))


def as_ascii(url: str) -> str:
    """An address as it is sent, without the part after "#": a name in letters of its language becomes its code. What is
    no address comes back as it is, for `check_url` to refuse.
    """
    try:
        url = urldefrag(url.strip())[0]
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else None
    except (ValueError, UnicodeError):
        return url
    network = parts.netloc if host is None else host + (f":{parts.port}" if parts.port else "")
    safe = "/:@!$&'()*+,;=~%[]?"
    return parts._replace(scheme=parts.scheme.lower(), netloc=network.lower(), path=quote(parts.path, safe),
                          query=quote(parts.query, safe)).geturl()


@contextmanager
def _connected(url: str, seconds: float, silence: float = CONNECT_SECONDS) -> Iterator:
    """A connection to where `url` is, and the path there, for `seconds`; after `silence` without a byte it is over."""
    scheme, host, port, path = check_url(url)
    address = _resolve(host, port)
    try:
        plain = socket.create_connection((address, port), timeout=CONNECT_SECONDS)
    except OSError as error:
        raise Failed(str(error)) from error
    plain.settimeout(silence)
    # Each read may be quick and the whole still take for ever: at the end of its time the connection is cut, by a
    # handle of its own, since TLS takes the socket over and leaves an empty one behind.
    handle = plain.dup()
    clock = threading.Timer(seconds, _cut, [handle])
    clock.start()
    try:
        secure = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
        with secure:
            caller = http.client.HTTPConnection(host, port)
            caller.default_port = 443 if scheme == "https" else 80
            caller.sock = secure
            yield caller, path
    except Failed:
        raise
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise Failed(str(error) or type(error).__name__) from error
    finally:
        clock.cancel()
        plain.close()
        handle.close()


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        connection.close()


def post(url: str, body: bytes, headers: dict[str, str]) -> Reply:
    """Send `body` to `url`. Raises Refused or Failed; an answer of any status is an answer."""
    with _connected(url, TOTAL_SECONDS) as (caller, path):
        caller.request("POST", path, body=body, headers={"User-Agent": "Quarterdeck", "Connection": "close"} | headers)
        answer = caller.getresponse()
        return Reply(answer.status, answer.read(MOST_BYTES))


def get(url: str, headers: dict[str, str], *, most_bytes: int, seconds: float) -> Page:
    """What is at `url`, at most `most_bytes` as it comes and unpacked, within `seconds` for all redirects together.

    Raises Refused, also where a redirect leads to an address that is not public; Failed, TooLarge, TooManyRedirects.
    """
    until, moved, for_good = time.monotonic() + seconds, None, True
    for _hop in range(MOST_REDIRECTS + 1):
        page, led_to = _ask(url, headers, most_bytes, max(until - time.monotonic(), 0.1))
        if not led_to:
            return Page(url, page.status, page.headers, page.body, moved)
        try:
            url = as_ascii(urljoin(url, led_to))
        except ValueError:
            raise Refused("not an address") from None
        for_good = for_good and page.status in _FOR_GOOD
        moved = url if for_good else moved
    raise TooManyRedirects(url)


def _ask(url: str, headers: dict[str, str], most_bytes: int, seconds: float) -> tuple[Page, str]:
    """One answer, and where it leads if it is a redirect."""
    with _connected(url, seconds, silence=seconds) as (caller, path):
        caller.request("GET", path, headers={"Accept-Encoding": "gzip, deflate", "Connection": "close"} | headers)
        answer = caller.getresponse()
        told = {name.lower(): value for name, value in reversed(answer.getheaders())}
        location = _as_meant(told.get("location", ""))
        if answer.status in _REDIRECTS and location:
            return Page(url, answer.status), location
        body = _unpacked(answer, told.get("content-encoding", ""), most_bytes) if answer.status == 200 else b""
        return Page(url, answer.status, told, body), ""


def _as_meant(header: str) -> str:
    """Headers are letters of the West by the rule, and UTF-8 where they were written by somebody."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _unpacked(answer: http.client.HTTPResponse, packing: str, most: int) -> bytes:
    """The body as it is meant, never more than `most` in memory. Raises TooLarge, and Failed for half of one."""
    packed = packing.strip().lower() in ("gzip", "x-gzip", "deflate")
    came, found, opener = 0, bytearray(), None
    while piece := answer.read(_CHUNK):
        came += len(piece)
        if packed and opener is None:
            opener = _opener(piece)
        found += opener.decompress(piece, most + 1 - len(found)) if opener else piece
        if came > most or len(found) > most:
            raise TooLarge(str(most))
    if opener and not opener.eof:
        raise Failed("incomplete")
    return bytes(found)


def _opener(beginning: bytes):
    """What is said to be deflated has its head, as it should, or has none."""
    bare = not beginning.startswith(b"\x1f\x8b") and (beginning[0] & 0x0F != 8 or int.from_bytes(beginning[:2]) % 31)
    return zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS | 32)
