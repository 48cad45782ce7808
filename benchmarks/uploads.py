"""`python -m benchmarks.uploads [MEGABYTES] [CUTS]`: sends a file (default 2,048 MB) to a real server over a line that
is cut in the middle of a request (default five times), and prints what that costs the server in time and memory, and
whether the bytes are the same.
"""

import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import requests
from flask_migrate import upgrade

from app import create_app
from app.extensions import db
from app.people.actions import add_person
from app.people.sessions import new_token
from app.spaces.actions import open_space
from benchmarks.sockets import wait_until_up

MEGABYTE = 1024**2
EACH_SECONDS = 0.1
VERSION = {"Tus-Resumable": "1.0.0"}


class Sender:
    """A client that knows the bytes by their number: a file of any size without a file."""

    def __init__(self, url: str, token: str, megabytes: int) -> None:
        self.url, self.megabytes = url, megabytes
        self.headers = {"Authorization": f"Bearer {token}"} | VERSION
        self.block = os.urandom(MEGABYTE)

    @property
    def size(self) -> int:
        return self.megabytes * MEGABYTE

    def piece(self, at: int) -> bytes:
        """What stands from offset `at` to the next whole megabyte."""
        number, within = divmod(at, MEGABYTE)
        return (number.to_bytes(8, "big") + self.block[8:])[within:]

    def announce(self) -> str:
        """The address of the new upload."""
        metadata = f"filename {b64encode(b'film.bin').decode()}"
        headers = self.headers | {"Upload-Length": str(self.size), "Upload-Metadata": metadata}
        answer = requests.post(f"{self.url}/api/v1/uploads", headers=headers, timeout=30)
        answer.raise_for_status()
        return answer.headers["Location"]

    def offset(self, path: str) -> int:
        """How much the server says is there."""
        return int(requests.head(self.url + path, headers=self.headers, timeout=30).headers["Upload-Offset"])

    def add(self, path: str, at: int, until: int) -> str | None:
        """One PATCH that announces the rest of the file; at `until` the line is cut. The id of the upload if whole."""
        parts = urlsplit(self.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=600) as line:
            sent = {"Host": parts.netloc, "Upload-Offset": at, "Content-Length": self.size - at,
                    "Content-Type": "application/offset+octet-stream"} | self.headers
            head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
            line.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode())
            while at < until:
                at += line.send(self.piece(at)[: until - at])
            if until < self.size:
                return None
            answer = line.recv(65536).decode()
        found = [each.partition(": ")[2] for each in answer.split("\r\n") if each.startswith("Upload-Id:")]
        return found[0] if found else None

    def sha256(self) -> str:
        """Of the whole file."""
        digest = hashlib.sha256()
        for number in range(self.megabytes):
            digest.update(self.piece(number * MEGABYTE))
        return digest.hexdigest()


class Memory(threading.Thread):
    """Watches how much memory a process and its children hold, in MB."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.seen, self.is_over = process, [], threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(EACH_SECONDS):
            self.seen.append(sum(map(_resident, _family(self.process))) / MEGABYTE)


def _family(process: int) -> Iterator[int]:
    yield process
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for child in map(int, children):
        yield from _family(child)


def _resident(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def prepare(folder: Path) -> str:
    """An empty company with one person; their token."""
    os.environ["QUARTERDECK_DATA"] = str(folder)
    app = create_app()
    with app.app_context():
        upgrade()
        person = add_person("p1@example.com", "P. One", team="Marketing")
        open_space("community", "Commons", actor=person)
        _token, text = new_token(person, "benchmark")
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    return text


def send(sender: Sender, cuts: int) -> tuple[str, list[int], float]:
    """The whole file with so many cuts: the upload's id, the offsets after each, seconds of the last request."""
    path, at, offsets = sender.announce(), 0, []
    for number in range(1, cuts + 1):
        sender.add(path, at, sender.size * number // (cuts + 1) + 12_345)
        at = settled(sender, path)
        offsets.append(at)
    began = time.monotonic()
    return sender.add(path, at, sender.size), offsets, time.monotonic() - began


def settled(sender: Sender, path: str) -> int:
    """The offset, once the server has noticed that the line is cut."""
    at, before = sender.offset(path), -1
    while at != before:
        time.sleep(EACH_SECONDS)
        at, before = sender.offset(path), at
    return at


def main() -> None:
    """Measure and print."""
    megabytes, cuts = (int(each) for each in (sys.argv[1:] + ["2048", "5"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(prefix="quarterdeck-uploads-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        token, url = prepare(Path(folder)), f"http://127.0.0.1:{port}"
        environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1"}
        server = subprocess.Popen([sys.executable, "-m", "gunicorn", "wsgi:app"], env=environment)
        try:
            wait_until_up(url, server)
            requests.get(f"{url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=30)
            memory, sender = Memory(server.pid), Sender(url, token, megabytes)
            before = sum(map(_resident, _family(server.pid))) / MEGABYTE
            memory.start()
            began = time.monotonic()
            upload, offsets, last = send(sender, cuts)
            took = time.monotonic() - began
            memory.is_over.set()
            kept = Path(folder) / "files" / (name := sender.sha256())[:2] / name[2:4] / name
            places = [at // MEGABYTE for at in offsets]
            print(f"{megabytes} MB, cut {cuts} times at {places} MB: {took:.1f} s, the last request {last:.1f} s; "
                  f"upload {upload}")
            print(f"bytes the same: {kept.exists() and kept.stat().st_size == sender.size}; "
                  f"memory of the server: {before:.0f} MB before, {max(memory.seen):.0f} MB at most")
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
