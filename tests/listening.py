"""A server on this machine that others send to: hooks, push services."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Listener(http.server.ThreadingHTTPServer):
    """Keeps what it is sent (`heard`: headers and body) and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[dict, bytes]] = []
        self.status = 200
        self.url = f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.server.heard.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments) -> None:
        pass


@contextmanager
def open_listener() -> Iterator[Listener]:
    """A listener that runs until the end of the block."""
    server = Listener()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
