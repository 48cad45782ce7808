"""Catching up: what is new by weight, each entry once, part by part until nothing is left; only what one may see."""

from datetime import timedelta

import pytest

from app.activity.delivery import commit
from app.db import at, now
from app.decisions.actions import decide
from app.entries.actions import comment, mark_all_read, post
from app.entries.important import mark_important
from app.extensions import db
from app.feed import catching_up
from app.learnings.actions import state_learning
from app.people.actions import follow
from app.reviews.actions import post_review


@pytest.fixture
def friday(world):
    """Lena read everything; since then Jon decided, marked, reviewed, learned and wrote in two spaces."""
    space, account = world.space("project", "open"), world.space("account", "open")
    mark_all_read(10**6, actor=world.lena)
    with at(now() - timedelta(days=3)):
        for number in range(3):
            decide(space, f"Question {number}", "Yes", actor=world.jon)
    mark_important(post(space, "All of you", actor=world.jon), actor=world.jon)
    post_review(space, "Spring", actor=world.jon, quarter="2026-Q1", channels=[])
    state_learning(space, "Short forms win", actor=world.jon)
    posts = [post(account, f"Post {number}", actor=world.jon) for number in range(4)]
    comment(posts[1], "Indeed", actor=world.mei)
    post(space, "Only said", actor=world.jon)
    for membership in world.lena.memberships:
        membership.read_entry_id = posts[0].id - 8
    commit()
    return world


def told(person) -> list:
    return [(each.part or each.space_id, len(each.ids)) for each in catching_up.news(person).groups]


def test_what_is_new_by_weight_and_each_once(friday):
    account, space = friday.space("account", "open"), friday.space("project", "open")
    assert told(friday.lena) == [("decision", 3), ("important", 1), ("review", 1), ("learning", 1), (account.id, 4),
                                 (space.id, 1)]
    found = catching_up.news(friday.lena, [space.id])
    assert [(each.space_id, each.is_mine) for each in found.spaces] == [(space.id, True), (account.id, False)]
    assert db.session.get(catching_up.Entry, found.spaces[1].top_id).headline == "Post 1"
    assert now() - found.since > timedelta(days=2)


def test_a_part_that_was_looked_at_is_told_no_more_and_the_last_one_reads_all(friday):
    lena = friday.lena
    for group in catching_up.news(lena).groups:
        before = told(lena)
        space = db.session.get(catching_up.Space, group.space_id) if group.space_id else None
        catching_up.catch_up(lena, group.newest, part=group.part, space=space)
        catching_up.catch_up(lena, 1, part=group.part, space=space)
        commit()
        assert told(lena) == before[1:]
    assert catching_up.news(lena).newest == 0


def test_what_came_after_the_page_was_opened_is_not_marked(friday, browser_of):
    newest = catching_up.news(friday.lena).newest
    later = post(friday.space("project", "open"), "Meanwhile", actor=friday.jon)
    commit()
    browser = browser_of(friday.lena)
    assert browser.post("/catch-up", data={"entry_id": newest}).status_code == 303
    assert [each.ids for each in catching_up.news(friday.lena).groups] == [[later.id]]
    assert browser.post("/catch-up", data={"entry_id": newest, "part": "gossip"}).status_code == 400


def test_nobody_is_told_of_what_they_may_not_see(friday):
    follow(friday.otto, space=friday.space("account", "secret"))
    post(friday.space("account", "secret"), "Between us @otto", actor=friday.lena)
    commit()
    assert told(friday.otto) == [] and told(friday.gus)[-1][0] == friday.space("project", "open").id


def test_home_says_it_in_a_sentence_and_the_page_part_by_part(friday, browser_of):
    decide(friday.space("project", "open"), "Which hall?", actor=friday.jon, deciders=[friday.lena])
    commit()
    browser = browser_of(friday.lena)
    home = browser.get("/").text
    assert "4 decisions, 1 important post, 1 review, 1 learning" in home
    assert "1 decision waits for you" in home and "4 posts in <bdi>account-open</bdi>" in home
    page = browser.get("/catch-up").text
    assert page.index("Waits for you") < page.index("Decisions") < page.index("Everybody should see")
    assert "Which hall?" in page and "Short forms win" in page and "Post 1" in page and "Post 2" not in page
    browser.post("/catch-up", data={"entry_id": catching_up.news(friday.lena).newest})
    assert "You are up to date" in browser.get("/catch-up").text
