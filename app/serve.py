"""`bin/run`: migrate, load the demo company into an empty house, then run the web server and the job consumer.

Both run as children of this process: Ctrl-C stops both, and if one of them dies the other is stopped too.
"""

import os
import signal
import subprocess
import sys
import time

from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app, orphans
from app.demo import company
from app.extensions import db
from app.people.models import Person

STOP_SECONDS = 10


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
    if is_demo:
        print(company.SIGN_INS, flush=True)


def commands() -> list[list[str]]:
    """The web server and the job consumer."""
    python = [sys.executable, "-m"]
    return [[*python, "gunicorn", "wsgi:app"], [*python, "flask", "--app", "wsgi", "jobs"]]


def main() -> int:
    """Run until a signal or until a child ends; the exit code tells which."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "5000")
    prepare(empty="--empty" in sys.argv[1:])
    environment = os.environ | {orphans.PARENT: str(os.getpid())}
    children = [subprocess.Popen(each, start_new_session=True, env=environment) for each in commands()]
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, _frame: stopping.append(received))
    print(f"\nQuarterdeck is at http://{host}:{port}  (Ctrl-C stops it)", flush=True)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if stopping else 1


if __name__ == "__main__":
    sys.exit(main())
