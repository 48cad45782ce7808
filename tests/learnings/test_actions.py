"""Stating learnings, what they rest on, who stands for them, what speaks against them, and their trials."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.db import at, now
from app.entries.actions import comment
from app.extensions import db
from app.learnings import actions
from app.learnings.models import Contradiction, Evidence, Learning, Trial
from app.learnings.reminders import ask_for_results
from app.people.models import Person
from app.reviews.actions import post_review


@pytest.fixture
def learning(world) -> Learning:
    """Lena states one in the open project, for webinars in DACH."""
    stated = actions.state_learning(
        world.space("project", "open"), "Short forms win", actor=world.lena,
        narrowed_to={"channel": ["webinar", "webinar", " "], "region": ["DACH"]},
    )
    commit()
    return stated


def reasons(person: Person) -> list[str]:
    return list(db.session.scalars(select(Notification.reason).where(Notification.person_id == person.id)))


def test_a_learning_is_narrowed_once_to_each_value(learning):
    assert learning.narrowed_to == {"channel": ["webinar"], "region": ["DACH"], "segment": [], "stage": []}


def test_a_learning_of_a_review_should_hold_where_its_campaign_took_place(world):
    review = post_review(world.commons, "Fair", actor=world.lena, quarter="2026-Q3", channels=["fair", "e-mail"],
                         region="EMEA", segment="SME")
    learning = actions.state_learning(world.commons, "Coffee helps", actor=world.lena, review=review)
    assert learning.narrowed_to == {"channel": ["fair", "e-mail"], "region": ["EMEA"], "segment": ["SME"], "stage": []}


def test_what_it_was_made_from_stays_linked(world):
    root = world.first_post(world.space("project", "open"))
    said = comment(root, "Forms with three fields won", actor=world.jon)
    learning = actions.state_learning(root.space, "Three fields", actor=world.lena, origin=actions.Ground(said))
    [evidence] = db.session.scalars(select(Evidence).where(Evidence.learning_id == learning.id))
    assert evidence.is_origin and evidence.entry is said


def test_the_same_ground_is_linked_once(world, learning):
    ground = actions.Ground(world.first_post(learning.space), page=2)
    assert actions.add_ground(learning, ground, actor=world.jon)
    assert not actions.add_ground(learning, ground, actor=world.jon)
    assert "evidence" in reasons(world.lena)


def test_the_record_counts_ended_trials_and_corrections(world, learning):
    first = actions.apply_learning(learning, "France", actor=world.jon)
    actions.apply_learning(learning, "China", actor=world.mei)
    actions.end_trial(first, "worked", actor=world.jon, lift=12)
    assert (learning.worked, learning.mixed, learning.failed) == (1, 0, 0) and learning.strength > 0
    actions.end_trial(first, "failed", actor=world.jon)
    assert (learning.worked, learning.mixed, learning.failed) == (0, 0, 1) and learning.strength < 0


def test_results_reported_at_once_all_count(app, world, learning):
    trials = [actions.apply_learning(learning, f"Market {number}", actor=world.jon).id for number in range(8)]
    commit()
    learning_id, jon_id = learning.id, world.jon.id
    db.session.remove()

    def report(key: int) -> None:
        with app.app_context():
            actions.end_trial(db.session.get(Trial, key), "worked", actor=db.session.get(Person, jon_id))
            commit()
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(report, trials))
    assert db.session.get(Learning, learning_id).worked == 8


def test_vouching_makes_it_fresh_for_another_year(world, learning):
    with at(now() + timedelta(days=400)):
        assert learning.is_stale
        actions.vouch(learning, actor=world.jon)
        actions.vouch(learning, actor=world.jon)
        assert not learning.is_stale and len(learning.vouches) == 1
    assert reasons(world.lena).count("vouch") == 2


def test_two_learnings_contradict_each_other_once_whichever_says_so(world, learning):
    other = actions.state_learning(learning.space, "Long forms win", actor=world.jon)
    assert actions.contradict(other, learning, actor=world.jon)
    assert not actions.contradict(learning, other, actor=world.lena)
    assert len(db.session.scalars(select(Contradiction)).all()) == 1
    with pytest.raises(actions.SameLearning):
        actions.contradict(learning, learning, actor=world.jon)


def test_no_learning_takes_its_own_place(world, learning):
    with pytest.raises(actions.SameLearning):
        actions.supersede(learning, learning, actor=world.lena)


def test_who_owes_a_result_is_asked_once_when_it_is_due(world, learning):
    actions.apply_learning(learning, "France", actor=world.jon)
    commit()
    assert ask_for_results() == 0
    with at(now() + timedelta(days=91)):
        assert ask_for_results() == 1
        assert ask_for_results() == 0
    asked = select(Activity).where(Activity.kind == "learning.trial_overdue")
    assert [each.person_id for each in db.session.scalars(asked)] == [world.jon.id]
    assert reasons(world.jon).count("trial") == 1


def test_a_change_keeps_how_it_read_and_where_it_held(world, learning):
    kept = learning.scopes[0].id
    actions.change_learning(learning, actor=world.lena, title="Shorter forms win",
                            narrowed_to={"channel": ["webinar"], "segment": ["SME"]})
    commit()
    assert learning.narrowed_to == {"channel": ["webinar"], "region": [], "segment": ["SME"], "stage": []}
    assert learning.scopes[0].id == kept and learning.revisions[0].title == "Short forms win"
