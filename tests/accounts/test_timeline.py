"""The timeline of a customer: everything that touched them, once, in order, and nothing that the reader may not see."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import can
from app.accounts.actions import change_account
from app.accounts.family import parts_of
from app.accounts.timeline import KINDS, Spot, timeline
from app.db import at, now
from app.decisions.actions import decide
from app.entries.actions import comment, post, remove, share
from app.extensions import db
from app.tasks.actions import add_task
from tests.world import CAST


@pytest.fixture
def acme(world):
    return world.space("account", "open").account


def whole(account, reader, limit: int = 100, **narrowed) -> list:
    """All lines, page by page."""
    db.session.flush()
    lines, below = timeline(account, reader, limit=limit, **narrowed)
    while below:
        more, below = timeline(account, reader, limit=limit, below=Spot.read(str(below)), **narrowed)
        lines += more
    return lines


def named(lines) -> list[str]:
    return [each.entry.headline if each.entry else f"{each.change.field}: {each.was} → {each.now}" for each in lines]


def test_what_is_said_here_elsewhere_and_shared_and_what_changed_stands_in_one_line(world, acme, browser_of):
    space, commons = acme.space, world.commons
    said = post(commons, "$account-open wants forty", actor=world.mei)
    comment(said, "So does $account-open’s plant", actor=world.jon)
    shown = post(commons, "A way to sell more", actor=world.jon)
    share(shown, space, actor=world.jon)
    change_account(acme, actor=world.lena, tier="A", sales_owner_id=world.jon.id)
    add_task(space, "Call them", actor=world.lena)
    remove(post(space, "Never mind", actor=world.jon), actor=world.jon)
    lines = whole(acme, world.otto)
    assert named(lines) == [
        "tier: B → A", "sales_owner_id:  → Jon Park", "",
        "So does $account-open’s plant", "$account-open wants forty", "Hello from account-open"]
    assert [each.kind for each in lines][:3] == ["record", "record", "post"] and lines[2].entry.quoted is shown
    page = browser_of(world.otto).get(f"{acme.url}?tab=timeline").text
    assert "Shared:" in page and "So does $account-open’s plant" in page and "Call them" not in page


def test_it_is_ordered_by_when_things_happened(world, acme):
    with at(now() - timedelta(days=40)):
        old = post(acme.space, "Long ago", actor=world.lena)
    old.happened_at = now() + timedelta(minutes=1)
    assert named(whole(acme, world.lena))[0] == "Long ago"


def test_it_is_narrowed_to_a_kind_and_a_person(world, acme):
    decide(acme.space, "Which price?", "Nine", actor=world.lena)
    change_account(acme, actor=world.jon, industry="Robots")
    post(acme.space, "They called", actor=world.jon)
    assert named(whole(acme, world.lena, kind="decision")) == ["Which price?"]
    assert named(whole(acme, world.lena, kind="record")) == ["industry: Robotics → Robots"]
    assert named(whole(acme, world.lena, person=world.jon)) == ["They called", "industry: Robotics → Robots"]
    assert whole(acme, world.lena, kind="review", person=world.mei) == []


def test_a_company_that_the_reader_does_not_know_of_has_no_name(world, acme):
    hidden = world.space("account", "secret").account
    change_account(acme, actor=world.lena, parent_id=hidden.id)
    assert named(whole(acme, world.lena, kind="record")) == ["parent_id:  → account-secret"]
    assert named(whole(acme, world.otto, kind="record")) == ["parent_id:  → …"]


def test_statements_do_not_grow_with_it(world, acme, statements):
    for number in range(60):
        post(acme.space, f"Line {number}", actor=world.lena)
        change_account(acme, actor=world.lena, employees=number)
    db.session.commit()
    statements.clear()
    lines, below = timeline(acme, world.lena)
    assert len(lines) == 30 and below and len(statements) <= 8


@pytest.mark.parametrize("text", ["", "x", "1-2-3", "9" * 30 + "-1-1", "-1-1-1", "1-1", "999999999999999999-1-1"])
def test_a_spot_that_is_none_is_passed_over(text):
    assert Spot.read(text) is None


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=st.lists(st.tuples(st.integers(0, 8), st.sampled_from(["post", "comment", "share", "change", "late"])),
                     min_size=3, max_size=14), limit=st.integers(1, 5))
def test_page_by_page_it_is_the_same_and_shows_nobody_what_they_may_not_see(world, plan, limit):
    spaces = [world.space(kind, access) for kind in ("project", "account", "community")
              for access in ("open", "closed", "secret")]
    account = world.space("account", "open").account
    try:
        for number, (where, what) in enumerate(plan):
            space = spaces[where]
            match what:
                case "post":
                    post(space, f"{number} $account-open", actor=world.lena)
                case "comment":
                    comment(world.first_post(space), f"{number} of $account-open", actor=world.lena)
                case "share":
                    share(post(space, f"{number} shared", actor=world.lena), account.space, actor=world.lena)
                case "change":
                    change_account(account, actor=world.lena, employees=number)
                case "late":
                    post(account.space, f"{number} late", actor=world.lena).happened_at = now() - timedelta(days=number)
        for handle in CAST:
            reader = world.person(handle)
            if not can(reader, "read", account.space):
                continue
            lines = whole(account, reader)
            assert [each.entry or each.change for each in whole(account, reader, limit)] == [
                each.entry or each.change for each in lines]
            assert all(can(reader, "read", each.entry) for each in lines if each.entry)
            assert sorted(lines, key=lambda each: each.at, reverse=True) == lines
            kinds = [each for kind in KINDS for each in whole(account, reader, kind=kind)]
            assert len(kinds) == len(lines) == len({id(each.entry or each.change) for each in lines})
    finally:
        db.session.rollback()


def test_a_company_with_its_parts_tells_of_those_the_reader_may_read(world, acme, browser_of):
    parts = {access: world.space("account", access).account for access in ("closed", "secret")}
    change_account(parts["closed"], actor=world.lena, parent_id=acme.id)
    change_account(parts["secret"], actor=world.lena, parent_id=parts["closed"].id)
    change_account(acme, actor=world.lena, parent_id=None, tier="A")
    both = post(parts["closed"].space, "Of $account-open and $account-secret", actor=world.jon)
    lines = whole(acme, world.jon, parts=parts_of(acme, world.jon), limit=2)
    assert [each.entry for each in lines].count(both) == 1
    assert {"Hello from account-closed", "Hello from account-secret", "Hello from account-open"} <= set(named(lines))
    assert [each.change.account for each in lines if each.change] == [acme, parts["secret"], parts["closed"]]
    assert parts_of(acme, world.otto) == [] and whole(acme, world.otto, parts=[]) == whole(acme, world.otto)
    db.session.commit()
    page = browser_of(world.jon).get(f"{acme.url}?tab=timeline&parts=1&kind=post").text
    assert "Hello from account-secret" in page and "tab=timeline&amp;parts=1" in page
    assert "Hello from account-closed" not in browser_of(world.otto).get(f"{acme.url}?tab=timeline&parts=1").text


def test_parts_in_a_circle_are_found_once(world, acme):
    part = world.space("account", "closed").account
    part.parent_id, acme.parent_id = acme.id, part.id
    db.session.flush()
    assert parts_of(acme, world.lena) == [part]
