"""Writing, answering, editing, deleting, sharing, reacting: what changes and what is recorded."""

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.entries import actions
from app.entries.personal_models import Watch
from app.entries.reference_models import AccountMention, EntryTag, Mention, Tag
from app.entries.revision_models import Revision
from app.extensions import db
from app.search.finder import find


def last_activity() -> Activity:
    return db.session.scalars(select(Activity).order_by(Activity.id.desc()).limit(1)).one()


def notified(entry) -> dict[str, str]:
    """Who is told of the entry, and why."""
    rows = select(Notification).join(Notification.activity).where(Activity.entry_id == entry.id)
    return {each.person.handle: each.reason for each in db.session.scalars(rows)}


def test_a_post_stores_what_it_names(world):
    entry = actions.post(world.commons, "@jon see #Pricing at $account-open", actor=world.lena)
    people = db.session.scalars(select(Mention.person_id).where(Mention.entry_id == entry.id)).all()
    tags = db.session.scalars(select(Tag.name).join(EntryTag).where(EntryTag.entry_id == entry.id)).all()
    accounts = db.session.scalars(select(AccountMention.space_id).where(AccountMention.entry_id == entry.id)).all()
    assert (people, tags, accounts) == ([world.jon.id], ["pricing"], [world.space("account", "open").id])
    assert last_activity().kind == "entry.posted"
    assert notified(entry) == {"jon": "mention"}


def test_naming_a_secret_account_tells_an_outsider_nothing(world):
    entry = actions.post(world.commons, "is there a $account-secret?", actor=world.otto)
    assert "href" not in entry.body_html
    assert "href" in actions.post(world.commons, "about $account-secret", actor=world.jon).body_html


def test_nobody_is_notified_of_what_they_cannot_see(world):
    entry = actions.post(world.space("project", "secret"), "@otto @jon @gus", actor=world.lena)
    assert notified(entry) == {"jon": "mention"}


def test_an_answer_tells_those_named_those_answered_and_those_who_take_part(world):
    root = actions.post(world.commons, "Who was there?", actor=world.lena)
    first = actions.comment(root, "I was", actor=world.jon)
    actions.comment(root, "Me too", actor=world.otto)
    answer = actions.comment(root, "@mei you as well?", actor=world.ada, parent=first)
    assert notified(answer) == {"mei": "mention", "jon": "reply", "lena": "thread", "otto": "thread"}
    db.session.refresh(root)
    assert root.comment_count == 3


def test_one_cannot_answer_across_threads(world):
    here = world.first_post(world.space("project", "open"))
    there = actions.comment(world.first_post(world.space("community", "open")), "there", actor=world.jon)
    with pytest.raises(actions.CannotAnswer):
        actions.comment(here, "lost", actor=world.jon, parent=there)


def test_one_cannot_speak_of_a_page_that_is_not_there(world):
    with pytest.raises(actions.CannotAnswer):
        actions.comment(world.first_post(world.space("project", "open")), "page?", actor=world.jon, page=3)


def test_an_edit_keeps_how_it_read_before_and_tells_who_is_newly_named(world):
    entry = actions.post(world.commons, "@jon look", actor=world.lena)
    actions.edit(entry, actor=world.lena, body="@jon and @otto look")
    [revision] = db.session.scalars(select(Revision).where(Revision.entry_id == entry.id))
    assert revision.body == "@jon look" and entry.edited_at
    assert notified(entry) == {"jon": "mention", "otto": "mention"}
    told = select(Notification).join(Notification.activity).where(Activity.kind == "entry.edited")
    assert [each.person.handle for each in db.session.scalars(told)] == ["otto"]


def test_an_edit_that_changes_nothing_leaves_no_trace(world):
    entry = actions.post(world.commons, "Same", actor=world.lena)
    actions.edit(entry, actor=world.lena, body="Same")
    assert entry.edited_at is None and last_activity().kind == "entry.posted"


def test_a_deleted_entry_keeps_its_place_and_none_of_its_words(world):
    root = world.first_post(world.space("project", "open"))
    answer = actions.comment(root, "regrettable words", actor=world.jon)
    actions.edit(answer, actor=world.jon, body="more regrettable words")
    actions.remove(answer, actor=world.jon)
    assert answer.is_deleted and not answer.body and not answer.body_html
    assert not db.session.scalars(select(Revision).where(Revision.entry_id == answer.id)).all()
    assert not find(world.lena, "regrettable").items
    db.session.refresh(root)
    assert root.comment_count == 1


def test_sharing_announces_it_there_and_happens_once(world):
    entry = world.first_post(world.space("project", "secret"))
    there = world.space("project", "open")
    assert actions.share(entry, there, actor=world.jon, note="Worth reading")
    assert actions.share(entry, there, actor=world.jon) is None
    assert actions.share(entry, entry.space, actor=world.jon) is None
    commit()
    quoting = [each for each in db.session.scalars(select(actions.Post)) if each.quoted_id == entry.id]
    assert [(each.space_id, each.body) for each in quoting] == [(there.id, "Worth reading")]


@pytest.mark.parametrize("emoji", ["👍", "❤️", "👩‍💻", "🇩🇪", "👍🏽", "⭐"])
def test_reactions_come_and_go(world, emoji):
    entry = world.first_post(world.space("project", "open"))
    assert actions.react(entry, emoji, actor=world.jon)
    assert not actions.react(entry, emoji, actor=world.jon)
    db.session.expire(entry, ["reactions"])
    [summary] = entry.reaction_summary(world.jon)
    assert (summary["emoji"], summary["count"], summary["mine"]) == (emoji, 1, True)
    assert actions.withdraw_reaction(entry, emoji, actor=world.jon)
    assert not actions.withdraw_reaction(entry, emoji, actor=world.jon)


@pytest.mark.parametrize("text", ["", "a", "ok", "<b>", "👍👍👍👍👍👍👍👍👍👍👍👍👍", "👍a"])
def test_a_reaction_is_an_emoji(world, text):
    with pytest.raises(actions.NotAnEmoji):
        actions.react(world.first_post(world.space("project", "open")), text, actor=world.jon)


def test_whoever_writes_in_a_thread_watches_it(world):
    root = actions.post(world.commons, "Thread", actor=world.lena)
    actions.comment(root, "Answer", actor=world.jon)
    watching = db.session.scalars(select(Watch.person_id).where(Watch.entry_id == root.id)).all()
    assert set(watching) == {world.lena.id, world.jon.id}


def test_a_read_mark_never_goes_back(world):
    space, jon = world.space("project", "open"), world.jon
    newest = actions.post(space, "new", actor=world.lena).id
    actions.mark_read(space, newest, actor=jon)
    actions.mark_read(space, 1, actor=jon)
    [mine] = [each for each in jon.memberships if each.space_id == space.id]
    assert mine.read_entry_id == newest
