"""Nobody finds, counts or is told of what they may not see."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import visible
from app.entries.models import Entry, Share
from app.extensions import db
from app.search.finder import find

WORDS = ["pricing", "webinar", "draft", "zephyr"]


def test_the_words_of_a_secret_space_are_found_by_its_members_only(world):
    entry = world.write("zephyr pricing", space=world.secret, by=world.jon)

    assert [hit.entry_id for hit in find(world.jon, "zephyr").items] == [entry.id]
    for person in (world.lena, world.gia):
        found = find(person, "zephyr")
        assert (found.items, found.total, found.facets) == ([], 0, {"kind": {}, "space": {}})


def test_a_slide_of_a_secret_deck_is_found_by_its_members_only(world):
    world.deck("Plan", ("One", "zephyr"), space=world.secret)

    assert find(world.jon, "zephyr").total == 1
    assert find(world.lena, "zephyr").total == 0


def test_a_guest_does_not_find_what_everybody_reads(world):
    world.write("pricing")

    assert find(world.lena, "pricing").total == 1
    assert find(world.gia, "pricing").total == 0


def test_a_comment_follows_its_root_into_the_space_it_is_shared_into(world):
    root = world.write("zephyr", space=world.secret, by=world.jon)
    comment = world.comment(root, "webinar")
    assert not find(world.lena, "webinar").items

    db.session.add(Share(entry_id=root.id, space_id=world.commons.id, by_id=world.jon.id))
    db.session.flush()

    found = find(world.lena, "webinar")
    assert [hit.entry_id for hit in found.items] == [comment.id]
    assert found.facets["space"] == {world.commons.id: 1}, "its home is a space Lena does not know of"


def test_a_deleted_entry_is_not_found_even_while_its_words_are_there(world):
    entry = world.write("pricing")
    entry.deleted_at = datetime.now(UTC)
    db.session.flush()

    assert not find(world.lena, "pricing").items
    assert not find(world.lena, "kind:post").items


def test_filters_do_not_widen_what_is_seen(world):
    world.write("zephyr", space=world.secret, by=world.jon)

    for typed in ("in:zephyr", "by:@jon", "kind:post", "zephyr OR pricing", "after:2000"):
        assert not find(world.lena, typed).items
    assert not find(world.lena, "zephyr", space_id=world.secret.id).items


def test_a_filter_does_not_tell_the_secret_home_of_a_shared_entry(world):
    entry = world.write("pricing", space=world.secret, by=world.jon)
    db.session.add(Share(entry_id=entry.id, space_id=world.commons.id, by_id=world.jon.id))
    db.session.flush()

    assert find(world.lena, "pricing").total == 1
    assert find(world.lena, "pricing in:zephyr").total == 0
    assert find(world.jon, "pricing in:zephyr").total == 1


def test_no_correction_tells_a_word_of_an_unseen_entry(world):
    world.write("Kingfisher takes over", space=world.secret, by=world.jon)

    assert find(world.jon, "kingfischer").did_you_mean == "kingfisher"
    assert find(world.lena, "kingfischer").did_you_mean is None


def test_no_correction_tells_a_form_of_a_word_that_only_an_unseen_entry_has(world):
    world.write("The kingfishers fly", space=world.secret, by=world.jon)
    world.write("A kingfisher flies")

    assert find(world.lena, "kingfishhers").did_you_mean in (None, "kingfisher")


def test_a_correction_is_offered_for_a_word_that_only_an_unseen_entry_holds(world):
    """Else its absence would tell that the word exists somewhere."""
    world.write("webinur", space=world.secret, by=world.jon)
    world.write("webinar")

    assert find(world.lena, "webinur").did_you_mean == "webinar"


def test_visible_entries_are_found_behind_many_that_are_not(world):
    entry = world.write("pricing")
    for _ in range(250):
        world.write("pricing pricing", space=world.secret, by=world.jon)

    found = find(world.lena, "pricing")

    assert ([hit.entry_id for hit in found.items], found.total) == ([entry.id], 1)


@pytest.fixture
def populated(world):
    """Entries of every pair of words in every space, one of them shared."""
    for space, by in ((world.commons, world.lena), (world.acme, world.lena), (world.secret, world.jon)):
        for number, word in enumerate(WORDS):
            world.write(f"{word} {WORDS[number - 1]}", space=space, by=by)
    shared = world.write("zephyr webinar", space=world.secret, by=world.jon)
    db.session.add(Share(entry_id=shared.id, space_id=world.acme.id, by_id=world.jon.id))
    db.session.commit()
    return world


_term = st.sampled_from(
    [*WORDS, '"pricing webinar"', "-draft", "-pricing", "web*", "kind:post", "-kind:review", "in:zephyr", "by:@jon",
     "OR", "AND", "NOT", "(", ")", "after:2000", "before:2100", "tag:x", "account:acme"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.one_of(st.lists(_term, max_size=6).map(" ".join), st.text(max_size=40)))
def test_whatever_is_typed_finds_only_what_may_be_seen(populated, typed):
    for person in (populated.lena, populated.jon, populated.gia):
        allowed = set(db.session.scalars(visible(person, Entry).with_only_columns(Entry.id)))

        found = find(person, typed)

        assert {hit.entry_id for hit in found.items} <= allowed
        assert found.total <= len(allowed)
