"""How gunicorn serves Quarterdeck: one process with many threads, since sockets live in it (docs/operations.md)."""

import gc
import os
import signal
import threading

from gevent import monkey, spawn

IS_GEVENT = os.environ.get("ASYNC_MODE") == "gevent"
if IS_GEVENT:
    # Before anything of ours imports sockets, locks or TLS.
    monkey.patch_all()

from app import orphans, realtime  # noqa: E402

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '5000')}"
if IS_GEVENT:
    worker_class = "gevent"
    workers = int(os.environ.get("WORKERS", "2"))
else:
    worker_class = "gthread"
    workers = 1
    threads = int(os.environ.get("THREADS", "600"))
timeout = 120
graceful_timeout = 5
# As long as gunicorn allows: what is too much for a search is for the search page to say.
limit_request_line = 8190
loglevel = "warning"


def on_starting(_server) -> None:
    """A server whose starter was killed stops too, so that the address is free again."""
    orphans.end_with_parent()


def post_worker_init(worker) -> None:
    """From here on this process holds sockets."""
    realtime.serve(worker.app.wsgi())
    _hang_up_before_stopping()
    # What is loaded now stays for good. Looking through it for garbage made every fortieth page wait 150 ms.
    gc.collect()
    gc.freeze()


def _hang_up_before_stopping() -> None:
    """Sockets stay open for hours: waited for, each would keep a restart waiting for `graceful_timeout`."""
    stop = signal.getsignal(signal.SIGTERM)

    def hang_up_and_stop(number, frame) -> None:
        if IS_GEVENT:
            spawn(realtime.hang_up)
        else:
            threading.Thread(target=realtime.hang_up, daemon=True).start()
        stop(number, frame)

    signal.signal(signal.SIGTERM, hang_up_and_stop)
