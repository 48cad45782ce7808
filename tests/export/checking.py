"""Reading an export as a stranger would: every page, every link, every picture."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit


@dataclass
class Found(HTMLParser):
    """The links, pictures and anchors of a page, and its words."""

    links: list[tuple[str, bool]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if values.get("id"):
            self.ids.append(values["id"])
        for name in ("href", "src"):
            if name in values:
                self.links.append((values[name] or "", "outside" in (values.get("class") or "").split()))


def pages(folder: Path) -> dict[str, Found]:
    """Each page by its path."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        if path.relative_to(folder).parts[0] != "files":
            found[path.relative_to(folder).as_posix()] = page = Found()
            page.feed(path.read_text())
    return found


def problems(folder: Path) -> list[str]:
    """Every link that leads nowhere or, unmarked, out of the folder; every id said twice; every script."""
    read, wrong = pages(folder), []
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    ids = {name: set(page.ids) for name, page in read.items()}
    for name, page in read.items():
        if len(ids[name]) < len(page.ids):
            wrong.append(f"{name}: an id twice")
        if "script" in page.tags:
            wrong.append(f"{name}: a script")
        for address, is_marked in set(page.links):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                wrong += [] if is_marked else [f"{name}: {address} leads out"]
                continue
            target = normpath(join(dirname(name), unquote(parts.path))) if parts.path else name
            if target not in files:
                wrong.append(f"{name}: {address} leads nowhere")
            elif parts.fragment and unquote(parts.fragment) not in ids[target]:
                wrong.append(f"{name}: {address} has no such place")
    return wrong


def rows(folder: Path, name: str) -> list[dict]:
    """A file of data."""
    path = folder / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text().split("\n")[:-1]] if path.exists() else []
