"""Tasks and milestones: what the actions do and whom they tell, and how a board keeps its order."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.activity.models import Activity, Notification
from app.entries.actions import comment, remove
from app.entries.revision_models import Revision
from app.extensions import db
from app.feed import streams
from app.people.days import today_for
from app.tasks import board
from app.tasks.actions import (
    Unfit,
    add_milestone,
    add_task,
    change_milestone,
    change_task,
    move,
    reach,
    remove_milestone,
)
from app.tasks.models import STATES, Milestone, Task
from app.tasks.suggesting import suggested

DAY = date(2026, 12, 15)


@pytest.fixture
def space(world):
    return world.space("project", "open")


def told(person, kind: str) -> list[str]:
    query = db.select(Notification.reason).join(Activity).where(
        Notification.person_id == person.id, Activity.kind == kind)
    return list(db.session.scalars(query))


def titles(space, state: str, reader) -> list[str]:
    return [each.title for each in board.columns(space, board.Wanted(), reader)[state]]


def test_whose_it_is_hears_of_it_and_of_what_is_said_there(world, space):
    task = add_task(space, "Book the hall", actor=world.lena, owner=world.jon, due_on=DAY)
    assert told(world.jon, "task.added") == ["task"]
    comment(task, "Hall 5 is free", actor=world.lena)
    assert told(world.jon, "entry.commented") == ["thread"]


def test_a_task_that_is_given_away_tells_the_new_owner_only_and_is_not_edited_by_that(world, space):
    task = add_task(space, "Book the hall", actor=world.lena, owner=world.jon, due_on=DAY)
    task.reminded_on = DAY
    change_task(task, actor=world.jon, owner=world.mei)
    assert told(world.mei, "task.assigned") == ["task"] and not told(world.lena, "task.assigned")
    assert task.reminded_on is None and task.edited_at is None
    change_task(task, actor=world.mei, title="Book hall 5")
    assert task.edited_at and db.session.scalar(db.select(Revision.title)) == "Book the hall"


def test_nobody_is_told_of_a_change_that_is_none(world, space):
    task = add_task(space, "Book the hall", actor=world.lena, owner=world.jon)
    before = db.session.scalar(db.select(db.func.count(Activity.id)))
    change_task(task, actor=world.lena, title="Book the hall", owner=world.jon)
    assert db.session.scalar(db.select(db.func.count(Activity.id))) == before


def test_done_tells_who_wrote_it_down_and_who_watches(world, space):
    task = add_task(space, "Book the hall", actor=world.lena, owner=world.mei)
    move(task, "done", actor=world.jon)
    assert task.done_at and told(world.lena, "task.done") == ["author"] and told(world.mei, "task.done") == ["thread"]
    move(task, "open", actor=world.jon)
    assert task.done_at is None and titles(space, "open", world.lena) == ["Book the hall"]


def test_who_cannot_see_the_place_owns_nothing_in_it(world):
    shut = world.space("project", "secret")
    with pytest.raises(Unfit):
        add_task(shut, "Book the hall", actor=world.lena, owner=world.otto)
    task = add_task(shut, "Book the hall", actor=world.lena)
    with pytest.raises(Unfit):
        change_task(task, actor=world.lena, owner=world.otto)


def test_a_milestone_of_another_space_is_none_of_a_task(world, space):
    elsewhere = add_milestone(world.commons, "Elsewhere", DAY, actor=world.lena)
    with pytest.raises(Unfit):
        add_task(space, "Book the hall", actor=world.lena, milestone=elsewhere)


def test_a_milestone_that_is_reached_tells_who_helped_and_who_runs_the_space_if_they_may_read(world):
    shut = world.space("project", "secret")
    milestone = add_milestone(shut, "Doors open", DAY, actor=world.jon)
    task = add_task(shut, "Book the hall", actor=world.jon, owner=world.lena, milestone=milestone)
    task.owner = world.otto
    db.session.flush()
    reach(milestone, actor=world.jon)
    reach(milestone, actor=world.jon)
    assert told(world.lena, "milestone.reached") == ["milestone"] and not told(world.otto, "milestone.reached")
    reach(milestone, actor=world.jon, is_reached=False)
    assert milestone.reached_at is None


def test_tasks_outlive_their_milestone(world, space):
    milestone = add_milestone(space, "Doors open", DAY, actor=world.lena)
    task = add_task(space, "Book the hall", actor=world.lena, milestone=milestone)
    change_milestone(milestone, actor=world.lena, name="Gates open")
    remove_milestone(milestone, actor=world.lena)
    db.session.commit()
    assert task.milestone is None and db.session.scalar(db.select(Milestone.id)) is None


def test_no_stream_and_no_count_of_unread_entries_knows_tasks(world, space, browser_of):
    before = browser_of(world.jon).get("/unread").json["spaces"][str(space.id)]
    task = add_task(space, "Book the hall", actor=world.lena, body="Ask @jon")
    db.session.commit()
    assert task.id not in streams.of_space(space, streams.Window())[0]
    assert task.id not in streams.home(world.jon, streams.Window())[0]
    assert browser_of(world.jon).get("/unread").json["spaces"][str(space.id)] == before
    assert told(world.jon, "task.added") == ["mention"]


def test_the_list_shows_what_is_late_first_then_milestones_by_day(world, space):
    today = today_for(world.lena)
    later, sooner = (add_milestone(space, name, day, actor=world.lena) for name, day in (("Later", DAY + timedelta(9)),
                                                                                         ("Sooner", DAY)))
    for title, day, milestone in (("rest", None, None), ("b", None, later), ("a", None, sooner),
                                  ("late", today - timedelta(1), later), ("today", today, sooner)):
        add_task(space, title, actor=world.lena, due_on=day, milestone=milestone)
    found = board.groups(space, board.Wanted(), world.lena, "milestone")
    heads = [head if isinstance(head, str | None) else head.name for head, _some in found]
    assert heads == ["late", "Sooner", "Later", None]
    assert [[each.title for each in some] for _head, some in found] == [["late"], ["today", "a"], ["b"], ["rest"]]
    assert [(each.left, each.count) for each in board.marks(space.id)] == [(2, 2), (2, 2)]


def test_a_board_is_narrowed_by_owner_milestone_and_lateness(world, space):
    milestone = add_milestone(space, "Doors open", DAY, actor=world.lena)
    late = today_for(world.lena) - timedelta(1)
    add_task(space, "hers", actor=world.lena, owner=world.lena, due_on=late)
    add_task(space, "nobody's", actor=world.lena, milestone=milestone)
    for wanted, expected in ((board.Wanted("lena"), ["hers"]), (board.Wanted("nobody"), ["nobody's"]),
                             (board.Wanted(milestone_id=milestone.id), ["nobody's"]),
                             (board.Wanted(late=True), ["hers"]),
                             (board.Wanted("otto"), [])):
        assert [each.title for each in board.columns(space, wanted, world.lena)["open"]] == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("Can you book the hall @jon by 15 Dec?\n\nIt is late.", ("Can you book the hall", "jon", DAY)),
    ("Nice.\n\n- Book the hall 2026-12-15", ("Book the hall", None, DAY)),
    ("Just **words**", ("Just words", None, None)),
])
def test_a_comment_says_what_a_task_of_it_begins_with(world, space, words, expected):
    said = comment(world.first_post(space), words, actor=world.lena)
    assert tuple(suggested(said, date(2026, 11, 26))) == expected


def test_a_task_that_is_deleted_leaves_the_board(world, space):
    task = add_task(space, "Book the hall", actor=world.lena)
    remove(task, actor=world.lena)
    assert titles(space, "open", world.lena) == []


@settings(max_examples=25, deadline=None, database=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(STATES[:2]), st.none() | st.integers(0, 4)), max_size=14))
def test_a_board_keeps_the_order_that_cards_are_put_in(world, moves):
    """Against plain lists: whatever is put where, each column reads as the lists do."""
    db.session.rollback()
    space, lena = world.space("community", "open"), world.lena
    tasks = [add_task(space, str(number), actor=lena) for number in range(5)]
    expected = {"open": [0, 1, 2, 3, 4], "doing": []}
    for which, state, above in moves:
        move(tasks[which], state, actor=lena, before=tasks[above] if above is not None else None)
        next(column for column in expected.values() if which in column).remove(which)
        fits = above is not None and above != which and above in expected[state]
        expected[state].insert(expected[state].index(above) if fits else len(expected[state]), which)
    assert {state: titles(space, state, lena) for state in expected} == {
        state: [str(each) for each in column] for state, column in expected.items()}


def test_between_two_cards_there_is_always_room(world, space):
    cards = [add_task(space, name, actor=world.lena) for name in "abc"]
    for number in range(120):
        move(cards[number % 2], "open", actor=world.lena, before=cards[2])
    assert titles(space, "open", world.lena) == ["a", "b", "c"]
    positions = list(db.session.scalars(db.select(Task.position)))
    assert len(set(positions)) == len(positions)
