"""What is shared out of a secret space is read without learning where it comes from."""

import io

import pytest

from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.decisions.actions import decide
from app.entries.actions import comment, post, share
from app.learnings.actions import state_learning
from app.reviews.actions import post_review

NAME = "Zephyr Vault"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shared(world) -> list:
    """One entry of each kind out of the secret project, read in the open one, with a comment each."""
    secret = world.space("project", "secret")
    secret.name, secret.slug = NAME, "zephyr-vault"
    deck = keep(io.BytesIO(b"words of a deck"), "deck.txt")
    review = post_review(secret, "Tungsten fair", actor=world.lena, quarter="2026-Q3", channels=["fair"], deck=deck)
    entries = [
        post(secret, "Tungsten is dear #tungsten @otto", actor=world.lena),
        review,
        state_learning(secret, "Tungsten claim", actor=world.lena, review=review),
        upload(secret, keep(io.BytesIO(b"tungsten"), "tungsten.txt"), actor=world.lena),
        decide(secret, "Tungsten or not?", "Tungsten", actor=world.lena),
    ]
    for entry in entries:
        share(entry, world.space("project", "open"), actor=world.lena, note="Read this")
        comment(entry, "Tungsten indeed @gus", actor=world.lena)
    commit()
    return [(entry.id, entry.url) for entry in entries]


@pytest.mark.parametrize("who", ["otto", "gus"])
def test_no_page_names_the_secret_space(shared, world, browser_of, who):
    browser = browser_of(world.person(who))
    pages = ["/", "/?view=following", "/?view=unread", "/projects/project-open", "/people/lena", "/tags/tungsten",
             "/reviews", "/learnings", "/assets", "/search?q=tungsten", "/search/suggest?q=tungsten", "/notifications"]
    pages += [f"/projects/project-open?tab={tab}" for tab in ("assets", "decisions", "reviews", "learnings")]
    for key, url in shared:
        pages += [url, f"/e/{key}/fragment", f"/e/{key}/history", f"/e/{key}/more", f"/e/{key}/reactions"]
        pages += [f"/e/{key}/share"] if who == "otto" else []
    for page in pages:
        for headers in ({}, HTMX):
            answer = browser.get(page, headers=headers)
            assert answer.status_code == 200, page
            assert NAME not in answer.text and "zephyr-vault" not in answer.text, page


def test_who_belongs_there_sees_where_it_lives(shared, world, browser_of):
    assert NAME in browser_of(world.lena).get(shared[0][1]).text


def test_a_reader_from_outside_sees_the_space_they_read_it_in(shared, world, browser_of):
    page = browser_of(world.otto).get("/people/lena").text
    assert 'href="/projects/project-open"' in page
