"""No renderer, whatever it does, harms the process that started it."""

import os
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.assets.rendering.process import clean_environment, messages
from app.assets.rendering.results import Limits, Unreadable

MISBEHAVING = str(Path(__file__).parents[1] / "making" / "misbehaving.py")


def ask(do, tmp_path, **limits):
    limits = Limits(**{"seconds": 20, "memory_bytes": 512 << 20} | limits)
    request = {"do": do, "memory_bytes": limits.memory_bytes}
    return messages([sys.executable, "-I", MISBEHAVING], request, limits, clean_environment(tmp_path))


def reason(received):
    with closing(received), pytest.raises(Unreadable) as caught:
        list(received)
    return caught.value.code


def is_running(pid):
    """Whether the process still runs; the killed child of a killed parent may stay a zombie for a moment."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_renderer_that_hangs_is_killed_with_its_children(tmp_path):
    received = ask("hang", tmp_path, seconds=2)
    child = next(received)["page"]
    assert is_running(child)
    assert reason(received) == "too_slow"
    deadline = time.monotonic() + 5
    while is_running(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(child)


@pytest.mark.parametrize("do", ["spin", "hang_in_silence_after_closing_its_output"])
def test_a_renderer_that_never_ends_is_stopped(tmp_path, do):
    started = time.monotonic()
    assert reason(ask(do, tmp_path, seconds=1)) == "too_slow"
    assert time.monotonic() - started < 10


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has no RLIMIT_AS; the parent watches the memory there")
def test_a_renderer_that_eats_memory_is_stopped(tmp_path):
    assert reason(ask("eat_memory", tmp_path, memory_bytes=256 << 20)) == "too_much_memory"


@pytest.mark.parametrize("do", ["die", "babble", "flood"])
def test_a_renderer_that_fails_is_said_to_have_failed(tmp_path, do):
    assert reason(ask(do, tmp_path)) == "crashed"


def test_leaving_early_ends_the_renderer(tmp_path):
    received = ask("hang", tmp_path)
    child = next(received)["page"]
    received.close()
    deadline = time.monotonic() + 5
    while is_running(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(child)


def test_secrets_of_the_server_stay_with_the_server(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    environment = next(ask("tell_environment", tmp_path))["page"]
    assert "hush" not in environment.values()
    assert environment["HOME"] == str(tmp_path)
