"""Inside the rendering process: picks the renderer, prints a line of JSON a page, and names every failure."""

import errno
import importlib
import json
import os
import traceback
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from types import ModuleType

from app.assets.rendering.job import Job
from app.assets.rendering.results import RenderedPage, Unreadable
from app.assets.rendering.table import renderer_for

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def run(request: dict) -> None:
    """Answer one request. Whatever a library prints goes to standard error, so that it cannot pose as an answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def send(message: dict) -> None:
        answers.write(json.dumps(message, default=str) + "\n")
        answers.flush()

    renderer = importlib.import_module(f"app.assets.rendering.{renderer_for(request['type'])}")
    try:
        _render(renderer, request, send)
    except Unreadable as failure:
        send({"error": failure.code})
    except OSError as error:
        send({"error": "crashed" if error.errno in _NO_ROOM else "damaged", "detail": traceback.format_exc(limit=-8)})
    except MemoryError:
        send({"error": "too_much_memory"})
    except Exception:  # a hostile file may make its parser raise anything; the trace goes to the server's log
        send({"error": "damaged", "detail": traceback.format_exc(limit=-8)})


def _render(renderer: ModuleType, request: dict, send: Callable[[dict], None]) -> None:
    known = {field.name for field in fields(Job)}
    values = {name: value for name, value in request.items() if name in known}
    for name in ("path", "out_dir", "scratch"):
        values[name] = Path(values[name])
    for name in ("fonts", "system_fonts"):
        values[name] = [Path(folder) for folder in values[name]]
    job = Job(**values)
    for page in renderer.pages(job):
        send({"page": _cleaned(page, job), "total": job.total})
    send({"done": job.reason})


def _cleaned(page: RenderedPage, job: Job) -> dict:
    told = asdict(page)
    for name in ("title", "text", "notes"):
        told[name] = job.words(told[name])
    told["title"] = " ".join(told["title"].split())[:300]
    return told
