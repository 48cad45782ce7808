"""One inbox: a line for each thread, done and put off, and what comes back."""

from datetime import UTC, datetime, timedelta

import pytest

from app.activity import bell
from app.activity.delivery import commit
from app.activity.models import Notification
from app.db import at, now
from app.entries.actions import comment, post
from app.extensions import db
from app.notifications.actions import SNOOZES, finish, mark_read, snooze, take_up, wake
from app.notifications.inbox import VIEWS, Place, topics
from app.people.actions import follow


@pytest.fixture
def thread(world):
    """Jon's, in the Commons; Lena answered twice. Nothing else waits for Jon."""
    db.session.execute(db.update(Notification).values(done_at=now()))
    root = post(world.commons, "Which hall?", actor=world.jon)
    for words in ("Hall 4", "No, hall 5"):
        comment(root, words, actor=world.lena)
    commit()
    return root


def lines(person, view="inbox", **named):
    return topics(person, view, **named)[0]


def unread(person) -> int:
    return db.session.scalar(bell.unread(person))


def test_a_thread_is_one_line_with_the_newest_of_it(world, thread):
    post(world.commons, "@jon something else", actor=world.lena)
    commit()
    other, answers = lines(world.jon)
    assert other.count == 1 and answers.count == 2
    assert [each.activity.entry.body for each in answers.events] == ["No, hall 5", "Hall 4"]


def test_done_leaves_and_a_new_event_brings_it_back(world, thread):
    [line] = lines(world.jon)
    assert finish(line.newest) and not lines(world.jon) and unread(world.jon) == 0
    assert lines(world.jon, "done")[0].count == 2
    comment(thread, "After all hall 4", actor=world.lena)
    commit()
    [again] = lines(world.jon)
    assert (again.count, unread(world.jon)) == (1, 1)


def test_taking_up_brings_back_what_was_done_together(world, thread):
    [line] = lines(world.jon)
    finish(line.newest)
    comment(thread, "Later", actor=world.lena)
    commit()
    finish(lines(world.jon)[0].newest)
    assert take_up(line.newest) and [each.count for each in lines(world.jon)] == [2]
    assert not take_up(line.newest)


def test_what_is_put_off_comes_back_on_top_as_new(world, thread):
    [line] = lines(world.jon)
    mark_read(world.jon)
    snooze(line.newest, now() + timedelta(hours=1))
    other = post(world.commons, "@jon meanwhile", actor=world.lena)
    commit()
    assert [each.newest.activity.entry_id for each in lines(world.jon)] == [other.id]
    assert [each.count for each in lines(world.jon, "snoozed")] == [2] and unread(world.jon) == 1
    with at(now() + timedelta(minutes=61)):
        assert [each.newest.thread_id for each in lines(world.jon)] == [thread.id, other.id]
        assert not lines(world.jon, "snoozed") and unread(world.jon) == 3
    assert wake(line.newest) and len(lines(world.jon)) == 2


@pytest.mark.parametrize(("zone", "moment", "tomorrow", "monday"), [
    # The clocks go back in Berlin in the night of the 25th, and forward in New York in that of 14 March.
    ("Europe/Berlin", datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC),
     datetime(2026, 10, 26, 8, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 3, 14, 3, tzinfo=UTC), datetime(2027, 3, 14, 13, tzinfo=UTC),
     datetime(2027, 3, 15, 13, tzinfo=UTC)),
    # Already Monday morning there, before nine: this very day is no “next Monday”, but its nine o'clock comes first.
    ("Asia/Shanghai", datetime(2026, 11, 22, 17, tzinfo=UTC), datetime(2026, 11, 24, 1, tzinfo=UTC),
     datetime(2026, 11, 23, 1, tzinfo=UTC)),
    ("no/where", datetime(2026, 11, 26, 12, tzinfo=UTC), datetime(2026, 11, 27, 9, tzinfo=UTC),
     datetime(2026, 11, 30, 9, tzinfo=UTC)),
])
def test_mornings_are_those_of_the_reader(world, zone, moment, tomorrow, monday):
    world.jon.timezone = zone
    with at(moment):
        assert (SNOOZES["tomorrow"](world.jon), SNOOZES["monday"](world.jon)) == (tomorrow, monday)


def test_pages_are_cut_by_key_and_lose_nothing(world, thread):
    follow(world.lena, person=world.jon)
    for number in range(5):
        post(world.commons, f"@jon number {number}", actor=world.lena)
    commit()
    whole = [each.newest.id for each in lines(world.jon)]
    found, before = [], None
    while True:
        some, before = topics(world.jon, "inbox", before, limit=2)
        found += [each.newest.id for each in some]
        if before is None:
            break
        before = Place.read(str(before))
    assert found == whole and len(whole) == 7


@pytest.mark.parametrize("text", ["", "1", "a-b", "1-", "9" * 30 + "-1", "1-99999999999", "١-١"])
def test_a_place_that_is_none_is_the_beginning(text):
    assert Place.read(text) is None


def test_it_works_without_script_and_for_nobody_else(world, thread, browser_of):
    key = lines(world.jon)[0].newest.id
    jon, otto = browser_of(world.jon), browser_of(world.otto)
    page = jon.get("/notifications").text
    assert "+1 more" in page and "because you take part" in page
    assert otto.post(f"/notifications/{key}/done").status_code == 404
    assert jon.post(f"/notifications/{key}/snooze", data={"for": "ever"}).status_code == 400
    assert jon.post(f"/notifications/{key}/snooze", data={"for": "monday"}).status_code == 303
    assert "No, hall 5" in jon.get("/notifications?view=snoozed").text
    jon.post(f"/notifications/{key}/snooze/end")
    jon.post(f"/notifications/{key}/done", headers={"X-Requested-With": "fetch"})
    assert [("No, hall 5" in jon.get(f"/notifications?view={view}").text) for view in VIEWS] == [False, False, True]
    assert jon.get("/notifications?view=all").status_code == 404


def test_opening_a_line_reads_all_of_its_thread(world, thread, browser_of):
    jon = browser_of(world.jon)
    key = lines(world.jon)[0].newest.id
    assert jon.post("/notifications/read", data={"id": key}).headers["Location"].startswith("/e/")
    assert jon.get("/unread").json["notifications"] == 0


def test_the_newest_is_told_to_an_open_tab_unless_it_is_not_wanted(world, thread, browser_of):
    jon = browser_of(world.jon)
    assert "hall 5" in jon.get("/notifications/newest").json["text"]
    jon.post("/settings/notifications", data={"mail": "daily", "hour": 7, "weekday": 2})
    assert jon.get("/notifications/newest").json is None
