"""What came while a browser was away: which entries exactly, only what one may see, and more than fits a page."""

import re

import pytest

from app.activity.delivery import commit
from app.entries.actions import comment, post, remove
from app.feed import pages
from app.learnings.actions import state_learning

JSON = {"Accept": "application/json"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def space(world):
    return world.space("project", "open")


def test_news_are_the_ids_of_newer_entries(world, space, browser_of):
    known = world.first_post(space).id
    first, second, withdrawn = (post(space, text, actor=world.jon) for text in ("One", "Two", "Three"))
    comment(first, "No entry of its own", actor=world.lena)
    remove(withdrawn, actor=world.jon)
    commit()
    wanted = [second.id, first.id]
    lena = browser_of(world.lena)
    assert lena.get(f"{space.url}?after={known}", headers=JSON).json == {"ids": wanted, "more": False}
    assert lena.get(f"/?after={first.id}", headers=JSON).json["ids"] == [second.id]
    assert lena.get(f"{space.url}?after={second.id}", headers=JSON).json == {"ids": [], "more": False}


def test_news_of_a_tab_are_of_its_kind(world, space, browser_of):
    known = world.first_post(space).id
    post(space, "Only said", actor=world.jon)
    learning = state_learning(space, "Short forms win", actor=world.jon)
    commit()
    news = browser_of(world.lena).get(f"{space.url}?tab=learnings&after={known}", headers=JSON).json
    assert news["ids"] == [learning.id]


def test_nobody_hears_of_what_they_may_not_see(world, browser_of):
    secret = world.space("project", "secret")
    known = world.first_post(secret).id
    post(secret, "Hush", actor=world.lena)
    commit()
    otto = browser_of(world.otto)
    assert otto.get(f"{secret.url}?after={known}", headers=JSON).status_code == 404
    assert otto.get(f"/?after={known}", headers=JSON).json["ids"] == []


def test_more_than_can_be_told_is_said(world, space, browser_of, monkeypatch):
    monkeypatch.setattr(pages, "NEWS_LIMIT", 2)
    known = world.first_post(space).id
    ids = [post(space, str(number), actor=world.jon).id for number in range(3)]
    commit()
    answer = browser_of(world.lena).get(f"{space.url}?after={known}", headers=JSON)
    assert answer.json == {"ids": ids[:0:-1], "more": True}


def test_more_than_a_page_of_news_ends_where_one_left_off(world, space, browser_of):
    known = world.first_post(space).id
    ids = [post(space, str(number), actor=world.jon).id for number in range(23)]
    commit()
    lena = browser_of(world.lena)
    first = lena.get(f"{space.url}?after={known}", headers=HTMX).text
    [older] = re.findall(r'hx-get="([^"]+)"', "".join(re.findall(r'<div class="older">.*?</div>', first)))
    second = lena.get(older.replace("&amp;", "&"), headers=HTMX).text
    shown = re.findall(r'<article[^>]* data-entry="(\d+)"', first + second)
    assert [int(each) for each in shown] == ids[::-1]
    assert 'class="older"' not in second


def test_the_way_to_older_entries_keeps_what_was_asked_for(world, browser_of):
    for number in range(21):
        state_learning(world.space("project", "open"), f"Claim {number}", actor=world.lena)
    commit()
    page = browser_of(world.lena).get("/projects/project-open?tab=learnings&note=a%26b").text
    assert re.search(r"tab=learnings&amp;note=a%26b&amp;before=\d+", page)


def test_a_card_repeats_its_space_only_elsewhere(world, space, browser_of):
    entry = world.first_post(space)
    lena = browser_of(world.lena)
    named = f'<a href="{space.url}"'
    here = HTMX | {"HX-Current-URL": f"http://localhost{space.url}?tab=stream"}
    assert named not in lena.get(f"/e/{entry.id}/fragment", headers=here).text
    assert named in lena.get(f"/e/{entry.id}/fragment", headers=HTMX).text
