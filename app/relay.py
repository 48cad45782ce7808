"""How processes that hold no sockets, and other machines, reach the processes that do."""

import hashlib
import json
import logging
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import redis

log = logging.getLogger(__name__)
CHANNEL = "quarterdeck:realtime"


class DatagramRelay:
    """Reaches the one web process of this machine. Nobody listening is no error: then no browser is open either."""

    def __init__(self, folder: Path) -> None:
        # A path inside the data folder may be longer than the 104 bytes a socket address holds.
        name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
        self.path = Path(tempfile.gettempdir()) / f"quarterdeck-{os.getuid()}-{name}.sock"

    def publish(self, message: dict) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            try:
                sender.sendto(json.dumps(message).encode(), str(self.path))
            except (FileNotFoundError, ConnectionRefusedError):
                return

    def messages(self) -> Iterator[dict]:
        self.path.unlink(missing_ok=True)
        receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        receiver.bind(str(self.path))
        self.path.chmod(0o600)
        while True:
            yield json.loads(receiver.recv(65536))


class RedisRelay:
    """Reaches every web process of every machine."""

    def __init__(self, url: str) -> None:
        self.client = redis.Redis.from_url(url)

    def publish(self, message: dict) -> None:
        self.client.publish(CHANNEL, json.dumps(message))

    def messages(self) -> Iterator[dict]:
        while True:
            try:
                channel = self.client.pubsub(ignore_subscribe_messages=True)
                channel.subscribe(CHANNEL)
                for message in channel.listen():
                    yield json.loads(message["data"])
            except redis.RedisError:
                log.warning("Redis is away: other processes' pings pause")
                time.sleep(1)


def open_relay(redis_url: str | None, folder: Path) -> DatagramRelay | RedisRelay:
    """The relay of this installation."""
    return RedisRelay(redis_url) if redis_url else DatagramRelay(folder)
