"""Settling a discussion or a comment: who is told, what folds, what never becomes unread."""

import pytest

from app.activity.models import Activity, Notification
from app.entries.actions import comment, post
from app.entries.resolving import reopen, resolve
from app.extensions import db
from app.feed.streams import unread_kinds


@pytest.fixture
def discussion(world):
    """Lena asks in the open project, Jon answers; Mei belongs there as well and says nothing."""
    opened = post(world.space("project", "open"), "The ninth or the tenth?", actor=world.lena, title="Which date?")
    comment(opened, "The ninth", actor=world.jon)
    db.session.commit()
    return opened


def told(kind: str) -> set[str]:
    query = db.select(Notification).join(Notification.activity).where(Activity.kind == kind)
    return {each.person.handle for each in db.session.scalars(query)}


def test_it_is_settled_once_and_by_whom_is_known(world, discussion):
    assert resolve(discussion, actor=world.jon)
    assert not resolve(discussion, actor=world.lena)
    assert discussion.resolved_by == world.jon


def test_only_who_took_part_is_told(world, discussion):
    resolve(discussion, actor=world.otto)
    db.session.commit()
    assert told("entry.resolved") == {"lena", "jon"}


def test_nothing_becomes_unread_by_it(world, discussion):
    before = unread_kinds(world.gus)
    resolve(discussion, actor=world.lena)
    reopen(discussion, actor=world.jon)
    db.session.commit()
    assert unread_kinds(world.gus) == before


def test_a_settled_comment_folds_in_the_thread_and_opens_again(browser_of, world, discussion):
    said = comment(discussion, "And the room?", actor=world.lena)
    db.session.commit()
    client = browser_of(world.jon)
    assert "Resolved by Jon Park" in client.post(f"/e/{said.id}/resolution", headers={"HX-Request": "true"}).text
    assert 'class="settled"' in client.get(discussion.url).text
    client.post(f"/e/{said.id}/resolution/end")
    assert 'class="settled"' not in client.get(discussion.url).text


def test_an_answer_is_settled_with_what_it_answers_only(browser_of, world, discussion):
    said = comment(discussion, "And the room?", actor=world.lena)
    answer = comment(discussion, "B12", actor=world.jon, parent=said)
    db.session.commit()
    assert browser_of(world.lena).post(f"/e/{answer.id}/resolution").status_code == 403
