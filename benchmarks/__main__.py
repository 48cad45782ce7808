"""`bin/bench [SIZE …]`: loads companies of these many entries (default 10,000 and 1,000,000) and prints the tables."""

import gc
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests
from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from app.entries.models import Entry
from app.extensions import db
from app.people.actions import set_password
from app.people.models import Person
from benchmarks import company
from benchmarks.measure import Figure, Reader, measure
from benchmarks.sockets import fan_out, wait_until_up

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "60"))
PASSWORD = "benchmark only"


def run(size: int, folder: Path) -> dict[str, Figure]:
    """Load a company of `size` entries and measure it."""
    os.environ["QUARTERDECK_DATA"] = str(folder)
    app = create_app(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    began = time.monotonic()
    with app.app_context():
        upgrade()
        company.load(size, print)
        set_password(db.session.get(Person, 1), PASSWORD)
        db.session.commit()
        thread = db.session.scalar(select(Entry.id).where(Entry.comment_count == company.THREAD_OF))
    print(f"Loaded {size:,} entries in {time.monotonic() - began:.0f} s.")
    print(f"\n{size:,} entries   p50 ms   p95 ms   floor ms   p50 ÷ floor   statements", flush=True)
    reader = Reader(app)
    # As gunicorn.conf.py does.
    gc.collect()
    gc.freeze()
    operations = [
        ("home feed", "GET", "/", dict),
        ("space stream", "GET", "/communities/space-26", dict),
        ("account's page", "GET", "/accounts/space-1", dict),
        ("account's timeline", "GET", "/accounts/space-1?tab=timeline", dict),
        ("hand-offs", "GET", "/handoffs", dict),
        ("catching up", "GET", "/catch-up", dict),
        ("notifications", "GET", "/notifications", dict),
        ("thread of 50", "GET", f"/posts/{thread}", dict),
        ("search, one word", "GET", "/search?q=webinar", dict),
        ("search, two words", "GET", "/search?q=webinar+hannover", dict),
        ("post", "POST", "/posts", lambda: {"data": {"space_id": 1, "body": "A new #webinar is on @p2"},
                                            "headers": {"HX-Request": "true"}}),
    ]
    figures = {}
    for name, method, path, data in operations:
        figures[name] = measure(app, reader, name, method, path, ROUNDS, data)
        line(figures[name])
    figures |= _sockets(folder)
    line(figures["post to 100 sockets"])
    return figures


def _sockets(folder: Path) -> dict[str, Figure]:
    """Fan-out to a hundred sockets through a real server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {"QUARTERDECK_DATA": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "wsgi:app"], env=environment, start_new_session=True)
    try:
        wait_until_up(url, server)
        session = requests.Session()
        token = _token(session.get(f"{url}/sign-in", timeout=30).text)
        form = {"email": "p1@example.com", "password": PASSWORD, "csrf_token": token}
        token = _token(session.post(f"{url}/sign-in", data=form, timeout=60).text)
        cookie = "; ".join(f"{each.name}={each.value}" for each in session.cookies)
        p50, p95, alone = fan_out(url, cookie, token, 1, sockets=100, posts=20)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)
    return {"post to 100 sockets": Figure("post to 100 sockets", p50, p95, alone, 0)}


def _token(page: str) -> str:
    return re.search(r'name="csrf-token" content="([^"]+)"', page).group(1)


def line(each: Figure) -> None:
    """One row of the table, as soon as it is known."""
    print(f"{each.name:20}{each.p50:9.1f}{each.p95:9.1f}{each.floor:11.2f}{each.ratio:14.1f}{each.statements:13}",
          flush=True)


def main() -> None:
    """Measure the asked sizes and, with two or more, what growth costs."""
    sizes = [int(each.replace(",", "").replace("_", "")) for each in sys.argv[1:]] or [10_000, 1_000_000]
    results = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="quarterdeck-bench-") as folder:
            results[size] = run(size, Path(folder))
    if len(sizes) > 1:
        small, large = results[sizes[0]], results[sizes[-1]]
        print(f"\nGrowth from {sizes[0]:,} to {sizes[-1]:,} entries (p50 ÷ p50)")
        for name, each in small.items():
            print(f"{name:20}{large[name].p50 / each.p50:9.2f}")


main()
