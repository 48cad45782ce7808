"""Statements that are built once for all tell everybody their own, as of the moment they are run."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import literal, select

from app.access import Anyone, built_once, entry_clause
from app.activity.delivery import commit
from app.activity.rule_models import Mute
from app.approvals.actions import ask
from app.assets.actions import keep, upload
from app.db import at, now, when_run
from app.entries.actions import post
from app.entries.models import Entry, Post
from app.extensions import db
from app.feed import catching_up
from app.feed.rail import due
from app.spaces.actions import add_member, remove_member
from tests.world import CAST


def new_to(person) -> set[int]:
    return {key for group in catching_up.news(person).groups for key in group.ids}


def test_one_after_the_other_is_told_their_own(world):
    secret = post(world.space("project", "secret"), "Nobody else", actor=world.lena)
    shown = post(world.space("project", "open"), "The guest as well", actor=world.lena)
    commit()
    for _again in range(2):
        told = {who: new_to(world.person(who)) & {secret.id, shown.id} for who in ("jon", "gus", "otto", "gita")}
        assert told == {"jon": {secret.id, shown.id}, "gus": {shown.id}, "otto": set(), "gita": set()}


def test_what_waits_is_told_to_who_is_asked_and_not_to_who_has_no_team(world):
    asset = upload(world.space("project", "open"), keep(io.BytesIO(b"words"), "plan.txt"), actor=world.lena)
    ask(asset, actor=world.lena, people=[world.jon])
    commit()
    assert world.gus.team is None
    told = {who: len(due(world.person(who))) for who in ("jon", "gus", "otto")}
    assert told == {"jon": 1, "gus": 0, "otto": 0}


def test_a_moment_is_that_of_the_run(world):
    entry = post(world.space("project", "open"), "Muted for an hour", actor=world.lena)
    db.session.add(Mute(person_id=world.jon.id, thread_id=entry.id, until=now() + timedelta(hours=1)))
    commit()
    assert entry.id not in new_to(world.jon)
    with at(now() + timedelta(hours=2)):
        assert entry.id in new_to(world.jon)


def test_a_written_moment_is_no_other_spelling_of_one_that_is_asked_for(world):
    moment = now() - timedelta(days=1)
    assert db.session.scalar(select(literal(1)).where(Entry.created_at < moment).limit(1)) is None
    assert db.session.scalar(select(literal(1)).where(Entry.created_at < when_run()).limit(1)) == 1


def test_what_would_stay_is_refused(world):
    @built_once
    def frozen(anyone: Anyone):
        return select(Post.id).where(Post.author_id == anyone.id, Post.created_at < now())

    with pytest.raises(ValueError, match="would stay"):
        frozen(world.lena)


@pytest.mark.parametrize("model", [Entry, Post])
def test_the_kept_rule_is_the_rule_for_each(world, model):
    for who in (*CAST, *reversed(CAST)):
        person = world.person(who)
        slugs = {each.space.slug for each in db.session.scalars(select(model).where(entry_clause(person, model)))}
        mine = {each.space.slug for each in person.memberships}
        opened = set() if person.is_guest else {f"{kind}-open" for kind in ("project", "account", "community")}
        assert slugs - {"commons"} == (mine | opened) - {"commons"}


def test_a_role_and_a_membership_count_as_they_are_now(world):
    opened, secret = (post(world.space(kind, access), "News", actor=world.lena)
                      for kind, access in (("account", "open"), ("project", "secret")))
    commit()

    def seen() -> set[str]:
        found = set(db.session.scalars(select(Post.id).where(entry_clause(world.gus, Post))))
        return {name for name, each in (("open", opened), ("secret", secret)) if each.id in found}

    assert seen() == set()
    world.gus.role = "member"
    assert seen() == {"open"}
    add_member(secret.space, world.gus, actor=world.lena)
    db.session.flush()
    assert seen() == {"open", "secret"} and secret.id not in new_to(world.gus)
    world.gus.memberships[-1].read_entry_id = 0
    db.session.flush()
    assert secret.id in new_to(world.gus)
    world.gus.role = "guest"
    remove_member(secret.space, world.gus, actor=world.lena)
    db.session.flush()
    assert seen() == set() and secret.id not in new_to(world.gus)


def test_two_at_once_are_told_their_own(app, world):
    shown = post(world.space("project", "open"), "The guest as well", actor=world.lena)
    secret = post(world.space("project", "secret"), "Nobody else", actor=world.lena)
    commit()
    told, both = {"jon": {shown.id, secret.id}, "gus": {shown.id}}, Barrier(2)

    def asks(who: str) -> bool:
        with app.app_context():
            both.wait(10)
            return all(new_to(world.person(who)) & {shown.id, secret.id} == told[who] for _each in range(20))

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(asks, told)) == [True, True]
