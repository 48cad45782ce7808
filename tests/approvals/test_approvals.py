"""Approvals: who answers, what the state is, what a new version does to it, what stays on record."""

import io
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import can
from app.activity.models import Activity, Notification
from app.approvals.actions import NotAsked, NoteMissing, answer, ask, remind_due, standing, withdraw
from app.approvals.models import VERDICTS, ApprovalRequest
from app.assets.actions import add_version, keep, upload
from app.db import now
from app.extensions import db


@pytest.fixture
def asset(world):
    """Lena's file in the open project."""
    made = upload(world.space("project", "open"), keep(io.BytesIO(b"words"), "plan.txt"), actor=world.lena)
    db.session.commit()
    return made


def newer(asset, actor):
    return add_version(asset, keep(io.BytesIO(b"%d" % asset.version_count), "plan.txt"), actor=actor)


def told(person, kind: str) -> int:
    query = db.select(Notification).join(Activity).where(Notification.person_id == person.id, Activity.kind == kind)
    return len(list(db.session.scalars(query)))


def test_it_is_approved_once_everybody_has_approved(world, asset):
    request = ask(asset, actor=world.lena, people=[world.jon, world.gus])
    answer(request, "approved", actor=world.jon)
    assert (asset.approval, asset.approvals_given, asset.approvals_asked) == ("waiting", 1, 2)
    answer(request, "with_changes", actor=world.gus, note="The logo")
    assert asset.approval == "approved"


def test_one_who_wants_changes_holds_it_up_and_says_which(world, asset):
    request = ask(asset, actor=world.lena, people=[world.jon, world.gus])
    with pytest.raises(NoteMissing):
        answer(request, "changes", actor=world.jon)
    answer(request, "changes", actor=world.jon, note="No price")
    answer(request, "approved", actor=world.gus)
    assert asset.approval == "changes"
    answer(request, "approved", actor=world.jon)
    assert asset.approval == "approved"
    said = [each.verdict for seat in request.approvers for each in seat.verdicts]
    assert sorted(said) == ["approved", "approved", "changes"]


def test_anybody_in_a_team_that_is_asked_speaks_for_it(world, asset):
    request = ask(asset, actor=world.lena, teams=[world.jon.team])
    db.session.commit()
    assert told(world.jon, "approval.asked") == told(world.otto, "approval.asked") == 1
    answer(request, "approved", actor=world.otto)
    assert asset.approval == "approved"
    with pytest.raises(NotAsked):
        answer(request, "approved", actor=world.mei)


def test_a_new_version_asks_the_same_people_again_and_the_old_answer_stays_with_its_version(world, asset):
    first = ask(asset, actor=world.lena, people=[world.jon], due_on=now().date() + timedelta(days=3), note="The price")
    answer(first, "approved", actor=world.jon)
    newer(asset, world.lena)
    again = standing(asset)
    assert asset.approval == "waiting" and again.id != first.id and again.note == "The price"
    assert again.due_on == first.due_on and told(world.jon, "approval.asked") == 2
    assert first.state == "approved" and not first.is_current
    assert not can(world.jon, "answer", first) and can(world.jon, "answer", again)


def test_a_version_nobody_was_asked_about_says_nothing(world, asset):
    withdraw(ask(asset, actor=world.lena, people=[world.jon]), actor=world.lena)
    newer(asset, world.lena)
    assert asset.approval == "" and standing(asset) is None


def test_who_asked_and_whose_file_it_is_hear_the_answer(world, asset):
    request = ask(asset, actor=world.otto, people=[world.jon])
    answer(request, "approved", actor=world.jon)
    db.session.commit()
    assert told(world.otto, "approval.answered") == told(world.lena, "approval.answered") == 1


def test_only_who_is_asked_answers_and_only_who_asked_or_wrote_withdraws(world, asset):
    request = ask(asset, actor=world.otto, people=[world.gus])
    db.session.flush()
    who = ("ada", "lena", "jon", "otto", "gus", "gita")
    assert [each for each in who if can(world.person(each), "answer", request)] == ["gus"]
    assert [each for each in who if can(world.person(each), "withdraw", request)] == ["lena", "otto"]
    assert [each for each in who if can(world.person(each), "ask_approval", asset)] == ["lena", "jon"]
    asset.space.archived_at = now()
    assert not any(can(world.person(each), verb, request) for each in who for verb in ("answer", "withdraw"))


def test_it_reminds_the_day_before_and_once_when_it_is_late_and_only_who_has_not_answered(world, asset):
    request = ask(asset, actor=world.lena, people=[world.jon, world.gus], due_on=now().date() + timedelta(days=2))
    answer(request, "approved", actor=world.gus)
    reminded = [remind_due(now() + timedelta(days=days)) for days in (0, 1, 1, 2, 3, 4)]
    db.session.commit()
    assert reminded == [0, 1, 0, 0, 1, 0]
    assert (told(world.jon, "approval.due"), told(world.gus, "approval.due")) == (2, 0)


def test_it_is_asked_answered_and_shown(browser_of, world, asset):
    lena, jon = browser_of(world.lena), browser_of(world.jon)
    refused = lena.post(f"/assets/{asset.id}/approvals/new", data={"people": "@nobody", "note": "The price"})
    assert refused.status_code == 422 and "@nobody" in refused.text and "The price" in refused.text
    asked = lena.post(f"/assets/{asset.id}/approvals/new", data={"people": "@jon", "note": "The price"})
    address = asked.headers["Location"]
    assert "approved by 0 of 1" in jon.get(asset.url).text
    held = jon.post(address, data={"verdict": "changes", "note": ""})
    assert held.status_code == 422 and "Say what should change." in held.text
    jon.post(address, data={"verdict": "with_changes", "note": "The logo"})
    for page in (jon.get(asset.url), jon.get(asset.space.url + "?tab=assets")):
        assert "circle-check" in page.text and "approved</span>" in page.text
    assert "The logo" in lena.get(address).text
    assert browser_of(world.otto).post(address, data={"verdict": "approved"}).status_code == 403


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["jon", "gus", "mei", "new"]), st.sampled_from(VERDICTS)), max_size=8))
def test_what_stands_beside_the_asset_is_what_was_said_last_of_its_newest_version(world, asset, steps):
    people = [world.jon, world.gus, world.mei]
    ask(asset, actor=world.lena, people=people)
    last: dict[str, str] = {}
    said = 0
    for who, verdict in steps:
        if who == "new":
            newer(asset, world.lena)
            last.clear()
        else:
            answer(standing(asset), verdict, actor=world.person(who), note="Because")
            last[who] = verdict
            said += 1
    expected = "changes" if "changes" in last.values() else "approved" if len(last) == 3 else "waiting"
    assert (asset.approval, asset.approvals_given) == (expected, len(last))
    every = [each for request in db.session.scalars(db.select(ApprovalRequest)) for seat in request.approvers
             for each in seat.verdicts]
    assert len(every) == said
    db.session.rollback()
