"""Pins on pictures: their numbers, what of them is shown, and where a link to one leads."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.activity.delivery import commit
from app.annotations.pins import LINES, PagePins, Pin, numbered, shown
from app.db import now
from app.entries.actions import comment, remove
from app.entries.models import Comment
from app.entries.resolving import resolve
from app.extensions import db
from app.reviews.actions import post_review
from tests.test_pages import count

FRACTIONS = st.integers(0, 100).map(lambda number: number / 100)
PLACES = st.lists(st.tuples(FRACTIONS, FRACTIONS, st.booleans()), max_size=12)


def made(places) -> list[Comment]:
    return [Comment(id=key, page=1, x=x, y=y, resolved_at=now() if settled else None)
            for key, (x, y, settled) in enumerate(places, start=1)]


@given(PLACES, st.randoms(use_true_random=False))
def test_numbers_follow_the_reading_order_whatever_is_shown_and_whoever_came_first(places, chance):
    comments = made(places)
    pins = numbered(comments)
    assert [pin.number for pin in pins] == list(range(1, len(comments) + 1))
    for one, other in zip(pins, pins[1:], strict=False):
        lines = int(one.comment.y * LINES), int(other.comment.y * LINES)
        assert lines[0] < lines[1] or (lines[0] == lines[1] and one.comment.x <= other.comment.x)
    mixed = list(comments)
    chance.shuffle(mixed)
    assert numbered(mixed) == pins
    parts = [PagePins(pins, which).on_picture for which in ("open", "resolved")]
    assert sorted((pin for part in parts for pin in part), key=lambda pin: pin.number) == pins


def test_a_region_ends_where_its_page_ends():
    pin = Pin(1, Comment(page=1, x=0.75, y=0.5, w=1, h=0.25))
    assert (pin.x, pin.y, pin.width, pin.height, pin.is_region) == ("75.00", "50.00", "25.00", "25.00", True)


def test_the_settled_are_listed_with_what_answers_them():
    first, second, answer = made([(0.5, 0.5, False), (0.1, 0.1, True), (0, 0, False)])
    answer.x, answer.parent_id = None, second.id
    assert shown([first, second, answer], "open") == [second, first, answer]
    assert shown([first, second, answer], "resolved") == [second, answer]


def pin(browser, asset, body: str, **place) -> Comment:
    form = {"body": body, "page": 1, "version_id": asset.versions[0].id} | place
    assert browser.post(f"/e/{asset.id}/comments", data=form).status_code == 303
    return db.session.scalars(select(Comment).order_by(Comment.id.desc()).limit(1)).one()


def on_picture(text: str) -> list[tuple[str, str]]:
    return re.findall(r'id="pin-(\d+)".*?middle">(\d+)<', text)


def test_a_pin_stands_on_the_picture_with_the_number_it_has_in_the_list(picture, world, browser_of):
    jon = browser_of(world.jon)
    below = pin(jon, picture, "The logo", x=0.1, y=0.8)
    above = pin(jon, picture, "<b>Too</b> long", x=0.2, y=0.1, w=0.5, h=0.2)
    assert (above.x, above.w, below.w) == (0.2, 0.5, None)
    page = browser_of(world.gus).get(picture.url).text
    assert on_picture(page) == [(str(above.id), "1"), (str(below.id), "2")]
    assert re.findall(r'data-pin-of="(\d+)"[^>]*>(\d)<', page) == [(str(above.id), "1"), (str(below.id), "2")]
    assert 'x="20.00%" y="10.00%" width="50.00%" height="20.00%"' in page
    assert "data-pin-start" in page and "<b>Too" not in page
    remove(above, actor=world.jon)
    commit()
    drawn = jon.get(f"/e/{picture.id}/pages/1/pins?version=1").text
    assert on_picture(drawn) == [(str(below.id), "1")]


@pytest.mark.parametrize("place", [{"x": 1.1, "y": 0}, {"x": "nan", "y": 0}, {"at": -1}, {"at": "1e12"}])
def test_a_place_that_is_none_is_refused(picture, world, browser_of, place):
    answer = browser_of(world.jon).post(f"/e/{picture.id}/comments", data={"body": "Here", "page": 1} | place)
    assert answer.status_code == 422 and not db.session.scalars(select(Comment.x).where(Comment.page == 1)).all()


def test_half_a_place_is_a_comment_on_the_page(picture, world, browser_of):
    assert not pin(browser_of(world.jon), picture, "Here", x=0.5).is_pinned


def test_settled_pins_fold_away_and_are_found_by_the_address(picture, world, browser_of):
    jon = browser_of(world.jon)
    first, second = (pin(jon, picture, body, x=0.5, y=y) for body, y in (("One", 0.1), ("Two", 0.9)))
    assert "pin-filter" not in jon.get(picture.url).text
    jon.post(f"/e/{first.id}/resolution")
    seen = {which: on_picture(jon.get(f"{picture.url}?pins={which}").text) for which in ("", "resolved", "all", "x")}
    assert seen[""] == seen["x"] == [(str(second.id), "2")], "it keeps its number"
    assert seen["resolved"] == [(str(first.id), "1")] and len(seen["all"]) == 2
    listed = jon.get(f"{picture.url}/pages/1/thread?pins=resolved").text
    assert f'id="entry-{first.id}"' in listed and f'id="entry-{second.id}"' not in listed
    assert re.findall(r'class="count">(\d)<', listed) == ["1", "1", "2"]
    assert jon.get(f"/e/{first.id}").headers["Location"] == f"{picture.url}?slide=1&pins=all#entry-{first.id}"
    assert jon.get(f"/e/{second.id}").headers["Location"] == f"{picture.url}?slide=1#entry-{second.id}"
    jon.post(f"/e/{first.id}/resolution/end")
    assert len(on_picture(jon.get(picture.url).text)) == 2


def test_a_link_to_what_stands_on_a_page_that_is_gone_leads_to_its_version(world, decks, browser_of):
    asset = decks.share(world.commons, "One\n\nTwo", actor=world.lena)
    region = {"x": 0.25, "y": 0.5, "w": 0.5, "h": 0.25}
    gone, kept = (decks.say(asset, page, "So", actor=world.jon, region=region) for page in (1, 2))
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", deck=asset)
    lost = decks.say(review, 1, "So", actor=world.jon)
    decks.renew(asset, "Another\n\nTwo")
    jon = browser_of(world.jon)
    assert {each.id: jon.get(f"/e/{each.id}").headers["Location"] for each in (gone, kept, lost)} == {
        gone.id: f"{asset.url}?version=1&slide=1#entry-{gone.id}",
        kept.id: f"{asset.url}?slide=2#entry-{kept.id}", lost.id: f"{review.url}#entry-{lost.id}"}
    assert f'id="entry-{gone.id}"' in jon.get(f"{asset.url}?version=1&slide=1").text
    page = jon.get(asset.url).text
    assert "was slide 1 of version 1" in page and "version=1&amp;slide=1" in page
    db.session.refresh(kept)
    assert (kept.x, kept.y, kept.w, kept.h) == (0.25, 0.5, 0.5, 0.25)


def test_a_slide_of_a_review_is_pinned_by_a_question_and_a_key_point(world, decks, browser_of):
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3",
                         deck=decks.share(world.commons, "One\n\nTwo", actor=world.lena))
    commit()
    for address in ("questions", "key-points", "comments"):
        target = f"/e/{review.id}/comments" if address == "comments" else f"{review.url}/{address}"
        browser_of(world.jon).post(target, data={"body": "Why?", "page": 2, "x": 0.5, "y": 0.25})
    places = db.session.execute(select(Comment.page, Comment.x, Comment.y).where(Comment.thread_id == review.id)).all()
    assert places == [(2, 0.5, 0.25)] * 3
    drawn = browser_of(world.jon).get(f"/e/{review.id}/pages/2/pins")
    assert len(on_picture(drawn.text)) == 3


def test_pins_are_for_who_may_see_their_thread(world, decks, browser_of):
    asset = decks.share(world.space("project", "secret"), "One", actor=world.lena)
    assert browser_of(world.otto).get(f"/e/{asset.id}/pages/1/pins").status_code == 404
    assert browser_of(world.jon).get(f"/e/{asset.id}/pages/1/pins").status_code == 200
    post = world.first_post(world.space("project", "open"))
    assert browser_of(world.jon).get(f"/e/{post.id}/pages/1/pins").status_code == 404


def test_who_is_told_of_a_comment_is_told_the_page(world, decks, browser_of):
    asset = decks.share(world.commons, "One\n\nTwo", actor=world.lena)
    decks.say(asset, 2, "Too long", actor=world.jon)
    comment(asset, "All of it", actor=world.jon)
    commit()
    told = browser_of(world.lena).get("/notifications").text
    assert "Jon Park wrote in “Deck”, slide 2: Too long" in told and "wrote in “Deck”: All of it" in told


def test_many_pins_cost_as_many_statements_as_few(picture, world, browser_of, statements):
    jon = browser_of(world.jon)
    pin(jon, picture, "One", x=0.5, y=0.5)
    few = count(jon, statements, picture.url)
    for number in range(9):
        said = pin(jon, picture, f"Pin {number}", x=0.5, y=number / 10)
        if number % 2:
            resolve(said, actor=world.lena)
    commit()
    db.session.expire_all()
    assert count(jon, statements, picture.url) <= few <= 21


def test_an_answer_stands_where_what_it_answers_stands(world, decks):
    asset = decks.share(world.commons, "One\n\nTwo", actor=world.lena)
    said = decks.say(asset, 2, "Too long", actor=world.jon, region={"x": 0.5, "y": 0.5})
    answer = comment(asset, "Shortened", actor=world.lena, parent=said)
    commit()
    assert (answer.version_id, answer.page, answer.x) == (said.version_id, 2, None)
    decks.renew(asset, "Two\n\nOne")
    db.session.refresh(answer)
    assert answer.page == 1
