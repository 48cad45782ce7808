"""Details that callers stumble over: reasons, quarters, websites, file names, threads without a root, hidden ids."""

import io

import pytest

from app.activity.delivery import commit
from app.assets.actions import finish_version, keep, upload
from app.assets.models import Asset
from app.decisions.actions import decide
from app.entries.actions import comment, remove
from app.extensions import db
from app.learnings.actions import state_learning
from app.reviews.actions import post_review
from tests.api.conftest import errors


def test_a_reason_is_a_sentence_and_a_code(lena, world):
    asset = upload(world.commons, keep(io.BytesIO(b"words"), "a.txt"), actor=world.lena)
    commit()
    finish_version(asset.versions[0], "failed", reason="too_slow")
    commit()
    [version] = lena.get(f"/assets/{asset.id}").json["versions"]
    assert version["reason"].startswith("Making the pages took too long") and version["reason_code"] == "too_slow"


@pytest.mark.parametrize("quarter", ["0000-Q1", "2026-Q5", "26-Q1", "٢٠٢٦-Q1"])
def test_a_quarter_of_no_century_is_refused(lena, world, browser_of, quarter):
    answer = lena.post("/reviews", {"space_id": world.commons.id, "title": "Fair", "quarter": quarter})
    assert answer.status_code == 422 and list(errors(answer)) == ["quarter"]
    form = {"space_id": world.commons.id, "title": "Fair", "quarter": quarter, "currency": "EUR"}
    assert browser_of(world.lena).post("/reviews/new", data=form).status_code == 422


@pytest.mark.parametrize(("website", "is_one"), [
    ("https://acme.example/de?x=1", True), ("acme.example", True), ("", True), ("http://acme.example:8080", True),
    ("javascript:alert(1)", False), ("data:text/html,x", False), ("ftp://acme.example", False), ("acme", False),
    ("https://a.example\njavascript:x", False),
])
def test_a_website_is_one_of_the_web(lena, world, browser_of, website, is_one):
    answer = lena.post("/accounts", {"name": "Acme", "website": website})
    form = {"name": "Acme", "website": website, "access": "open", "tier": "B", "marketing_owner_id": 0,
            "sales_owner_id": 0}
    page = browser_of(world.lena).post("/accounts/new", data=form)
    assert (answer.status_code, page.status_code) == ((201, 303) if is_one else (422, 422))
    if not is_one:
        assert list(errors(answer)) == ["website"] and "not the address of a website" in page.text


@pytest.mark.parametrize(("sent", "kept"), [
    (r"C:\dir\f.pdf", "f.pdf"), (r"C:\\dir\\f.pdf", "f.pdf"), (r"\\\\server\\share\\f.pdf", "f.pdf"),
    (r"C:\neu\Bericht für Köln.pdf", "Bericht für Köln.pdf"), ("../../f.pdf", "f.pdf"), (r"a\"b.pdf", 'a"b.pdf'),
])
def test_of_a_path_the_name_is_kept(lena, world, sent, kept):
    field = 'Content-Disposition: form-data; name="space_id"\r\n\r\n'
    body = (f'--b\r\n{field}{world.commons.id}\r\n--b\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{sent}"\r\n\r\nwords\r\n--b--\r\n')
    answer = lena.raw("POST", "/assets", body.encode(), "multipart/form-data; boundary=b")
    assert answer.json["versions"][0]["filename"] == kept


def test_the_thread_of_a_deleted_entry_can_be_read(lena, world, api_of):
    root = world.first_post(world.space("project", "closed"))
    comment(root, "Still worth reading", actor=world.jon)
    remove(root, actor=world.lena)
    commit()
    items = lena.get(f"/entries/{root.id}/comments").json["items"]
    assert items[-1]["body"] == "Still worth reading"
    assert api_of(world.otto).get(f"/entries/{root.id}/comments").status_code == 404


def test_what_the_caller_may_not_see_is_not_named(lena, world, api_of):
    secret, space = world.space("project", "secret"), world.commons
    deck = upload(secret, keep(io.BytesIO(b"words"), "a.txt"), actor=world.lena)
    hidden = post_review(secret, "Hidden", actor=world.lena, quarter="2026-Q3")
    entries = {
        "deck_id": post_review(space, "Fair", actor=world.lena, quarter="2026-Q3", deck=db.session.get(Asset, deck.id)),
        "review_id": state_learning(space, "Claim", actor=world.lena, review=hidden),
        "about_id": decide(space, "Which?", "This", actor=world.lena, about=hidden),
    }
    commit()
    otto = api_of(world.otto)
    for name, entry in entries.items():
        assert lena.get(f"/entries/{entry.id}").json[name] in (deck.id, hidden.id), name
        assert otto.get(f"/entries/{entry.id}").json[name] is None, name


@pytest.mark.parametrize("text", ["a" * 5000, "策" * 1001])
def test_a_search_that_is_too_long_is_a_problem(lena, text):
    answer = lena.get("/search", query_string={"q": text})
    assert answer.status_code == 422 and list(errors(answer)) == ["q"]
