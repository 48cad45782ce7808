"""The home of a project explains it: what changed since one was there, what is pinned, what waits."""

from datetime import timedelta

import pytest

from app.db import at, now
from app.decisions.actions import decide
from app.entries.actions import comment, post, remove
from app.entries.pinning import pin, pinned
from app.extensions import db
from app.feed.visits import LASTS, is_first, last_visit, look, since
from app.projects.actions import change_project


@pytest.fixture
def space(world):
    return world.space("project", "open")


def test_the_first_visit_has_no_before(world, space):
    assert is_first(last_visit(space, world.mei))
    look(space, world.mei)
    assert since(last_visit(space, world.mei)) is None and is_first(last_visit(space, world.mei))
    with at(now() + LASTS * 2):
        assert not is_first(last_visit(space, world.mei))


def test_it_counts_what_others_did_since_and_goes_on_counting_while_the_visit_lasts(world, space):
    with at(now() - timedelta(days=2)):
        look(space, world.mei)
    root = post(space, "News", actor=world.lena)
    comment(root, "Fine", actor=world.jon)
    comment(root, "Mine", actor=world.mei)
    assert since(last_visit(space, world.mei)).counts == {"post": 1, "comment": 1}
    look(space, world.mei)
    comment(root, "One more", actor=world.lena)
    assert since(last_visit(space, world.mei)).counts == {"post": 1, "comment": 2}
    with at(now() + LASTS * 2):
        assert since(last_visit(space, world.mei)).counts == {"comment": 1}


def test_what_is_pinned_stands_at_the_top_until_it_is_withdrawn(world, space):
    root = post(space, "Read this", actor=world.lena)
    assert pin(root, actor=world.jon) and not pin(root, actor=world.lena)
    assert pinned(space) == [root]
    remove(root, actor=world.lena)
    assert pinned(space) == []


def test_a_newcomer_reads_goal_brief_people_and_what_waits(browser_of, world, space):
    change_project(space.project, brief="Talk to **buyers**, never to users.")
    decide(space, "Which hall?", actor=world.lena)
    pin(post(space, "All of it in a page", actor=world.lena), actor=world.lena)
    db.session.commit()
    page = browser_of(world.mei).get(space.url).text
    for words in ("Sell more grippers.", "<strong>buyers</strong>", "To be decided", "Which hall?", "Read this first",
                  "All of it in a page", "runs it"):
        assert words in page, words


def test_looking_is_said_by_the_browser(browser_of, world, space):
    assert browser_of(world.mei).post(f"/spaces/{space.slug}/visit").status_code == 204
    assert browser_of(world.otto).post("/spaces/project-secret/visit").status_code == 404
