"""Key points: written by author and audience, made of comments and unmade, pinned to slides, shown on page and card."""

import io

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.assets.actions import keep
from app.entries.actions import CannotAnswer, TooLong, comment, edit, remove
from app.entries.models import Comment
from app.extensions import db
from app.reviews import key_points, questions
from app.reviews.actions import post_review
from app.reviews.key_point_models import LONGEST, KeyPoint
from app.reviews.models import Review
from app.search.finder import find
from tests.making import documents


def review_in(world, space, **fields) -> Review:
    review = post_review(space, "Webinars", actor=world.lena, quarter="2026-Q3", body="The summary.", **fields)
    commit()
    return review


@pytest.fixture
def review(world) -> Review:
    """Lena's, in the open project."""
    return review_in(world, world.space("project", "open"))


@pytest.fixture
def with_deck(world, tmp_path) -> Review:
    """Lena's, with three slides."""
    deck = documents.deck(tmp_path / "deck.pptx").read_bytes()
    review = review_in(world, world.commons, deck=keep(io.BytesIO(deck), "deck.pptx"))
    db.session.expire_all()
    return review


def kinds() -> list[str]:
    return list(db.session.scalars(select(Activity.kind).order_by(Activity.id)))


def test_a_key_point_is_a_comment_and_its_reviews_author_is_told_once(world, review):
    point = key_points.make_point(review, "Ask for a **recording**", actor=world.jon)
    assert point.comment.thread_id == review.id and review.comment_count == 1
    assert kinds()[-1] == "review.key_point_made" and "entry.commented" not in kinds()[-2:]
    told = select(Notification.person_id, Notification.reason).join(Activity).where(Activity.entry_id == point.id)
    assert db.session.execute(told).all() == [(world.lena.id, "key_point")]
    assert [hit.entry_id for hit in find(world.otto, "recording").items] == [point.id]


def test_it_is_short_and_about_a_slide_that_is_there(world, review):
    key_points.make_point(review, "x" * LONGEST, actor=world.jon)
    with pytest.raises(TooLong):
        key_points.make_point(review, "x" * (LONGEST + 1), actor=world.jon)
    with pytest.raises(CannotAnswer):
        key_points.make_point(review, "Here", actor=world.jon, page=1)


@pytest.mark.parametrize("page", ["4", "99999999999999999999"])
def test_no_slide_has_a_number_that_no_column_holds(world, browser_of, with_deck, page):
    mei = browser_of(world.mei)
    for path in (f"/e/{with_deck.id}/comments", f"{with_deck.url}/questions", f"{with_deck.url}/key-points"):
        assert mei.post(path, data={"body": "Here", "page": page}).status_code == 400, path


def test_a_comment_becomes_one_and_a_comment_again(world, review):
    said = comment(review, "It works", actor=world.jon)
    assert key_points.mark(said, actor=world.jon) and not key_points.mark(said, actor=world.jon)
    assert kinds()[-1] == "review.key_point_marked"
    with pytest.raises(TooLong):
        edit(said, actor=world.jon, body="x" * (LONGEST + 1))
    assert key_points.unmark(said, actor=world.jon) and not key_points.unmark(said, actor=world.jon)
    assert kinds()[-1] == "review.key_point_withdrawn"
    edit(said, actor=world.jon, body="x" * (LONGEST + 1))
    with pytest.raises(TooLong):
        key_points.mark(said, actor=world.jon)


def test_questions_and_comments_elsewhere_are_none(world, review):
    asked = questions.ask(review, "Why?", actor=world.jon)
    elsewhere = comment(world.first_post(review.space), "Here", actor=world.jon)
    for said in (asked.comment, elsewhere):
        with pytest.raises(key_points.NoKeyPoint):
            key_points.mark(said, actor=world.jon)


def test_what_is_withdrawn_makes_no_point(world, review):
    point = key_points.make_point(review, "It works", actor=world.jon)
    remove(point.comment, actor=world.jon)
    assert not db.session.scalars(select(KeyPoint)).all()


def test_they_are_the_summary_of_the_page_the_authors_first(world, browser_of, with_deck):
    for who, page, body in ((world.jon, 3, "Jon on three"), (world.lena, 2, "Lena on two"), (world.lena, None, "Lena")):
        key_points.make_point(with_deck, body, actor=who, page=page)
    commit()
    page = browser_of(world.mei).get(with_deck.url).text
    summary = page[page.index('id="key-points"'):page.index("data-deck")]
    places = [summary.index(f">{words}<") for words in ("Lena", "Lena on two", "Jon on three")]
    assert places == sorted(places) and f'href="{with_deck.url}?slide=3"' in summary


def test_on_a_slide_they_stand_above_its_talk(world, browser_of, with_deck):
    comment(with_deck, "First words", actor=world.mei, page=2, version=with_deck.page_version)
    key_points.make_point(with_deck, "The point", actor=world.jon, page=2)
    commit()
    talk = browser_of(world.mei).get(f"{with_deck.url}/slides/2/thread").text
    assert talk.index("The point") < talk.index("First words") and "Key point</span>" in talk
    assert "The point" not in browser_of(world.mei).get(f"{with_deck.url}/slides/1/thread").text


def test_a_card_shows_one_of_the_author_and_one_of_the_audience(world, browser_of, review):
    mei = browser_of(world.mei)
    assert "The summary." in mei.get("/reviews").text
    for body in ("Lena one", "Lena two"):
        key_points.make_point(review, body, actor=world.lena)
    commit()
    assert "Lena two" in mei.get("/reviews").text and "The summary." not in mei.get("/reviews").text
    for body in ("Jon one", "Jon two"):
        point = key_points.make_point(review, body, actor=world.jon)
    commit()
    page = mei.get("/reviews").text
    assert [words for words in ("Lena one", "Lena two", "Jon one", "Jon two") if words in page] == [
        "Lena one", "Jon one"]
    for each in db.session.scalars(select(Comment).where(Comment.thread_id == review.id, Comment.id != point.id)):
        remove(each, actor=each.author)
    commit()
    assert "Jon two" in mei.get("/reviews").text


def test_writing_one_by_form_and_by_htmx(world, browser_of, review):
    jon, path = browser_of(world.jon), f"/reviews/{review.id}/key-points"
    answer = jon.post(path, data={"body": "It works"})
    point = db.session.scalars(select(KeyPoint)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/e/{point.id}")
    fragment = jon.post(path, data={"body": "Still"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 200 and "Key point</span>" in fragment.text
    refused = jon.post(path, data={"body": "long " * 60})
    assert refused.status_code == 422 and "280 characters at most" in refused.text and "long long" in refused.text
    assert jon.post(path, data={"body": "Here", "page": 9}).status_code == 400
    assert browser_of(world.gita).post(path, data={"body": "It works"}).status_code == 404


def test_marking_from_the_menu_and_shortening_by_edit(world, browser_of, review):
    said = comment(review, "It works", actor=world.jon)
    commit()
    jon = browser_of(world.jon)
    assert "Make it a key point" in jon.get(f"/e/{said.id}/more").text
    assert "key point" not in browser_of(world.lena).get(f"/e/{said.id}/more").text
    assert browser_of(world.lena).post(f"/e/{said.id}/key-point").status_code == 403
    jon.post(f"/e/{said.id}/key-point")
    assert "A key point no longer" in jon.get(f"/e/{said.id}/more").text
    refused = jon.post(f"/e/{said.id}/edit", data={"body": "long " * 60})
    assert refused.status_code == 422 and "280 characters at most" in refused.text
    jon.post(f"/e/{said.id}/key-point/end")
    db.session.expire_all()
    assert said.key_point is None


def test_in_a_secret_space_outsiders_learn_nothing(world, browser_of):
    review = review_in(world, world.space("project", "secret"))
    point = key_points.make_point(review, "Between us", actor=world.jon)
    commit()
    otto = browser_of(world.otto)
    for path in (f"/reviews/{review.id}/key-points", f"/e/{point.id}/key-point", f"/e/{point.id}/key-point/end"):
        assert otto.post(path, data={"body": "Me too"}).status_code == 404, path
