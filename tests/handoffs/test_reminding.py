"""Reminders: once while a quarter of the time is left and once when it is over, whoever sweeps and how often."""

from datetime import datetime, timedelta

from app.activity.models import Activity
from app.db import at
from app.extensions import db
from app.handoffs.actions import accept, answer, ask_back
from app.handoffs.reminding import remind_due
from tests.handoffs.conftest import THURSDAY

MINUTE = timedelta(minutes=1)


def swept(moments: list[datetime]) -> list[int]:
    return [remind_due(each) for each in moments]


def test_once_before_and_once_after(handoff, told):
    before, over = THURSDAY + timedelta(hours=3), THURSDAY + timedelta(hours=4)
    assert swept([before - MINUTE, before, before + MINUTE, over - MINUTE]) == [0, 1, 0, 0]
    assert told("handoff.due") == {"jon": "queue", "otto": "queue"}
    assert swept([over, over + MINUTE, over + timedelta(days=9)]) == [1, 0, 0]
    assert told("handoff.due") == {"jon": "queue", "otto": "queue", "lena": "giver", "mei": "account"}


def test_a_sweep_that_comes_late_reminds_once_and_says_that_it_is_late(handoff):
    assert swept([THURSDAY + timedelta(days=3)] * 2) == [1, 0]
    assert db.session.scalars(db.select(Activity).where(Activity.kind == "handoff.due")).one().data["late"]


def test_nobody_is_reminded_while_the_clock_stands_still_and_anew_when_it_runs_again(world, handoff):
    with at(THURSDAY + timedelta(hours=3)):
        assert remind_due(THURSDAY + timedelta(hours=3)) == 1
        ask_back(handoff, "How many?", actor=world.jon)
    assert swept([THURSDAY + timedelta(days=5)]) == [0]
    monday = THURSDAY + timedelta(days=4)
    with at(monday):
        answer(handoff, "Forty", actor=world.lena)
    assert swept([monday, monday + timedelta(hours=1)]) == [1, 1]


def test_who_accepted_owes_the_outcome(world, handoff, told):
    with at(THURSDAY):
        accept(handoff, actor=world.jon)
    assert swept([handoff.due_at - MINUTE]) == [1] and told("handoff.due") == {"jon": "taker"}


def test_what_is_deleted_or_archived_is_not_reminded_of(world, handoff):
    handoff.space.archived_at = THURSDAY
    db.session.flush()
    assert swept([THURSDAY + timedelta(days=3)]) == [0]
    handoff.space.archived_at, handoff.deleted_at = None, THURSDAY
    db.session.flush()
    assert swept([THURSDAY + timedelta(days=3)]) == [0]
