"""Requests to addresses that somebody named: where they may go, and where not."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from app import outgoing


@pytest.mark.parametrize("address", [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001::1",
    "name",
])
def test_addresses_that_are_not_public_are_not_allowed(app, address):
    assert not outgoing.is_allowed(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_are_allowed(app, address):
    assert outgoing.is_allowed(address)


@pytest.mark.parametrize("url", [
    "ftp://example.com/", "https://", "http://user:word@example.com/", "http://example.com:99999/", "http://[::1/",
    "http://127.0.0.1/", "http://2130706433/", "http://0177.0.0.1/", "http://[::1]/", "http://localhost/",
    "http://example.com/a b", "http://example.com/\r\nX: y", "file:///etc/passwd", "", "//example.com/",
])
def test_what_is_no_address_of_a_public_server_is_refused(app, url):
    with pytest.raises(outgoing.Refused):
        outgoing.post(url, b"", {})


@pytest.mark.parametrize("found", [["10.1.2.3"], ["1.1.1.1", "127.0.0.1"], ["::1"]])
def test_a_name_is_refused_for_what_it_resolves_to(app, monkeypatch, found):
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 80)) for each in found]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_named: answers)
    with pytest.raises(outgoing.Refused):
        outgoing.post("http://innocent.example/", b"", {})


def everything(connection: socket.socket) -> bytes:
    """A whole request: its head, and as much behind it as the head says."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        heard += connection.recv(65536)
    head, _, body = heard.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@pytest.fixture
def server(app, monkeypatch) -> Iterator:
    """A server on this machine that says what it is told to, and remembers what it was sent."""
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", ["127.0.0.0/8"])
    listener = socket.create_server(("127.0.0.1", 0))

    class Server:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook?a=b"
        says = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        drips = False
        heard: list = []

    def serve() -> None:
        while True:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection:
                Server.heard.append(everything(connection))
                try:
                    connection.sendall(Server.says)
                    while Server.drips:
                        connection.sendall(b"X")
                        time.sleep(0.05)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield Server
    Server.drips = False
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def test_an_allowed_address_is_asked(server):
    reply = outgoing.post(server.url, b'{"a": 1}', {"X-Test": "yes"})
    assert (reply.status, reply.body) == (200, b"ok")
    [heard] = server.heard
    assert heard.startswith(b"POST /hook?a=b HTTP/1.1\r\n") and b"X-Test: yes" in heard and heard.endswith(b'{"a": 1}')
    server.heard.clear()


def test_a_redirect_is_an_answer_and_not_followed(server):
    server.says = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    assert outgoing.post(server.url, b"", {}).status == 302


def test_a_long_answer_is_cut(server):
    server.says = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 200_000
    assert len(outgoing.post(server.url, b"", {}).body) == outgoing.MOST_BYTES


@pytest.mark.parametrize("says", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_an_answer_that_never_ends_is_given_up(server, monkeypatch, says):
    monkeypatch.setattr(outgoing, "TOTAL_SECONDS", 0.3)
    monkeypatch.setattr(outgoing, "MOST_BYTES", 10**9)
    server.says, server.drips = says, True
    began = time.monotonic()
    with suppress(outgoing.Failed):
        outgoing.post(server.url, b"", {})
    assert time.monotonic() - began < 3


@pytest.fixture
def secure(tmp_path, monkeypatch) -> ssl.SSLContext:
    """What a server on this machine needs to speak TLS and be believed."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    here, day = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, datetime.now(UTC) - day, datetime.now(UTC) + day)
    certificate = made.add_extension(here, critical=False).sign(key, SHA256())
    both = tmp_path / "both.pem"
    both.write_bytes(certificate.public_bytes(Encoding.PEM) + key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    monkeypatch.setenv("SSL_CERT_FILE", str(both))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(both)
    return context


def test_an_answer_that_never_ends_is_given_up_behind_tls_too(app, secure, monkeypatch):
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", ["127.0.0.1"])
    listener, over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def drip() -> None:
        with suppress(OSError), secure.wrap_socket(listener.accept()[0], server_side=True) as connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while not over.wait(0.05):
                connection.sendall(b"X")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    began = time.monotonic()
    ended = threading.Timer(4, over.set)
    ended.start()
    with suppress(outgoing.Failed):
        outgoing.get(f"https://127.0.0.1:{listener.getsockname()[1]}/", {}, most_bytes=10**6, seconds=0.5)
    assert time.monotonic() - began < 3
    over.set()
    ended.cancel()
    listener.close()
    thread.join()


def test_what_is_not_http_fails(server):
    server.says = b"SSH-2.0-OpenSSH_9.6\r\n"
    with pytest.raises(outgoing.Failed):
        outgoing.post(server.url, b"", {})


def test_nobody_there_fails(app, monkeypatch):
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", ["127.0.0.1"])
    with pytest.raises(outgoing.Failed):
        outgoing.post("http://127.0.0.1:1/", b"", {})
