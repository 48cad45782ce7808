"""Every convention of the house has a check, so that nobody has to remember it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from app.activity.kinds import REGISTRY
from app.web import HEADERS

ROOT = Path(__file__).parents[1]
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
TEMPLATES = sorted((APP / "templates").rglob("*.html"))
MOST_LINES = 300
PUBLIC = {
    "people.sign_in", "people.first_visit", "people.invitation", "people.forgotten_password", "people.reset_password",
    "operations.alive", "operations.ready", "operations.metrics", "static",
    "cycles.calendar", "notifications.unsubscribe", "notifications.unsubscribe_now",
}


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.splitlines() if (ROOT / name).is_file()]


def sources() -> list[str]:
    return [name for name in tracked() if name.endswith((".py", ".js", ".mjs", ".css", ".html", ".sh"))]


def test_no_file_is_long():
    long = {name: count for name in sources() if not name.startswith("migrations/versions/")
            if (count := len((ROOT / name).read_text().splitlines())) > MOST_LINES}
    assert not long


def test_nobody_gets_in_without_signing_in(client):
    app = client.application
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint in PUBLIC or rule.endpoint.startswith("api"):
            continue
        assert not getattr(view, "is_public", False), f"{rule.endpoint} is public, but not in the list of those"
        url = re.sub(r"<[^>]+>", "1", rule.rule)
        method = "GET" if "GET" in rule.methods else "POST"
        response = client.open(url, method=method)
        assert response.status_code == 302 and "/sign-in" in response.headers["Location"], f"{method} {url}"


def test_every_answer_carries_the_security_headers(client):
    response = client.get("/sign-in")
    for name, value in HEADERS.items():
        assert response.headers[name] == value
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=REGISTRY.keys())
def test_every_kind_of_event_is_complete(kind):
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind.name)
    assert kind.__doc__ and kind.icon and str(kind.sentence)


@pytest.mark.parametrize("path", sorted(APP.glob("*/actions.py")), ids=lambda path: path.parent.name)
def test_actions_neither_commit_nor_know_the_request(path):
    text = path.read_text()
    assert "commit(" not in text
    assert "current_user" not in text and "from flask import request" not in text


@pytest.mark.parametrize("path", sorted((APP / "api").glob("*.py")), ids=lambda path: path.name)
def test_the_api_says_what_is_wrong_as_text(path):
    assert "raise ValidationError(" not in path.read_text(), "raise Wrong, which takes lazy translations"


def _top_imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
            yield from ([node.module] if node.module != "app" else [f"app.{each.name}" for each in node.names])
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith("app"))


def test_no_circular_import():
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    graph = {name: {each for each in _top_imports(path) if each in names} for name, path in names.items()}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " → ".join((*trail, name))
        if name not in done:
            for each in sorted(graph[name]):
                visit(each, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_no_import_inside_a_function():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                inner = [each for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(APP / "templates")))
def test_templates_hold_no_script_style_or_query(path):
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\.(query|session|execute|scalars)\b", text)
    assert not re.search(r"https?://", text), "a page asks no other host for anything"


# What stands in a page without being translated: names, examples of addresses, codes.
UNTRANSLATED = {"Quarterdeck", "Esc", "Ctrl", "K", "Enter", "px", "API", "MQL", "SQL", "Tab", "Shift"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(APP / "templates")))
def test_every_visible_word_is_translatable(path):
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(), flags=re.S)
    text = re.sub(r"<svg.*?</svg>|<[^>]*>", " ", text, flags=re.S)
    words = set(re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text))) - UNTRANSLATED
    assert not words


def test_nothing_from_a_third_party_is_in_the_repository():
    for name in tracked():
        assert not name.startswith(("node_modules/", "app/static/built/", "data/", ".venv")), name
        assert not name.endswith((".min.js", ".woff", ".woff2", ".ttf", ".whl", ".tar.gz")), name


def test_lock_files_name_no_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert not re.search(r"https?://|\bfile:", (ROOT / name).read_text()), name
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_every_package_is_pinned_with_hashes():
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text().splitlines():
            if line and not line.startswith((" ", "#", "-")):
                assert "==" in line and line.endswith("\\"), line
