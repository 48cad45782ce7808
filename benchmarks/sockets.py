"""Fan-out: how long from sending a post until a hundred other browsers know, on a real server."""

import statistics
import subprocess
import threading
import time

import requests
import socketio

from benchmarks.measure import percentiles


class Crowd:
    """So many signed-in sockets that listen to one space."""

    def __init__(self, url: str, cookie: str, space_id: int, count: int) -> None:
        self.heard: list[float] = []
        self.lock, self.all_heard = threading.Lock(), threading.Event()
        self.count, self.clients = count, []
        for _ in range(count):
            client = socketio.Client(reconnection=False)
            client.on("changed", self._note)
            client.connect(url, headers={"Cookie": cookie}, transports=["websocket"])
            client.call("join", {"space_id": space_id})
            self.clients.append(client)

    def _note(self, _payload) -> None:
        with self.lock:
            self.heard.append(time.perf_counter())
            if len(self.heard) >= self.count:
                self.all_heard.set()

    def leave(self) -> None:
        for client in self.clients:
            client.disconnect()


def fan_out(url: str, cookie: str, token: str, space_id: int, sockets: int, posts: int) -> tuple[float, float, float]:
    """(p50, p95) in ms from the start of the POST to each socket's ping, and the median of a POST nobody hears."""
    session = requests.Session()
    session.headers.update({"Cookie": cookie, "X-CSRFToken": token, "HX-Request": "true"})

    def post(text: str) -> float:
        began = time.perf_counter()
        session.post(f"{url}/posts", data={"space_id": space_id, "body": text}, timeout=30).raise_for_status()
        return began

    alone = []
    for number in range(posts):
        began = post(f"Nobody hears {number}")
        alone.append(time.perf_counter() - began)
    crowd = Crowd(url, cookie, space_id, sockets)
    delays: list[float] = []
    for number in range(posts):
        crowd.heard.clear()
        crowd.all_heard.clear()
        began = post(f"Everybody hears {number}")
        if not crowd.all_heard.wait(30):
            raise TimeoutError(f"{len(crowd.heard)} of {sockets} sockets heard")
        delays += [at - began for at in crowd.heard]
    crowd.leave()
    return *percentiles(delays), statistics.median(alone) * 1000


def wait_until_up(url: str, process: subprocess.Popen) -> None:
    """Until the server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            requests.get(f"{url}/healthz", timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")
