"""The same through a real Redis: pings between processes, and the queue."""

import threading

import pytest
import redis
from flask import Flask

from app import jobs
from app.relay import CHANNEL, RedisRelay
from tests.serving import free_port


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
