"""The first thing the rendering process runs, by its path: `python -I start.py`.

It fences itself in, then makes `app` and its features empty packages so that importing a renderer does not import the
web server (whose start takes longer than most files), and hands over to the module that the request names. The request
arrives as one line of JSON on standard input.
"""

import importlib
import json
import resource
import sys
import types
from pathlib import Path

APP = Path(__file__).parents[2]
LARGEST_FILE = 512 * 1024 * 1024


def fence(seconds: float, memory_bytes: int) -> None:
    """Limit what this process and its children may use. macOS refuses some; the parent watches there."""
    cpu = int(seconds) + 5
    for name, limit in (
        ("RLIMIT_AS", memory_bytes),
        ("RLIMIT_CPU", cpu),
        ("RLIMIT_FSIZE", LARGEST_FILE),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_NOFILE", 256),
    ):
        try:
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (limit, limit) if hard == resource.RLIM_INFINITY else (min(limit, hard), hard))
        except (AttributeError, ValueError, OSError):
            continue


def main() -> None:
    request = json.loads(sys.stdin.readline())
    fence(request["seconds"], request["memory_bytes"])
    for name in ("app", "app.assets", "app.assets.rendering", "app.reviews", "app.radar",
                 "app.conversations", "app.conversations.mail", "app.voices"):
        folder = APP.parent.joinpath(*name.split("."))
        package = types.ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    importlib.import_module(request.get("module", "app.assets.rendering.child")).run(request)


if __name__ == "__main__":
    main()
