"""Stating a learning, applying it elsewhere, reporting what came of it."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Notification
from app.assets.actions import keep
from app.db import now
from app.entries.actions import comment, post
from app.extensions import db
from app.learnings.actions import Ground, add_ground, apply_learning, end_trial, state_learning
from app.learnings.models import Evidence, Learning, Trial
from app.reviews.actions import post_review
from tests.making import documents


@pytest.fixture
def learning(world) -> Learning:
    stated = state_learning(world.commons, "Short subject lines win", actor=world.lena, holds_for="e-mail · EMEA")
    commit()
    return stated


def test_a_learning_is_stated_from_a_review_and_shows_there(world, browser_of):
    review = post_review(world.commons, "Spring mailing", actor=world.lena, quarter="2026-Q3")
    commit()
    data = {"claim": "Short subject lines win", "space_id": world.commons.id, "review_id": review.id,
            "evidence": "Opened **28 %** against 17 %"}
    answer = browser_of(world.lena).post("/learnings/new", data=data)
    stated = db.session.scalars(select(Learning)).one()
    assert answer.headers["Location"] == stated.url
    jon = browser_of(world.jon)
    assert "<strong>28 %</strong>" in jon.get(stated.url).text
    assert "Short subject lines win" in jon.get(review.url).text


def test_the_library_can_be_narrowed_to_what_somebody_should_look_at_again(world, browser_of, learning):
    jon = browser_of(world.jon)
    fresh = jon.get("/learnings?stale=1").text
    assert learning.title not in fresh and "No learning fits" in fresh
    learning.review_by = now().date() - timedelta(days=1)
    db.session.commit()
    due = jon.get("/learnings?stale=1").text
    assert learning.title in due and '<option value="1" selected>due again' in due


def test_the_record_tells_where_it_worked_and_where_it_failed(world, browser_of, learning):
    jon, mei = browser_of(world.jon), browser_of(world.mei)
    jon.post(f"/learnings/{learning.id}/trials", data={"place": "DACH", "adaptation": "In German"})
    mei.post(f"/learnings/{learning.id}/trials", data={"place": "China"})
    first, second = db.session.scalars(select(Trial).order_by(Trial.id)).all()
    jon.post(f"/trials/{first.id}/result", data={"result": "worked", "lift": "12.5", "note": "As said"})
    mei.post(f"/trials/{second.id}/result", data={"result": "failed"})
    page = browser_of(world.lena).get(learning.url).text
    assert "Applied 2×: worked 1, failed 1" in page and "+12.5 %" in page
    told = select(Notification).where(Notification.person_id == world.lena.id, Notification.reason == "trial")
    assert len(db.session.scalars(told).all()) == 4, "two beginnings and two results"


def test_only_who_tries_reports(world, browser_of, learning):
    trial = apply_learning(learning, "DACH", actor=world.jon)
    commit()
    assert browser_of(world.mei).post(f"/trials/{trial.id}/result", data={"result": "worked"}).status_code == 403
    assert trial.result is None


def test_a_trial_needs_a_place(world, browser_of, learning):
    answer = browser_of(world.jon).post(f"/learnings/{learning.id}/trials", data={"place": "", "adaptation": "Kept"})
    assert answer.status_code == 422 and "Say where." in answer.text and "Kept" in answer.text


def test_a_source_one_may_not_see_is_not_named(world, browser_of):
    review = post_review(world.space("project", "secret"), "Zephyr mailing", actor=world.lena, quarter="2026-Q3")
    stated = state_learning(world.commons, "Short wins", actor=world.lena, review=review)
    commit()
    otto = browser_of(world.otto)
    assert "Zephyr" not in otto.get(stated.url).text and "Zephyr" not in otto.get("/learnings").text
    assert "Zephyr" in browser_of(world.jon).get(stated.url).text


def test_a_learning_is_made_from_a_comment_and_leads_back(world, browser_of):
    said = comment(world.first_post(world.space("project", "open")), "Three fields won", actor=world.jon)
    commit()
    lena = browser_of(world.lena)
    form = lena.get(f"/learnings/new?from={said.id}").text
    assert 'value="Three fields won"' in form and f'value="{said.id}"' in form
    data = {"claim": "Three fields win", "space_id": world.commons.id, "origin_id": said.id, "channel": "webinar, fair"}
    page = lena.get(lena.post("/learnings/new", data=data).headers["Location"]).text
    assert "Made from" in page and f"/e/{said.id}" in page and "?channel=webinar" in page


def test_evidence_one_may_not_see_is_not_shown(world, browser_of, learning):
    hidden = post(world.space("project", "secret"), "Hush hush", actor=world.lena)
    add_ground(learning, Ground(hidden), actor=world.lena)
    commit()
    assert "Hush hush" in browser_of(world.lena).get(learning.url).text
    assert "Hush hush" not in browser_of(world.otto).get(learning.url).text


@pytest.mark.parametrize(("address", "page"), [
    ("http://127.0.0.1:5000/posts/{id}", None), ("/e/{id}", None), ("/reviews/9?slide=4#entry-{id}", 4),
])
def test_evidence_is_linked_by_its_address(world, browser_of, learning, address, page):
    entry = world.first_post(world.space("project", "open"))
    data = {"address": address.format(id=entry.id)}
    assert browser_of(world.jon).post(f"{learning.url}/evidence", data=data).status_code == 303
    [evidence] = db.session.scalars(select(Evidence))
    assert (evidence.entry_id, evidence.page) == (entry.id, page)


def test_an_address_of_elsewhere_is_refused_and_kept(world, browser_of, learning):
    answer = browser_of(world.jon).post(f"{learning.url}/evidence", data={"address": "https://example.com/x"})
    assert answer.status_code == 422 and 'value="https://example.com/x"' in answer.text


def test_nobody_links_what_they_may_not_see(world, browser_of, learning):
    hidden = world.first_post(world.space("project", "secret"))
    assert browser_of(world.otto).post(f"{learning.url}/evidence", data={"address": hidden.url}).status_code == 404


@pytest.mark.parametrize(("relation", "words"), [("contradicts", "Contradicted by"), ("supersedes", "takes the place")])
def test_learnings_point_at_each_other(world, browser_of, learning, relation, words):
    other = state_learning(world.commons, "Long subject lines win", actor=world.jon)
    commit()
    jon = browser_of(world.jon)
    jon.post(f"{learning.url}/relation", data={"other_id": other.id, "relation": relation})
    page, back = jon.get(learning.url).text, jon.get(other.url).text
    assert words in page and "Long subject lines win" in page and learning.title in back


def test_a_trial_runs_in_a_project_and_is_asked_for(world, browser_of, learning):
    project = world.space("project", "open")
    data = {"place": "DACH", "trial_space_id": project.id, "due_on": (now() + timedelta(days=30)).date().isoformat()}
    browser_of(world.jon).post(f"{learning.url}/trials", data=data)
    [trial] = db.session.scalars(select(Trial))
    assert trial.space_id == project.id
    assert project.name in browser_of(world.jon).get(learning.url).text
    assert "What came of it in DACH?" in browser_of(world.jon).get("/").text


def test_a_profile_shows_what_learnings_led_to_and_nothing_one_may_not_see(world, browser_of, learning):
    hidden = state_learning(world.space("project", "secret"), "Hush", actor=world.lena)
    for tried, place in ((learning, "France"), (learning, "China"), (hidden, "Moon")):
        end_trial(apply_learning(tried, place, actor=world.jon), "worked", actor=world.jon)
    commit()
    page = browser_of(world.otto).get("/people/lena").text
    assert "2 trials by others" in page and "China · France" in page and "Moon" not in page


def test_similar_work_is_a_fragment_beside_the_form_and_a_page_of_its_own(world, browser_of, learning):
    jon = browser_of(world.jon)
    fragment = jon.get("/similar?q=subject+lines", headers={"HX-Request": "true"}).text
    assert learning.title in fragment and "<html" not in fragment
    assert "<h1" in jon.get("/similar?q=subject+lines").text
    assert jon.get("/similar", headers={"HX-Request": "true"}).text.strip() == ""


def test_a_slide_and_a_line_of_a_review_become_learnings_with_the_way_back(world, browser_of, tmp_path):
    deck = keep(io.BytesIO(documents.deck(tmp_path / "deck.pptx").read_bytes()), "deck.pptx")
    review = post_review(world.commons, "Spring", actor=world.lena, quarter="2026-Q3", deck=deck,
                         what_worked="- Short titles\n- Tuesday", what_did_not="The long form")
    commit()
    jon = browser_of(world.jon)
    assert review.lessons == ["Short titles", "Tuesday", "The long form"]
    assert "claim=The%20long%20form" in jon.get(review.url).text
    begun = jon.get(f"/learnings/new?from={review.id}&review={review.id}&page=2").text
    assert 'value="What it cost"' in begun
    jon.post("/learnings/new", data={"claim": "What it costs", "space_id": world.commons.id, "review_id": review.id,
                                     "origin_id": review.id, "origin_page": 2})
    [ground] = db.session.scalars(select(Evidence)).all()
    assert (ground.entry, ground.page, ground.is_origin) == (review, 2, True)
