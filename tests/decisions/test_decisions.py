"""Decisions: open and taken, by whom, what supersedes what, where they show."""

import pytest

from app.activity.models import Activity, Notification
from app.decisions.actions import CannotSupersede, change_decision, decide, supersede
from app.entries.actions import comment
from app.extensions import db


@pytest.fixture
def space(world):
    return world.space("project", "open")


def reasons(person, kind: str) -> list[str]:
    query = db.select(Notification.reason).join(Activity).where(
        Notification.person_id == person.id, Activity.kind == kind)
    return list(db.session.scalars(query))


def test_a_choice_is_its_authors_unless_somebody_is_named(world, space):
    assert decide(space, "Which hall?", "Hall 5", actor=world.lena).deciders == [world.lena]
    named = decide(space, "Which hall?", "Hall 5", actor=world.lena, deciders=[world.jon])
    assert named.deciders == [world.jon] and named.decided_on


def test_an_open_question_asks_those_who_are_to_decide(world, space):
    question = decide(space, "Which hall?", actor=world.lena, deciders=[world.jon])
    db.session.commit()
    assert question.is_open and question.decided_on is None
    assert reasons(world.jon, "decision.asked") == ["decider"]


def test_what_was_open_is_decided_and_who_asked_hears_of_it(world, space):
    question = decide(space, "Which hall?", actor=world.lena, deciders=[world.jon])
    change_decision(question, actor=world.jon, choice="Hall 5")
    db.session.commit()
    assert question.decided_on and reasons(world.lena, "decision.taken") == ["thread"]


def test_a_newer_decision_supersedes_and_no_circle_comes_of_it(world, space):
    first = decide(space, "Which hall?", "Hall 4", actor=world.lena)
    second = decide(space, "Which hall?", "Hall 5", actor=world.jon, supersedes=first)
    assert first.superseded_by == second
    assert reasons(world.lena, "decision.superseded") == ["author"]
    with pytest.raises(CannotSupersede):
        supersede(second, first, actor=world.lena)


def test_what_is_open_supersedes_nothing(browser_of, world, space):
    first = decide(space, "Which hall?", "Hall 4", actor=world.lena)
    db.session.commit()
    refused = browser_of(world.lena).post(f"/spaces/{space.slug}/decisions/new", data={
        "question": "Which hall now?", "supersedes_id": first.id})
    assert refused.status_code == 422 and "Which hall now?" in refused.text
    assert "an open question cannot replace a decision" in refused.text


def test_a_comment_is_promoted_and_its_thread_shows_the_decision(browser_of, world, space):
    root = world.first_post(space)
    said = comment(root, "Let us take hall 5", actor=world.jon)
    db.session.commit()
    lena = browser_of(world.lena)
    form = lena.get(f"/spaces/{space.slug}/decisions/new?about={said.id}").text
    assert "Let us take hall 5" in form and "@jon" in form
    lena.post(f"/spaces/{space.slug}/decisions/new", data={
        "question": "Which hall?", "choice": "Hall 5", "deciders": "@jon", "about_id": said.id})
    assert "Decided about this" in lena.get(root.url).text


def test_who_cannot_look_in_is_not_named(browser_of, world):
    space = world.space("project", "secret")
    refused = browser_of(world.lena).post(f"/spaces/{space.slug}/decisions/new", data={
        "question": "Which hall?", "deciders": "@jon @otto"})
    assert refused.status_code == 422 and "called @otto" in refused.text and "@jon @otto" in refused.text


def test_the_log_tells_what_is_open_what_holds_and_what_was_superseded(browser_of, world, space):
    decide(space, "Which menu?", actor=world.lena)
    first = decide(space, "Which hall?", "Hall 4", actor=world.lena)
    decide(space, "Which hall again?", "Hall 5", actor=world.jon, supersedes=first)
    db.session.commit()
    jon = browser_of(world.jon)
    asked = {state: jon.get(f"{space.url}?tab=decisions&state={state}").text
             for state in ("open", "holding", "superseded")}
    found = {state: [name for name in ("Which menu?", "Which hall?", "Which hall again?") if f">{name}</a>" in text]
             for state, text in asked.items()}
    assert found == {"open": ["Which menu?"], "holding": ["Which hall again?"], "superseded": ["Which hall?"]}


def test_it_is_not_undecided_by_emptying_the_field(browser_of, world, space):
    decision = decide(space, "Which hall?", "Hall 4", actor=world.lena)
    db.session.commit()
    refused = browser_of(world.lena).post(f"/decisions/{decision.id}/edit", data={
        "question": "Which hall?", "choice": ""})
    assert refused.status_code == 422 and "write down a new decision" in refused.text


def test_what_is_still_open_was_decided_on_no_day(browser_of, world, space):
    question = decide(space, "Which hall?", actor=world.lena)
    db.session.commit()
    saved = browser_of(world.lena).post(f"/decisions/{question.id}/edit", data={
        "question": "Which hall?", "choice": "", "decided_on": "2026-11-01"})
    assert saved.status_code == 303
    assert db.session.get(type(question), question.id, populate_existing=True).decided_on is None


def test_the_option_that_was_chosen_is_not_among_those_not_taken(world):
    decision = decide(world.commons, "How?", " mail", actor=world.lena, options=["Mail", "Fair"])
    assert decision.not_taken == ["Fair"]
