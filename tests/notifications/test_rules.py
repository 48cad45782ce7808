"""Who hears of what: the most specific rule, what is muted, and never what one cannot see."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from app.access import can
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.activity.rule_models import LEVELS, Mute, NotificationRule
from app.activity.rules import ASKED
from app.db import at, now
from app.entries.actions import comment, post
from app.extensions import db
from app.feed.streams import Window, home
from app.learnings.actions import state_learning
from app.notifications.choosing import MUTES, mute, mutes_of, rules_of, set_rule, unmute
from app.notifications.reasons import REASONS
from app.spaces.actions import add_member, remove_member


def told(entry) -> dict[str, str]:
    """Who was told of it, by handle, and why."""
    db.session.flush()
    rows = db.session.scalars(db.select(Notification).join(Activity).where(Activity.entry_id == entry.id))
    return {each.person.handle: each.reason for each in rows}


def test_everything_tells_of_each_new_entry_of_the_space(world):
    set_rule(world.mei, "all", space=world.commons)
    root = post(world.commons, "Good morning", actor=world.lena)
    assert told(root) == {"mei": "space"}
    assert told(comment(root, "And to you", actor=world.otto)) == {"lena": "thread", "mei": "space"}
    assert told(post(world.commons, "Mine", actor=world.mei)) == {}


def test_everywhere_means_where_one_belongs(world):
    set_rule(world.otto, "all")
    assert told(post(world.commons, "To all", actor=world.lena)) == {"otto": "space"}
    assert told(post(world.space("community", "open"), "Here", actor=world.lena)) == {}


def test_the_most_specific_rule_holds(world):
    commons, mei = world.commons, world.mei
    set_rule(mei, "none")
    assert told(post(commons, "@mei all?", actor=world.lena)) == {}
    set_rule(mei, "asked", kind="post")
    assert told(post(commons, "@mei kind", actor=world.lena)) == {"mei": "mention"}
    set_rule(mei, "none", space=commons)
    assert told(post(commons, "@mei space", actor=world.lena)) == {}
    set_rule(mei, "all", space=commons, kind="learning")
    assert told(state_learning(commons, "Short forms win", actor=world.lena)) == {"mei": "space"}
    assert told(post(commons, "@mei still", actor=world.lena)) == {}


def test_mentions_and_what_is_asked_leave_the_rest_out(world):
    root = post(world.commons, "A question", actor=world.jon)
    set_rule(world.jon, "asked", space=world.commons)
    assert told(comment(root, "An answer", actor=world.lena)) == {}
    assert told(comment(root, "An answer, @jon", actor=world.lena)) == {"jon": "mention"}


def test_every_reason_that_asks_has_its_words():
    assert ASKED - {"handoff"} <= set(REASONS)


def test_what_is_muted_tells_only_who_is_named_and_for_a_time(world):
    root = post(world.commons, "A question", actor=world.jon)
    mute(world.jon, "hour", thread=root)
    assert told(comment(root, "An answer", actor=world.lena)) == {}
    assert told(comment(root, "You, @jon", actor=world.lena)) == {"jon": "mention"}
    with at(now() + timedelta(minutes=61)):
        assert told(comment(root, "Later", actor=world.lena)) == {"jon": "thread"}
    mute(world.jon, "good", space=world.commons)
    assert told(comment(root, "Again", actor=world.lena)) == {}
    unmute(world.jon, space=world.commons)
    unmute(world.jon, thread=root)
    assert told(comment(root, "And again", actor=world.lena)) == {"jon": "thread"}


def test_the_feed_leaves_out_what_is_muted_and_its_page_does_not(world, browser_of):
    root = post(world.commons, "Much talk here", actor=world.lena)
    other = post(world.space("project", "open"), "Little talk there", actor=world.lena)
    commit()
    ids, _older = home(world.jon, Window())
    assert {root.id, other.id} <= set(ids)
    jon = browser_of(world.jon)
    jon.post(f"/e/{root.id}/mute", data={"for": "week"})
    jon.post("/spaces/project-open/mute", data={"for": "good"})
    for view in ("for-you", "unread"):
        assert not {root.id, other.id} & set(home(world.jon, Window(), view)[0])
    assert "Little talk there" in jon.get("/projects/project-open").text
    muted = jon.get("/settings/notifications").text
    assert "Much talk here" in muted and "for good" in muted
    jon.post(f"/e/{root.id}/mute/end")
    assert root.id in home(world.jon, Window())[0]
    assert jon.post(f"/e/{root.id}/mute", data={"for": "ever"}).status_code == 400


def test_what_one_may_see_no_more_is_not_named_among_ones_rules(world, browser_of):
    secret = world.space("project", "secret")
    set_rule(world.jon, "all", space=secret)
    mute(world.jon, "good", space=secret)
    mute(world.jon, "good", thread=world.first_post(secret))
    commit()
    assert len(db.session.scalars(mutes_of(world.jon)).all()) == 2
    remove_member(secret, world.jon, actor=world.lena)
    commit()
    page = browser_of(world.jon).get("/settings/notifications").text
    assert "project-secret" not in page
    assert not db.session.scalars(mutes_of(world.jon)).all() and not db.session.scalars(rules_of(world.jon)).all()


def test_rules_are_set_on_the_page_and_removed(world, browser_of):
    jon = browser_of(world.jon)
    data = {"space_id": world.commons.id, "kind": "review", "level": "all"}
    for level in ("none", "all"):
        assert jon.post("/settings/notifications/rules", data=data | {"level": level}).status_code == 303
    [rule] = db.session.scalars(db.select(NotificationRule))
    assert (rule.person_id, rule.kind, rule.level) == (world.jon.id, "review", "all")
    assert jon.post("/settings/notifications/rules", data=data | {"level": "some"}).status_code == 422
    assert jon.post("/settings/notifications/rules", data=data | {"space_id": world.space(
        "account", "secret").id}).status_code == 303, "Jon is a member"
    assert browser_of(world.otto).post(f"/settings/notifications/rules/{rule.id}/end").status_code == 404
    assert browser_of(world.otto).post("/settings/notifications/rules", data=data | {
        "space_id": world.space("account", "secret").id}).status_code == 404
    jon.post(f"/settings/notifications/rules/{rule.id}/end")
    assert len(db.session.scalars(db.select(NotificationRule)).all()) == 1


@pytest.mark.parametrize("wrong", [
    lambda world: [NotificationRule(person_id=world.jon.id, level="mine") for _ in range(2)],
    lambda world: [NotificationRule(person_id=world.jon.id, level="some")],
    lambda world: [Mute(person_id=world.jon.id)],
    lambda world: [Mute(person_id=world.jon.id, space_id=world.commons.id) for _ in range(2)],
])
def test_the_database_keeps_one_rule_of_a_kind(world, wrong):
    db.session.add_all(wrong(world))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_rules_cost_two_statements(world, statements):
    set_rule(world.mei, "all", space=world.commons)
    root = post(world.commons, "One", actor=world.jon)
    commit()
    statements.clear()
    comment(root, "Two", actor=world.lena)
    assert len([each for each in statements if "FROM notification_rules" in each or "FROM mutes" in each]) == 2


HANDLES = ("jon", "mei", "otto", "gus", "gita")
PEOPLE = st.sampled_from(HANDLES)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    rules=st.lists(st.tuples(PEOPLE, st.sampled_from(LEVELS), st.booleans(), st.sampled_from(["", "post", "review"])),
                   max_size=6),
    mutes=st.lists(st.tuples(PEOPLE, st.sampled_from(list(MUTES))), max_size=2), members=st.sets(PEOPLE),
    access=st.sampled_from(["open", "closed", "secret"]), named=st.sets(PEOPLE),
)
def test_nobody_hears_of_what_they_cannot_see_or_do_not_want(world, rules, mutes, members, access, named):
    space = world.space("community", access)
    held: dict[tuple, str] = {}
    with db.session.begin_nested() as attempt:
        for handle in members:
            add_member(space, world.person(handle), actor=world.lena)
        for handle, level, is_here, kind in rules:
            set_rule(world.person(handle), level, space=space if is_here else None, kind=kind)
            held[handle, is_here, kind] = level
        for handle, length in mutes:
            mute(world.person(handle), length, space=space)
        entry = post(space, f"Hear {' '.join(f'@{handle}' for handle in sorted(named))}", actor=world.lena)
        found = told(entry)
        for handle in HANDLES:
            person = world.person(handle)
            order = ((True, "post"), (True, ""), (False, "post"), (False, ""))
            level = next((held[handle, *each] for each in order if (handle, *each) in held), "mine")
            sees = can(person, "read", space)
            assert sees or handle not in found
            assert level != "none" or handle not in found
            if sees and handle in named and level != "none":
                assert found[handle] == "mention"
        attempt.rollback()
    db.session.expire_all()
