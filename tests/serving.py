"""The server as users run it: gunicorn and the job consumer as processes of their own, on a loopback port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).parents[1]
START_SECONDS = 40


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A running Quarterdeck on its own data folder."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        # No TEST_… or proxy setting of the machine reaches the server.
        self.environment = os.environ | {
            "QUARTERDECK_DATA": str(data), "PORT": str(self.port), "HOST": "127.0.0.1", "THREADS": "200",
        } | environment
        self.processes: list[subprocess.Popen] = []

    def flask(self, *arguments: str) -> str:
        """Run a `flask` command on the same data and give what it prints."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        ).stdout

    def start(self, *, jobs: bool = True) -> None:
        """Start and wait until it answers."""
        commands = [["gunicorn", "wsgi:app"]] + ([["flask", "--app", "wsgi", "jobs"]] if jobs else [])
        log = (self.data / "server.log").open("ab")
        self.processes = [
            subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                             start_new_session=True)
            for command in commands
        ]
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{self.url}/readyz", timeout=5).ok:
                    return
            except requests.ConnectionError:
                # Nothing to wait on but the port itself.
                time.sleep(0.05)
        raise TimeoutError((self.data / "server.log").read_text())

    def kill(self) -> None:
        """As a power cut would: no process gets to say goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an operator would."""
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        for process in self.processes:
            os.killpg(process.pid, number)
        for process in self.processes:
            process.wait(20)
        self.processes = []

    def sign_in(self, email: str, password: str) -> requests.Session:
        """A browser without JavaScript; its form token is in `session.headers`."""
        session = requests.Session()
        page = session.get(f"{self.url}/sign-in", timeout=20).text
        form = {"email": email, "password": password, "csrf_token": form_token(page)}
        answer = session.post(f"{self.url}/sign-in", data=form, timeout=20)
        assert answer.ok and "/sign-in" not in answer.url, answer.text
        session.headers["X-CSRFToken"] = form_token(answer.text)
        return session


def form_token(page: str) -> str:
    """The CSRF token of a page."""
    return re.search(r'name="csrf-token" content="([^"]+)"', page).group(1)
