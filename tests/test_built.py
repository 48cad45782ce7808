"""What browsers load once: packed, without a session, and theirs for good as long as it is the same."""

import gzip
import hashlib
import json

import pytest
from werkzeug.test import Client

from app.built import BuiltFiles

DATABASES = ("sqlite",)
STYLE = b"a { color: red }" * 50
ADDRESS = "/static/built/app.css"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "app.css").write_bytes(STYLE)
    (tmp_path / "secret.txt").write_bytes(b"nobody named it")
    (tmp_path / "manifest.json").write_text(json.dumps({"app.css": hashlib.sha256(STYLE).hexdigest()[:12]}))
    return tmp_path


@pytest.fixture
def browser(folder):
    def beyond(_environ, start_response):
        start_response("404 NOT FOUND", [])
        return [b"beyond"]

    return Client(BuiltFiles(beyond, folder))


def test_it_is_packed_for_who_unpacks_and_whole_for_others(browser):
    packed, whole = browser.get(ADDRESS, headers={"Accept-Encoding": "br, gzip"}), browser.get(ADDRESS)
    assert packed.headers["Content-Encoding"] == "gzip" and gzip.decompress(packed.data) == whole.data == STYLE
    assert "Content-Encoding" not in whole.headers
    assert packed.headers["Vary"] == whole.headers["Vary"] == "Accept-Encoding"
    assert len(packed.data) < len(STYLE) / 5


def test_its_version_is_kept_for_good_and_another_is_asked_for_again(browser, folder):
    version = json.loads((folder / "manifest.json").read_text())["app.css"]
    answer = browser.get(f"{ADDRESS}?v={version}")
    assert "immutable" in answer.headers["Cache-Control"] and "Set-Cookie" not in answer.headers
    assert browser.get(f"{ADDRESS}?v=older").headers["Cache-Control"] == "no-cache"
    assert browser.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_what_was_built_anew_meanwhile_is_not_kept_under_the_old_version(browser, folder):
    (folder / "app.css").write_bytes(b"another")
    assert browser.get(ADDRESS).data == b"beyond"


def test_nothing_is_kept_of_names_that_nobody_built(browser):
    for at in range(10):
        browser.get(f"/static/built/{at}.css")
    assert not browser.application.kept and browser.get(ADDRESS).data == STYLE
    assert "Content-Encoding" not in browser.get(ADDRESS, headers={"Accept-Encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize("path", ["/static/built/secret.txt", "/static/built/../built/app.css", "/static/built/", "/"])
def test_everything_else_goes_on(browser, path):
    assert browser.get(path).data == b"beyond"


def test_pages_name_files_that_are_kept(client, app):
    with app.test_request_context():
        address = app.jinja_env.globals["asset_url"]("app.js")
    assert "immutable" in client.get(address).headers["Cache-Control"]
