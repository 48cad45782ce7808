"""Links in texts: to where they belong in the export, or out of it and said to be so."""

import pytest

from app.entries.actions import comment, post
from app.entries.linking import References
from app.entries.markdown import render
from app.export.links import Desk, Links
from app.export.scope import Scope
from app.extensions import db
from tests.export.checking import Found


@pytest.fixture
def led(world):
    """Where a link of a text leads, and whether it is marked as outside."""
    space = world.space("project", "open")
    inside = post(space, "Inside", actor=world.lena, title="Inside it")
    said = comment(inside, "Said", actor=world.jon)
    outside = world.first_post(world.space("project", "secret"))
    db.session.flush()
    keys = {"inside": inside.id, "said": said.id, "outside": outside.id}

    def lead(address: str) -> tuple[str, bool]:
        html = render(f"[words]({address.format(**keys)}) @jon", References(people=frozenset(["jon"])))
        links = Links(Scope(space, world.otto))
        links.look_up([html], set(), set())
        page = Found()
        page.feed(str(Desk(links, "../").html(html)))
        assert page.links[-1] == (f"../people.html#person-{world.jon.id}", False)
        href, is_marked = page.links[0]
        for name, key in keys.items():
            href = href.replace(f"/{key}", f"/<{name}>").replace(f"-{key}", f"-<{name}>")
        return href, is_marked

    return lead


THREAD = "../discussions/<inside>-inside-it.html"
HOME = "http://127.0.0.1:5000"


def test_what_is_in_the_export_is_led_to(led, world):
    assert {address: led(address) for address in (
        "/e/{inside}", "/posts/{inside}", HOME + "/posts/{inside}", "/e/{said}", "/posts/{inside}#comment-{said}",
        "/projects/project-open", "/people/jon", "/tags/webinar")} == {
        "/e/{inside}": (THREAD, False), "/posts/{inside}": (THREAD, False), HOME + "/posts/{inside}": (THREAD, False),
        "/e/{said}": (f"{THREAD}#entry-<said>", False),
        "/posts/{inside}#comment-{said}": (f"{THREAD}#entry-<said>", False),
        "/projects/project-open": ("../index.html", False),
        "/people/jon": (f"../people.html#person-{world.jon.id}", False),
        "/tags/webinar": ("../tags.html#tag-webinar", False),
    }


def test_what_is_not_is_absolute_and_marked(led):
    for address, href in {
        "/e/{outside}": f"{HOME}/e/<outside>", "/reviews/{inside}": f"{HOME}/reviews/<inside>",
        "/assets/{inside}/versions/1/file": f"{HOME}/assets/<inside>/versions/1/file",
        "/uploads/9/x.png": f"{HOME}/uploads/9/x.png", "#here": f"{HOME}/#here", "x.html": f"{HOME}/x.html",
        "https://example.com/?a=1&b=%22": "https://example.com/?a=1&b=%22", "//example.com/x": "http://example.com/x",
        "mailto:a@example.com": "mailto:a@example.com", "/e/99999999999": f"{HOME}/e/99999999999",
        "http://[": f"{HOME}/",
    }.items():
        assert led(address) == (href, True), address
