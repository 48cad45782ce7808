"""The digest goes out once to each who wants it, weeks after the quarter, with what they may see and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from app.activity.delivery import commit
from app.cycles.actions import Owed, start_cycle
from app.db import at
from app.extensions import db
from app.learnings.actions import state_learning
from app.learnings.digest import digest
from app.learnings.digest_mail import due_quarter, mail_digests, readers
from app.people.models import Person
from app.reviews.actions import post_review
from app.reviews.questions import ask
from tests.serving import free_port

AUGUST, SENT = datetime(2026, 8, 15, tzinfo=UTC), datetime(2026, 11, 10, 8, tzinfo=UTC)


@pytest.fixture
def summer(world):
    """In August Lena learned one thing for all and one in secret; Jon asked; Mei owes a review since September."""
    for person in db.session.query(Person):
        person.created_at = AUGUST - timedelta(days=100)
    with at(AUGUST):
        state_learning(world.commons, "Short forms win", actor=world.lena)
        state_learning(world.space("project", "secret"), "Hush", actor=world.lena)
        review = post_review(world.commons, "Summer fair", actor=world.lena, quarter="2026-Q3")
        ask(review, "Which fair?", actor=world.jon)
        hidden = post_review(world.space("project", "secret"), "Hidden", actor=world.lena, quarter="2026-Q3")
        ask(hidden, "Between us?", actor=world.jon)
        for space in (world.commons, world.space("community", "closed")):
            start_cycle(space, "2026-Q3", actor=world.lena, due_on=AUGUST.date(), closes_on=AUGUST.date(),
                        owed=[Owed(space.name, "", world.mei)])
        commit()
    return world


def test_it_tells_open_questions_and_who_has_not_reported(summer):
    with at(SENT):
        for reader, asked, late in ((summer.otto, ["Which fair?"], ["Commons"]),
                                    (summer.lena, ["Which fair?", "Between us?"], ["Commons", "community-closed"])):
            told = digest(reader, "2026-Q3")
            assert [each.body for each in told.questions] == asked
            assert [each.programme for each in told.late] == late


def test_each_colleague_gets_their_own_once(summer, postbox):
    summer.jon.digest_by_mail = False
    commit()
    with at(SENT):
        assert (mail_digests(), mail_digests()) == (4, 0)
    texts = {mail["To"]: mail.get_content() for mail in postbox.mails}
    assert set(texts) == {f"{name}@example.com" for name in ("ada", "lena", "mei", "otto")}
    assert "Short forms win" in texts["otto@example.com"] and "Which fair?" in texts["otto@example.com"]
    assert "Hush" in texts["lena@example.com"] and "Hush" not in texts["otto@example.com"]
    assert "Between us?" not in texts["otto@example.com"]
    assert postbox.mails[0]["Subject"] == "What Q3 2026 taught"


@pytest.mark.parametrize(("moment", "quarter"), [
    (datetime(2026, 11, 4, 23, tzinfo=UTC), None), (datetime(2026, 11, 5, 1, tzinfo=UTC), "2026-Q3"),
    (datetime(2026, 12, 4, tzinfo=UTC), "2026-Q3"), (datetime(2026, 12, 20, tzinfo=UTC), None),
    (datetime(2027, 2, 10, tzinfo=UTC), "2026-Q4"),
])
def test_it_goes_out_five_weeks_after_the_quarter_and_not_for_ever(moment, quarter):
    assert due_quarter(moment) == quarter


def test_who_came_after_the_quarter_is_not_told_of_it(summer):
    summer.otto.created_at = datetime(2026, 10, 2, tzinfo=UTC)
    commit()
    assert summer.otto.id not in readers("2026-Q3", SENT)


def test_what_could_not_go_out_goes_out_later(app, summer, postbox, monkeypatch):
    works = app.config["MAIL_URL"]
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{free_port()}")
    with at(SENT):
        assert mail_digests() == 5 and not postbox.mails
        monkeypatch.setitem(app.config, "MAIL_URL", works)
        assert mail_digests() == 0
    with at(SENT + timedelta(minutes=16)):
        assert mail_digests() == 5
    assert len(postbox.mails) == 5


def test_a_quarter_without_anything_sends_nothing(world, postbox):
    for person in db.session.query(Person):
        person.created_at = AUGUST
    commit()
    with at(SENT):
        assert (mail_digests(), mail_digests()) == (5, 0)
    assert not postbox.mails
