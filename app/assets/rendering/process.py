"""Runs a renderer as a process of its own: limited, watched, and killed with all its children."""

import json
import logging
import os
import re
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from app.assets.rendering.results import Limits, Unreadable

log = logging.getLogger(__name__)

LONGEST_LINE = 32 * 1024 * 1024
GLANCE = 0.2  # seconds between two looks at the clock and at the memory of a silent process
_OUT_OF_MEMORY = re.compile(rb"MemoryError|memory allocation of \d+ bytes failed|bad_alloc|[Cc]annot allocate memory")


def messages(command: list[str], request: dict[str, Any], limits: Limits, env: dict[str, str]) -> Iterator[dict]:
    """The JSON objects that `command` prints, one a line, after reading `request` as one line.

    Raises `Unreadable`: `too_slow`, `too_much_memory` or `crashed`. However it ends, the process and every process it
    started are gone when the iterator is closed.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=env,
            start_new_session=True,
        )
        try:
            with suppress(BrokenPipeError):  # it died before it read; its exit says why
                process.stdin.write(json.dumps(request).encode() + b"\n")
                process.stdin.close()
            yield from _lines(process, time.monotonic() + limits.seconds, limits.memory_bytes)
            _judge(process, errors)
        finally:
            _end(process)


def _lines(process: subprocess.Popen, deadline: float, memory_bytes: int) -> Iterator[dict]:
    pending = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            ready = selector.select(GLANCE)
            _watch(process.pid, deadline, memory_bytes)
            if not ready:
                continue
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                return
            pending += piece
            if len(pending) > LONGEST_LINE:
                raise Unreadable("crashed")
            if b"\n" in piece:
                *whole, rest = pending.split(b"\n")
                pending = bytearray(rest)
                yield from map(_parsed, whole)


def _parsed(line: bytes) -> dict:
    try:
        message = json.loads(line)
    except ValueError:
        message = None
    if not isinstance(message, dict):
        raise Unreadable("crashed")
    return message


def _watch(pid: int, deadline: float, memory_bytes: int) -> None:
    if time.monotonic() > deadline:
        raise Unreadable("too_slow")
    if sys.platform == "darwin" and _resident_bytes(pid) > memory_bytes:  # macOS has no working RLIMIT_AS
        raise Unreadable("too_much_memory")


def _resident_bytes(pid: int) -> int:
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False).stdout.strip()
    return int(shown) * 1024 if shown.isdigit() else 0


def _judge(process: subprocess.Popen, errors: IO[bytes]) -> None:
    """Name the way a process ended that has closed its output."""
    try:
        code = process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        raise Unreadable("too_slow") from None
    if code == 0:
        return
    errors.seek(max(0, errors.seek(0, os.SEEK_END) - 4000))
    tail = errors.read()
    log.warning("renderer ended with %s: %s", code, tail.decode(errors="replace"))
    if code == -signal.SIGXCPU:
        raise Unreadable("too_slow")
    raise Unreadable("too_much_memory" if _OUT_OF_MEMORY.search(tail) else "crashed")


def _end(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError, PermissionError):  # PermissionError: macOS, when only zombies are left
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()
    with suppress(BrokenPipeError):
        process.stdin.close()
    process.wait()


def clean_environment(scratch: Path) -> dict[str, str]:
    """What a renderer may know of the server's environment: where programs are, and a home that is thrown away."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "OMP_NUM_THREADS": "1",
    }
