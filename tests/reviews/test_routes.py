"""Posting a review with its deck, reading it, filtering the list."""

import io

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.assets.actions import keep
from app.entries.actions import comment, share
from app.entries.models import Comment
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.models import Review
from tests.making import documents

FORM = {"title": "Spring webinars", "quarter": "2026-Q3", "programme": "Webinars", "region": "EMEA",
        "channels": "webinar, e-mail, webinar", "currency": "EUR", "cost": "12.000,00", "leads": "300", "mqls": "",
        "next_steps": "Do it again\n\nShorter titles", "what_worked": "Short titles"}


@pytest.fixture
def deck(tmp_path) -> bytes:
    """A deck of three slides."""
    return documents.deck(tmp_path / "deck.pptx").read_bytes()


def review_of(world, **fields) -> Review:
    named = {"quarter": "2026-Q3", "region": "EMEA", "programme": "Webinars", "channels": ["webinar"]} | fields
    review = post_review(world.commons, named.pop("title", "Webinars"), actor=world.lena, **named)
    commit()
    return review


def test_a_review_is_posted_with_figures_and_deck(world, browser_of, deck):
    data = FORM | {"space_id": world.commons.id, "deck": (io.BytesIO(deck), "spring.pptx")}
    answer = browser_of(world.lena).post("/reviews/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    review = db.session.scalars(select(Review)).one()
    assert (review.cost, review.leads, review.mqls) == (12000, 300, None)
    assert review.channels == ["webinar", "e-mail"] and review.next_steps == ["Do it again", "Shorter titles"]
    assert (review.deck.status, review.deck.page_count) == ("ready", 3)
    page = browser_of(world.jon).get(review.url).text
    assert "€40.00" in page and "MQLs are missing" in page


def test_bad_figures_keep_what_was_typed_beside_a_message(world, browser_of):
    data = FORM | {"space_id": world.commons.id, "leads": "many", "quarter": "Q3", "sent": "-5"}
    answer = browser_of(world.lena).post("/reviews/new", data=data)
    assert answer.status_code == 422 and not db.session.scalars(select(Review)).all()
    for kept in ('value="many"', "Short titles"):
        assert kept in answer.text
    for message in ("This is not a number.", "Write it like 2026-Q3.", "cannot be negative"):
        assert message in answer.text


def test_an_outsider_cannot_post_into_a_space_they_only_see(world, browser_of):
    data = FORM | {"space_id": world.space("project", "closed").id}
    assert browser_of(world.otto).post("/reviews/new", data=data).status_code == 403


def test_an_edit_keeps_the_history_and_a_new_deck_is_a_new_version(world, browser_of, deck):
    review = review_of(world, deck=keep(io.BytesIO(deck), "a.pptx"))
    data = FORM | {"title": "Better", "space_id": world.commons.id, "deck": (io.BytesIO(b"%PDF-1.4 broken"), "b.pdf")}
    browser_of(world.lena).post(f"/reviews/{review.id}/edit", data=data, content_type="multipart/form-data")
    db.session.expire_all()
    assert review.title == "Better" and review.deck.version_count == 2 and review.deck.status == "failed"
    assert browser_of(world.jon).get(f"/reviews/{review.id}/edit").status_code == 403


@pytest.mark.parametrize(("query", "found"), [
    ("", {"One", "Two"}), ("quarter=2026-Q2", {"Two"}), ("region=DACH", {"Two"}), ("programme=Fairs", {"Two"}),
    ("channel=webinar", {"One"}), ("quarter=2026-Q3&channel=fair", set()),
])
def test_the_list_is_filtered(world, browser_of, query, found):
    review_of(world, title="One")
    review_of(world, title="Two", quarter="2026-Q2", region="DACH", programme="Fairs", channels=["fair"])
    page = browser_of(world.jon).get(f"/reviews?{query}").text
    assert {title for title in ("One", "Two") if f">{title}<" in page} == found


def test_filters_offer_nothing_of_reviews_one_may_not_see(world, browser_of):
    post_review(world.space("project", "secret"), "Zephyr", actor=world.lena, quarter="2025-Q1", region="Atlantis")
    commit()
    page = browser_of(world.otto).get("/reviews").text
    assert "Atlantis" not in page and "2025-Q1" not in page


def test_a_comment_on_a_slide_is_on_that_slide_only(world, browser_of, deck):
    review = review_of(world, deck=keep(io.BytesIO(deck), "a.pptx"))
    jon = browser_of(world.jon)
    jon.post(f"/e/{review.id}/comments", data={"body": "What does this curve say?", "page": 2})
    said = db.session.scalars(select(Comment).where(Comment.thread_id == review.id)).one()
    assert (said.page, said.version_id) == (2, review.deck.versions[0].id)
    assert "this curve" in jon.get(f"/reviews/{review.id}/slides/2/thread").text
    assert "this curve" not in jon.get(f"/reviews/{review.id}/slides/1/thread").text
    assert jon.get(f"/e/{said.id}").headers["Location"] == f"/reviews/{review.id}?slide=2#entry-{said.id}"
    assert jon.post(f"/e/{review.id}/comments", data={"body": "No such", "page": 99}).status_code == 400


def test_a_shared_review_takes_its_deck_along(world, browser_of, deck):
    secret = world.space("project", "secret")
    review = post_review(secret, "Zephyr", actor=world.lena, quarter="2026-Q3", deck=keep(io.BytesIO(deck), "a.pptx"))
    commit()
    picture = f"{review.deck.url}/versions/1/pages/1.webp"
    otto = browser_of(world.otto)
    assert otto.get(picture).status_code == 404
    share(review, world.commons, actor=world.jon)
    commit()
    assert otto.get(review.url).status_code == 200 and otto.get(picture).status_code == 200


def test_a_deleted_review_leaves_its_answers(world, browser_of):
    review = review_of(world, title="Regretted")
    comment(review, "I liked it", actor=world.jon)
    browser_of(world.lena).post(f"/e/{review.id}/delete")
    page = browser_of(world.jon).get(review.url)
    assert page.status_code == 200 and "Regretted" not in page.text and "I liked it" in page.text
