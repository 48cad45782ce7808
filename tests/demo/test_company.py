"""The demo company as a whole: who and what is in it, and that everybody did only what they may do."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from app.access import can
from app.accounts.models import Account
from app.activity.models import Activity, Notification
from app.assets.models import Asset
from app.db import now
from app.decisions.models import Decision
from app.demo import company
from app.entries.markdown import references
from app.entries.models import QUIET, Comment, Entry, Post, Reaction, Share
from app.entries.pinning import pinned
from app.entries.reference_models import AccountMention, Mention
from app.learnings.models import Learning, Trial
from app.people.models import Person
from app.people.sessions import authenticate
from app.projects.models import Project
from app.reviews.last_quarter import last_quarter
from app.reviews.models import Review
from app.spaces.models import Membership, Space
from app.tasks.board import marks
from app.tasks.models import Task
from tests.demo.conftest import TODAY, empty_house

LOAD_SECONDS = 30


def count(session, model) -> int:
    return session.scalar(select(func.count()).select_from(model))


def test_it_loads_in_time(tessmar):
    assert tessmar.extensions["demo_seconds"] < LOAD_SECONDS


def test_it_has_the_people_projects_and_accounts(loaded):
    assert (count(loaded, Person), count(loaded, Project), count(loaded, Account)) == (24, 4, 8)


def test_eight_quarters_are_reviewed_about_three_times_each(loaded):
    quarters = Counter(loaded.scalars(select(Review.quarter)))
    assert sorted(quarters) == ["2024-Q4", *(f"2025-Q{n}" for n in (1, 2, 3, 4)), *(f"2026-Q{n}" for n in (1, 2, 3))]
    assert set(quarters.values()) <= {3, 4}


def test_reviews_show_all_that_figures_can(loaded):
    reviews = list(loaded.scalars(select(Review)))
    assert len([each for each in reviews if each.target_leads]) >= 3
    assert {each.currency for each in reviews if each.rate} == {"USD", "CNY"}
    by_kind = {row.kind: each for each in reviews for row in each.breakdown}
    assert set(by_kind) == {"channel", "week"}
    for review in by_kind.values():
        assert sum(row.leads for row in review.breakdown) == review.leads
    newest = max(reviews, key=lambda each: (each.programme == "Leak Clinic", each.quarter))
    assert last_quarter(newest.author, newest).title == "Leak Clinic: recordings"


def test_the_sign_ins_work(loaded):
    found = re.findall(r"(\S+@\S+)\s+(\S+)", company.SIGN_INS)
    assert len(found) == 3
    people = [authenticate(email, password) for email, password in found]
    assert [person.role for person in people] == ["member", "member", "admin"]
    assert [person.team.name for person in people] == ["Marketing", "Sales", "Marketing"]


def test_it_says_that_it_is_loaded(loaded):
    assert company.is_loaded()


def test_an_empty_house_is_not_loaded(tmp_path):
    with empty_house(tmp_path).app_context():
        assert not company.is_loaded()


def test_ids_ascend_with_time_and_nothing_is_in_the_future(loaded):
    times = list(loaded.scalars(select(Entry.created_at).order_by(Entry.id)))
    assert times == sorted(times)
    assert times[-1] <= datetime(TODAY.year, TODAY.month, TODAY.day, 17, tzinfo=UTC) <= now()
    assert (datetime(2026, 11, 20, 17, tzinfo=UTC) - times[-1]).total_seconds() < 3600


def test_everybody_may_do_what_they_did(loaded):
    for comment in loaded.scalars(select(Comment)):
        assert can(comment.author, "comment", loaded.get(Entry, comment.thread_id)), comment.body
    for entry in loaded.scalars(select(Entry).where(Entry.thread_id.is_(None))):
        assert can(entry.author, "post", entry.space), entry.headline
    for reaction in loaded.scalars(select(Reaction)):
        assert can(reaction.person, "react", loaded.get(Entry, reaction.entry_id)), reaction.emoji
    for share in loaded.scalars(select(Share)):
        assert can(share.by, "share", share.entry) and can(share.by, "post", share.space), share.entry.headline
    for trial in loaded.scalars(select(Trial)):
        assert can(trial.person, "read", trial.learning), trial.place
    for asset in loaded.scalars(select(Asset)):
        assert all(can(version.author, "add_version", asset) for version in asset.versions), asset.title


def test_names_in_texts_are_people_and_accounts(loaded):
    for entry in loaded.scalars(select(Entry)):
        wanted = references(entry.body)
        named = loaded.scalars(select(Person.handle).join(Mention).where(Mention.entry_id == entry.id))
        accounts = loaded.scalars(select(Space.slug).join(AccountMention).where(AccountMention.entry_id == entry.id))
        assert (wanted.people, wanted.accounts) == (set(named), set(accounts)), entry.body


def test_no_placeholder_is_left(loaded):
    texts = [f"{entry.title} {entry.body}" for entry in loaded.scalars(select(Entry))]
    assert not [text for text in texts if re.search(r"\{\w+[+-]?\d*\}|^(---|===|~) ", text, re.MULTILINE)]


def test_the_guest_sees_one_project_only(loaded):
    guest = loaded.scalar(select(Person).where(Person.role == "guest"))
    assert [space.slug for space in loaded.scalars(select(Space)) if can(guest, "see", space)] == ["robofab-stand"]


def test_some_spaces_are_closed_and_some_secret(loaded):
    access = Counter(loaded.scalars(select(Space.access)))
    assert access["closed"] >= 2 and access["secret"] >= 2


def test_trials_worked_and_failed_in_several_regions(loaded):
    results = Counter(loaded.scalars(select(Trial.result)))
    assert min(results["worked"], results["mixed"], results["failed"]) >= 3 and results[None] >= 2
    assert count(loaded, Learning) >= 8


def test_arguments_end_in_decisions(loaded):
    decisions = list(loaded.scalars(select(Decision)))
    assert len(decisions) >= 8 and all(each.about and each.options for each in decisions)
    argued = [each for each in decisions if each.space.kind == "project" and not each.is_open]
    assert len(argued) >= 4 and all(6 <= each.about.comment_count <= 15 for each in argued)


def test_every_project_explains_itself(loaded):
    for project in loaded.scalars(select(Project)):
        space = project.space
        assert project.brief and pinned(space) and marks(space.id)
        assert len([each for each in space.memberships if each.duty]) >= 3
    tasks = list(loaded.scalars(select(Task)))
    assert {each.state for each in tasks} == {"open", "doing", "done"} and any(each.about for each in tasks)
    assert all(can(each.owner, "do", each) for each in tasks if each.owner)
    assert loaded.scalar(select(func.count()).select_from(Decision).where(Decision.choice == "")) >= 3
    assert loaded.scalar(select(func.count()).select_from(Post).where(Post.resolved_at.is_not(None))) >= 3


@pytest.mark.parametrize("script", [r"[一-鿿]", r"[؀-ۿ]", r"\bnicht\b"])
def test_people_write_in_their_languages(loaded, script):
    assert any(re.search(script, body) for body in loaded.scalars(select(Entry.body)))


def test_few_notifications_are_unread_and_all_is_delivered(loaded):
    unread = Counter(loaded.scalars(select(Notification.person_id).where(Notification.read_at.is_(None))))
    assert unread and max(unread.values()) <= 8
    assert not loaded.scalar(select(Activity.id).where(Activity.delivered_at.is_(None)))


def test_some_spaces_have_a_few_unread_entries(loaded):
    left = []
    for member in loaded.scalars(select(Membership)):
        unread = select(func.count()).select_from(Entry).where(
            Entry.space_id == member.space_id, Entry.thread_id.is_(None), Entry.id > member.read_entry_id,
            Entry.author_id != member.person_id, Entry.kind != QUIET,
        )
        left.append(loaded.scalar(unread))
    assert max(left) <= 5 and 0.1 < sum(1 for each in left if each) / len(left) < 0.6


def texts(session) -> list[tuple[str, str, str]]:
    return [(entry.kind, entry.title, entry.body) for entry in session.scalars(select(Entry).order_by(Entry.id))]


def test_two_loads_of_the_same_day_are_the_same(loaded, tmp_path):
    first = texts(loaded)
    with empty_house(tmp_path).app_context():
        company.load(TODAY)
        assert texts(loaded) == first
