"""Every verb, every role, every kind and access of space: one table says who may do what."""

import pytest

from app.access import ENTRY_VERBS, SHARE_VERBS, SPACE_VERBS, can, visible, who_may_see
from app.decisions.actions import decide
from app.entries.actions import comment, post, share
from app.entries.models import Entry
from app.extensions import db
from app.handoffs.actions import hand_over
from app.people.models import Person
from app.reviews.actions import post_review
from app.reviews.steps import Step
from app.spaces.models import ACCESS, KINDS, Space
from app.tasks.actions import add_milestone, add_task
from app.tasks.models import Milestone
from tests.world import GUEST_OF

WHO = ("ada", "lena", "jon", "otto", "gus", "gita")

# Per access of the space: who may do the verb. Gus counts as a member only where he is invited.
SPACE_TABLE = {
    "see": {"open": "ada lena jon otto", "closed": "ada lena jon otto", "secret": "lena jon"},
    "read": {"open": "ada lena jon otto", "closed": "lena jon", "secret": "lena jon"},
    "post": {"open": "ada lena jon otto", "closed": "lena jon", "secret": "lena jon"},
    "work": {"open": "lena jon", "closed": "lena jon", "secret": "lena jon"},
    "draft": {"open": "", "closed": "", "secret": ""},
    "discard": {"open": "", "closed": "", "secret": ""},
    "join": {"open": "ada otto", "closed": "", "secret": ""},
    "request": {"open": "", "closed": "ada otto", "secret": ""},
    "leave": {"open": "lena jon", "closed": "lena jon", "secret": "lena jon"},
    "manage": {"open": "ada lena", "closed": "ada lena", "secret": "lena"},
    "export": {"open": "ada lena", "closed": "lena", "secret": "lena"},
    "archive": {"open": "ada lena", "closed": "ada lena", "secret": "lena"},
    "restore": {"open": "", "closed": "", "secret": ""},  # Only what is archived: see below.
}
GUEST_VERBS = {"see", "read", "post", "leave"}

# Lena wrote the entry.
ENTRY_TABLE = {
    "read": SPACE_TABLE["read"],
    "comment": SPACE_TABLE["read"],
    "ask": {"open": "", "closed": "", "secret": ""},
    "react": SPACE_TABLE["read"],
    "vote": {"open": "ada jon otto", "closed": "jon", "secret": "jon"},
    "resolve": {"open": "", "closed": "", "secret": ""},  # Only what opens a discussion: see below.
    "move": {"open": "", "closed": "", "secret": ""},  # Only comments: see below.
    "decide": {"open": "", "closed": "", "secret": ""},  # Only decisions: see below.
    "do": {"open": "", "closed": "", "secret": ""},  # Only tasks: see below.
    # Only hand-offs: see below.
    "take": {"open": "", "closed": "", "secret": ""},
    "give": {"open": "", "closed": "", "secret": ""},
    "pass_on": {"open": "", "closed": "", "secret": ""},
    "report": {"open": "", "closed": "", "secret": ""},
    "accept": {"open": "lena", "closed": "lena", "secret": "lena"},
    "mark": {"open": "", "closed": "", "secret": ""},  # Only comments of reviews: see below.
    "bookmark": SPACE_TABLE["read"],
    "pin": SPACE_TABLE["work"],
    "mark_important": {"open": "ada lena", "closed": "lena", "secret": "lena"},
    "acknowledge": {"open": "", "closed": "", "secret": ""},  # Only what is important.
    "share": SPACE_TABLE["read"],
    "edit": {"open": "lena", "closed": "lena", "secret": "lena"},
    "delete": {"open": "ada lena", "closed": "lena", "secret": "lena"},
    "add_version": SPACE_TABLE["work"],
    "ask_approval": {"open": "", "closed": "", "secret": ""},  # Only files: see tests/approvals.
}
GUEST_ENTRY_VERBS = {"read", "comment", "react", "vote", "bookmark"}


def allowed(table, verb: str, access: str, who: str, kind: str, guest_verbs: set[str]) -> bool:
    if who == "gus":
        return f"{kind}-{access}" == GUEST_OF and verb in guest_verbs
    return who in table[verb][access].split()


# Jon shared Lena's entry of the secret project into a community; Otto and Ada are in neither.
SHARE_TABLE = {
    "read": {"open": "ada lena jon otto", "closed": "lena jon", "secret": "lena jon"},
    "end": {"open": "ada lena jon", "closed": "lena jon", "secret": "lena jon"},
}


def test_the_tables_know_every_verb():
    assert set(SPACE_TABLE) == set(SPACE_VERBS)
    assert set(ENTRY_TABLE) == set(ENTRY_VERBS)
    assert set(SHARE_TABLE) == set(SHARE_VERBS)


@pytest.mark.parametrize("access", ACCESS)
def test_who_may_do_what_to_a_share(world, access):
    entry, there = world.first_post(world.space("project", "secret")), world.space("community", access)
    shared = share(entry, there, actor=world.jon)
    db.session.flush()
    for verb, row in SHARE_TABLE.items():
        for who in WHO:
            assert can(world.person(who), verb, shared) == (who in row[access].split()), f"{who} {verb} {access}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("access", ACCESS)
def test_who_may_do_what_to_a_space(world, kind, access):
    space = world.space(kind, access)
    for verb in SPACE_TABLE:
        for who in WHO:
            expected = allowed(SPACE_TABLE, verb, access, who, kind, GUEST_VERBS)
            assert can(world.person(who), verb, space) == expected, f"{who} {verb} {space.slug}"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("access", ACCESS)
def test_who_may_do_what_to_an_entry(world, kind, access):
    entry = world.first_post(world.space(kind, access))
    for verb in ENTRY_TABLE:
        for who in WHO:
            expected = allowed(ENTRY_TABLE, verb, access, who, kind, GUEST_ENTRY_VERBS)
            assert can(world.person(who), verb, entry) == expected, f"{who} {verb} {entry.space.slug}"


@pytest.mark.parametrize("who", WHO)
def test_lists_hold_exactly_what_one_may_read(world, who):
    person = world.person(who)
    listed = set(db.session.scalars(visible(person, Entry)))
    every = set(db.session.scalars(db.select(Entry)))
    assert listed == {entry for entry in every if can(person, "read", entry)}


@pytest.mark.parametrize("who", WHO)
def test_spaces_listed_are_those_one_may_know_of(world, who):
    person = world.person(who)
    listed = set(db.session.scalars(visible(person, Space)))
    assert listed == {space for space in db.session.scalars(db.select(Space)) if can(person, "see", space)}


def test_the_rule_is_the_same_from_the_other_side(world):
    people = list(db.session.scalars(db.select(Person)))
    for entry in db.session.scalars(db.select(Entry)):
        seeing = {person.id for person in people if can(person, "read", entry)}
        assert who_may_see(entry, [person.id for person in people]) == seeing


def test_an_entry_shared_into_a_space_is_read_there_with_its_answers(world):
    entry = world.first_post(world.space("project", "secret"))
    share(entry, world.space("project", "open"), actor=world.jon)
    db.session.flush()
    answer = db.session.scalars(db.select(Entry).where(Entry.thread_id == entry.id)).one()
    for each in (entry, answer):
        assert can(world.otto, "read", each)
        assert can(world.gus, "comment", each)
        assert each in set(db.session.scalars(visible(world.gus, Entry)))
        assert not can(world.gita, "read", each)


def test_whoever_wrote_a_comment_under_a_review_may_make_a_key_point_of_it(world):
    review = post_review(world.space("project", "open"), "Webinars", actor=world.lena, quarter="2026-Q3")
    said = comment(review, "They work", actor=world.jon)
    db.session.flush()
    elsewhere = comment(world.first_post(review.space), "They work", actor=world.jon)
    assert [who for who in WHO if can(world.person(who), "mark", said)] == ["jon"]
    assert not any(can(world.person(who), "mark", each) for who in WHO for each in (review, elsewhere))


def test_whoever_may_answer_may_settle_a_discussion_or_a_comment_that_opens_one(world):
    space = world.space("project", "closed")
    discussion = post(space, "Which date?", actor=world.lena, title="The date")
    asked = comment(discussion, "The ninth?", actor=world.jon)
    answer = comment(discussion, "Fine", actor=world.lena, parent=asked)
    db.session.flush()
    for entry in (discussion, asked):
        assert [who for who in WHO if can(world.person(who), "resolve", entry)] == ["lena", "jon"]
    assert not any(can(world.person(who), "resolve", answer) for who in WHO)


def test_who_writes_at_home_may_move_a_comment_into_a_discussion(world):
    entry = world.first_post(world.space("project", "closed"))
    share(entry, world.commons, actor=world.jon)
    said = comment(entry, "Another matter", actor=world.otto)
    db.session.flush()
    assert [who for who in WHO if can(world.person(who), "move", said)] == ["lena", "jon"]


def test_who_asked_who_is_named_and_who_runs_the_space_decide(world):
    question = decide(world.space("project", "open"), "Which hall?", actor=world.otto, deciders=[world.gus])
    db.session.flush()
    assert [who for who in WHO if can(world.person(who), "decide", question)] == ["ada", "lena", "otto", "gus"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("access", ACCESS)
def test_who_writes_in_a_space_takes_changes_and_settles_its_tasks(world, kind, access):
    """Milestones too. Whoever may not write there changes no word of a task; who runs it or wrote it deletes it."""
    space = world.space(kind, access)
    task = add_task(space, "Book the hall", actor=world.lena)
    milestone = add_milestone(space, "Doors open", space.created_at.date(), actor=world.lena)
    db.session.flush()
    for who in WHO:
        person, may = world.person(who), allowed(SPACE_TABLE, "post", access, who, kind, GUEST_VERBS)
        assert can(person, "do", task) == can(person, "edit", task) == may, f"{who} {space.slug}"
        assert can(person, "post", milestone) == may, f"{who} {space.slug}"
        assert (milestone in set(db.session.scalars(visible(person, Milestone)))) == can(person, "read", space)
        assert not can(person, "resolve", task) and not can(person, "decide", task)


def test_a_task_that_is_shared_is_talked_of_there_and_done_at_home(world):
    task = add_task(world.space("project", "closed"), "Book the hall", actor=world.lena)
    share(task, world.commons, actor=world.jon)
    db.session.flush()
    assert can(world.otto, "comment", task) and not can(world.otto, "do", task) and not can(world.otto, "edit", task)


def test_who_owes_a_next_step_and_who_wrote_the_review_settle_it(world):
    steps = [Step("Translate", world.jon.id), Step("Shorten")]
    review = post_review(world.space("project", "open"), "Webinars", actor=world.lena, quarter="2026-Q3", steps=steps)
    allowed = [[who for who in WHO if can(world.person(who), "settle", each)] for each in review.commitments]
    assert allowed == [["lena", "jon"], ["lena"]]


@pytest.mark.parametrize("access", ACCESS)
def test_an_archived_space_is_read_left_exported_and_restored_and_nothing_else(world, access):
    space = world.space("project", access)
    entry = world.first_post(space)
    said = comment(entry, "One more", actor=world.lena)
    discussion = post(space, "Which date?", actor=world.lena, title="The date")
    question = decide(space, "Which hall?", actor=world.lena)
    task = add_task(space, "Book the hall", actor=world.lena, owner=world.jon)
    milestone = add_milestone(space, "Doors open", space.created_at.date(), actor=world.lena)
    account = world.space("account", access)
    handoff = hand_over(account, "Wants a quote", actor=world.lena, person=world.jon)
    db.session.flush()
    account.archived_at = space.created_at
    space.archived_at = space.created_at
    for who in WHO:
        person = world.person(who)
        for verb in SPACE_VERBS.keys() - {"see", "read", "leave", "export", "restore"}:
            assert not can(person, verb, space), f"{who} {verb}"
        assert can(person, "export", space) == (who in SPACE_TABLE["export"][access].split())
        assert can(person, "restore", space) == (who in SPACE_TABLE["manage"][access].split())
        for verb in ENTRY_VERBS.keys() - {"read", "bookmark", "share"}:
            for each in (entry, said, discussion, question, task, handoff):
                assert not can(person, verb, each), f"{who} {verb} {each.kind}"
        assert not can(person, "post", milestone), who


def test_what_is_shared_out_of_an_archived_space_stays_a_record(world):
    entry = world.first_post(world.space("project", "open"))
    share(entry, world.commons, actor=world.jon)
    entry.space.archived_at = entry.created_at
    assert can(world.otto, "read", entry) and not can(world.otto, "comment", entry)


def test_a_misspelt_verb_lets_nobody_in(world):
    with pytest.raises(KeyError):
        can(world.ada, "raed", world.commons)
