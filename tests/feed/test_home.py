"""The home feed and its views: what each holds, what waits unread, and catching up."""

import pytest

from app.activity.delivery import commit
from app.entries.actions import mark_read, post
from app.extensions import db
from app.feed import streams
from app.people.actions import follow
from app.reviews.actions import post_review
from tests.world import World


def shown(person, view: str) -> set[str]:
    """The beginnings of what a view of somebody's home feed holds."""
    ids, _older = streams.home(person, streams.Window(), view)
    return {db.session.get(streams.Entry, key).headline for key in ids}


@pytest.fixture
def talk(world) -> World:
    """Jon writes in a project, names an account elsewhere, and reviews a campaign; Mei writes where Lena is not."""
    project = world.space("project", "open")
    post(project, "Jon in the project", actor=world.jon)
    post(project, "About $account-closed", actor=world.jon)
    post_review(project, "Jon's review", actor=world.jon, quarter="2026-Q3", channels=[])
    post(world.commons, "Mei in the Commons #pricing", actor=world.mei)
    commit()
    return world


def test_for_you_holds_my_spaces(talk):
    assert "Mei in the Commons #pricing" in shown(talk.otto, "for-you")
    assert "Jon in the project" not in shown(talk.otto, "for-you")
    assert "Jon in the project" in shown(talk.jon, "for-you")


def test_following_holds_people_i_follow_and_not_my_spaces(talk):
    assert shown(talk.otto, "following") == set()
    follow(talk.otto, person=talk.jon)
    commit()
    assert shown(talk.otto, "following") == {"Jon in the project", "About $account-closed", "Jon's review"}


def test_accounts_holds_their_groups_and_where_they_are_named(talk):
    found = shown(talk.lena, "accounts")
    assert "About $account-closed" in found and "Hello from account-secret" in found
    assert "Jon in the project" not in found


def test_reviews_holds_reviews_only(talk):
    assert shown(talk.lena, "reviews") == {"Jon's review"}


@pytest.mark.parametrize("view", streams.VIEWS)
def test_no_view_shows_what_one_may_not_see(talk, view):
    post(talk.space("account", "secret"), "Between us: $account-open @otto", actor=talk.lena)
    for followed in (talk.lena, talk.jon):
        follow(talk.otto, person=followed)
    follow(talk.otto, space=talk.space("account", "secret"))
    follow(talk.otto, space=talk.space("account", "open"))
    commit()
    assert not {each for each in shown(talk.otto, view) if "Between us" in each or "secret" in each}


def test_unread_counts_the_kinds_others_wrote(talk):
    for membership in talk.lena.memberships:
        mark_read(membership.space, talk.first_post(membership.space).id if membership.space.slug != "commons" else 0,
                  actor=talk.lena)
    commit()
    assert streams.unread_kinds(talk.lena) == {"post": 3, "review": 1}
    assert shown(talk.lena, "unread") == {
        "Jon in the project", "About $account-closed", "Jon's review", "Mei in the Commons #pricing",
    }


def test_what_i_wrote_myself_is_not_unread(talk):
    assert "Jon in the project" not in shown(talk.jon, "unread")


def test_catching_up_marks_what_was_shown_and_nothing_newer(talk, browser_of):
    newest = post(talk.space("project", "open"), "The newest I saw", actor=talk.jon)
    commit()
    later = post(talk.space("project", "open"), "Written meanwhile", actor=talk.jon)
    commit()
    answer = browser_of(talk.lena).post("/read", data={"entry_id": newest.id})
    assert answer.status_code == 303
    assert streams.unread_kinds(talk.lena) == {"post": 1} and shown(talk.lena, "unread") == {later.headline}


def test_a_page_says_what_waits_and_leads_there(talk, browser_of):
    page = browser_of(talk.lena).get("/").text
    assert "1 review" in page and 'href="/?view=unread"' in page


def test_a_view_that_is_none_is_not_found(world, browser_of):
    assert browser_of(world.lena).get("/?view=everything").status_code == 404


@pytest.mark.parametrize(("who", "shown", "hidden"), [
    ("jon", ["Reviews", "Learnings", "Projects", "Accounts"], []),
    ("gus", ["Projects", "People"], ["Accounts", "Learnings"]),
])
def test_a_guest_is_led_only_to_places_that_may_hold_something_of_theirs(world, browser_of, who, shown, hidden):
    page = browser_of(getattr(world, who)).get("/").text
    main = page.partition('<nav class="nav"')[2].partition('class="nav-spaces"')[0]
    assert all(f"<span>{each}</span>" in main for each in shown)
    assert not any(f"<span>{each}</span>" in main for each in hidden)
    assert ("Post a review" in page.partition("<main")[2].partition("</main>")[0]) == (who == "jon")
