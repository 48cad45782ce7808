"""`bin/run`: migrate, load the demo company into an empty house, then run the web server and the job consumer.

Both are forked from this process, which has imported everything already: that halves the time of a start. Ctrl-C stops
both, and if one of them dies the other is stopped too.
"""

import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable

from flask_migrate import upgrade
from gunicorn.app import wsgiapp
from sqlalchemy import select

import config
from app import create_app, orphans
from app.consumer import work_off
from app.demo import company
from app.extensions import db
from app.people.models import Person

STOP_SECONDS = 10


def check(host: str, port: int) -> None:
    """Stop with a clear message when this cannot work, before anything is touched."""
    if os.environ.get("ASYNC_MODE") == "gevent":
        sys.exit("bin/run serves with threads. Start gevent workers by gunicorn: see docs/operations.md.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another one with PORT=5001 bin/run.")


def prepare(*, empty: bool) -> None:
    """Bring the database up to date; a house without people gets the demo company unless `empty`."""
    app = create_app()
    with app.app_context():
        upgrade()
        nobody = db.session.scalar(select(Person.id).limit(1)) is None
        db.session.rollback()
        if nobody and not empty:
            print("Loading the demo company…", flush=True)
            company.load()
        is_demo = company.is_loaded()
        db.session.remove()
        # No child may inherit an open connection.
        db.engine.dispose()
    if is_demo:
        print(company.SIGN_INS, flush=True)


def web() -> None:
    """The web server."""
    sys.argv = ["gunicorn", "wsgi:app"]
    wsgiapp.run()


def jobs() -> None:
    """The job consumer."""
    with create_app().app_context():
        work_off(workers=1)


def start(run: Callable[[], None]) -> multiprocessing.Process:
    """Run it in a process of its own, which the terminal's Ctrl-C does not reach."""

    def apart() -> None:
        os.setsid()
        run()

    child = multiprocessing.get_context("fork").Process(target=apart, name=run.__name__)
    child.start()
    return child


def main() -> int:
    """Run until a signal or until a child ends; the exit code tells which."""
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "5000"))
    check(host, port)
    config.close_to_others()
    prepare(empty="--empty" in sys.argv[1:])
    os.environ[orphans.PARENT] = str(os.getpid())
    children = [start(web), start(jobs)]
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    print(f"\nQuarterdeck is at http://{host}:{port}  (Ctrl-C stops it)", flush=True)
    while not stopping and all(child.is_alive() for child in children):
        time.sleep(0.2)
    for child in children:
        child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.join(max(0.1, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()
    return 0 if stopping else 1


if __name__ == "__main__":
    sys.exit(main())
