"""A comment with its answers goes into a discussion of its own: what goes along, what stays, who hears of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.activity.models import Activity, Notification
from app.entries.actions import comment, react
from app.entries.cards import thread
from app.entries.models import Comment, Entry
from app.entries.moving import CannotMove, move_out
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.questions import ask


@pytest.fixture
def root(world):
    """Lena's post in the open project, which Jon answered once."""
    return world.first_post(world.space("project", "open"))


def counted(entry: Entry) -> int:
    db.session.refresh(entry, ["comment_count"])
    return entry.comment_count


def test_the_sub_thread_goes_along_and_a_pointer_stays(world, root):
    said = comment(root, "Another matter: the hall", actor=world.jon)
    answer = comment(root, "Hall 5", actor=world.lena, parent=said)
    react(answer, "👍", actor=world.jon)
    discussion = move_out(said, "Which hall?", actor=world.lena)
    db.session.commit()
    assert [(each.id, each.thread_id) for each in (said, answer)] == [
        (said.id, discussion.id), (answer.id, discussion.id)]
    assert answer.parent_id == said.id and len(answer.reactions) == 1
    pointer = db.session.scalars(db.select(Comment).where(Comment.moved_to_id == discussion.id)).one()
    assert pointer.thread_id == root.id
    assert (counted(root), counted(discussion)) == (1, 2)


def test_who_wrote_there_is_told_once_and_hears_of_answers(world, root):
    said = comment(root, "Another matter", actor=world.jon)
    discussion = move_out(said, "The hall", actor=world.lena)
    comment(discussion, "Hall 4", actor=world.otto)
    db.session.commit()
    told = [each.activity.kind for each in db.session.scalars(
        db.select(Notification).join(Activity).where(Notification.person_id == world.jon.id,
                                                     Activity.space_id == root.space_id).order_by(Notification.id))]
    assert told[-2:] == ["entry.comments_moved", "entry.commented"]


def test_the_pointer_leads_there_for_who_may_go_and_only_for_them(browser_of, world, root):
    said = comment(root, "Another matter", actor=world.jon)
    discussion = move_out(said, "The secret hall", actor=world.lena)
    discussion.space = world.space("project", "secret")
    db.session.commit()
    assert discussion.url in browser_of(world.lena).get(root.url).text
    assert "The secret hall" not in browser_of(world.otto).get(root.url).text


def test_a_question_stays_with_its_review(world):
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3")
    question = ask(review, "Why?", actor=world.jon)
    with pytest.raises(CannotMove):
        move_out(question.comment, "Why", actor=world.lena)


def test_it_is_moved_by_a_form_that_asks_for_a_subject(browser_of, world, root):
    said = comment(root, "Another matter", actor=world.jon)
    db.session.commit()
    lena = browser_of(world.lena)
    refused = lena.post(f"/e/{said.id}/move", data={"title": " "})
    assert refused.status_code == 422 and "Give it a subject." in refused.text
    moved = lena.post(f"/e/{said.id}/move", data={"title": "The hall"})
    assert "Another matter" in lena.get(moved.headers["Location"]).text
    assert lena.get(f"/e/{said.id}").headers["Location"].startswith(moved.headers["Location"])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parents=st.lists(st.integers(0, 7), min_size=1, max_size=8), chosen=st.integers(0, 7))
def test_no_comment_is_lost_whatever_is_moved(world, root, parents, chosen):
    before = [each.id for each in thread(root, reader=world.lena)]
    made = []
    for number, parent in enumerate(parents):
        above = made[parent % number] if number else None
        made.append(comment(root, f"comment {number}", actor=world.jon, parent=above))
    discussion = move_out(made[chosen % len(made)], "Elsewhere", actor=world.lena)
    here, there = (thread(each, reader=world.lena) for each in (root, discussion))
    assert {each.id for each in there} | {each.id for each in here if not each.moved_to_id} >= {
        *before, *(each.id for each in made)}
    assert len(there) == counted(discussion) and len([each for each in here if not each.moved_to_id]) == counted(root)
    for each in (*here, *there):
        assert each.parent_id is None or db.session.get(Entry, each.parent_id).thread_id == each.thread_id
    db.session.rollback()
