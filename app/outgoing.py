"""Requests that this server makes because somebody asked it to: to public addresses only.

Whoever names an address could otherwise make the server talk to machines that only it can reach. So the name is
resolved once, every address it has is checked, and the connection goes to a checked one; no redirect is followed.
"""

import http.client
import socket
import ssl
import threading
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import current_app

CONNECT_SECONDS = 5
TOTAL_SECONDS = 10
MOST_BYTES = 64 * 1024
"""Of an answer no more is read."""

# Addresses of these networks carry another address inside, which may be a private one.
_WRAPPING = [ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]


class Refused(ValueError):
    """An address that this server does not talk to."""


class Failed(OSError):
    """Nobody answered, or nothing that is HTTP."""


@dataclass(frozen=True)
class Reply:
    """What the other side said: the status, and the beginning of the body."""

    status: int
    body: bytes


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


def post(url: str, body: bytes, headers: dict[str, str]) -> Reply:
    """Send `body` to `url`. Raises Refused or Failed; an answer of any status is an answer."""
    scheme, host, port, path = check_url(url)
    address = _resolve(host, port)
    try:
        plain = socket.create_connection((address, port), timeout=CONNECT_SECONDS)
    except OSError as error:
        raise Failed(str(error)) from error
    # Each read may be quick and the whole still take for ever: at the end of its time the connection is cut.
    clock = threading.Timer(TOTAL_SECONDS, _cut, [plain])
    clock.start()
    try:
        secure = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
        with secure:
            return _talk(secure, host, port, path, body, headers)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Failed(str(error) or type(error).__name__) from error
    finally:
        clock.cancel()
        plain.close()


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        connection.close()


def _talk(connection: socket.socket, host: str, port: int, path: str, body: bytes, headers: dict[str, str]) -> Reply:
    caller = http.client.HTTPConnection(host, port)
    caller.sock = connection
    caller.request("POST", path, body=body, headers={"User-Agent": "Quarterdeck", "Connection": "close"} | headers)
    answer = caller.getresponse()
    return Reply(answer.status, answer.read(MOST_BYTES))
