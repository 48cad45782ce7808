"""Reading what people type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.language import All, Any, Filter, Phrase, leaves, moment, read


def tokens(typed: str) -> list[tuple[str, ...]]:
    return [leaf.tokens for leaf in leaves(read(typed).wanted)]


def test_everything_at_once():
    request = read('pricing webinar kind:learning in:emea account:acme by:@lena tag:#q3 after:2026-01 '
                   '"exact words" -draft')

    assert [leaf.tokens for leaf in leaves(request.wanted)] == [("price",), ("webinar",), ("exact", "word")]
    assert [leaf.exact for leaf in leaves(request.wanted)] == [False, False, True]
    assert [leaf.tokens for node in request.unwanted for leaf in leaves(node)] == [("draft",)]
    assert request.filters == [
        Filter("kind", "learning"), Filter("in", "emea"), Filter("account", "acme"), Filter("by", "lena"),
        Filter("tag", "q3"), Filter("after", "2026-01"),
    ]


def test_words_are_all_wanted_unless_or_stands_between_them():
    assert isinstance(read("one two").wanted, All)
    assert isinstance(read("one OR two").wanted, Any)
    assert isinstance(read("one or two").wanted, All)


@pytest.mark.parametrize("typed", ["foo:bar", "within:emea", "https://in:emea", "kind: review", "after:yesterday"])
def test_what_is_no_filter_is_words(typed):
    request = read(typed)

    assert request.filters == []
    assert request.wanted is not None


def test_a_value_in_quotes_may_hold_spaces():
    assert read('in:"Acme Robotics"').filters == [Filter("in", "Acme Robotics")]
    assert read("in:“Acme Robotics”").filters == [Filter("in", "Acme Robotics")]


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert tokens("well-known ISO-9001") == [("well", "known"), ("wellknown",), ("iso", "9001"), ("iso9001",)]
    assert read("well-known").unwanted == []


def test_an_excluded_filter_is_negated():
    assert read("pricing -kind:post").filters == [Filter("kind", "post", negated=True)]


@pytest.mark.parametrize("typed", ["", " ", "-draft", "-kind:post", "()", '""', "NOT x", "!!!"])
def test_asking_for_nothing_is_empty(typed):
    assert read(typed).is_empty


@pytest.mark.parametrize("typed", ["draft", "kind:post", "OR", "税", "after:2026"])
def test_asking_for_something_is_not(typed):
    assert not read(typed).is_empty


def test_a_long_text_is_read_to_a_bound():
    assert len(tokens("word " * 10_000)) <= 32


@pytest.mark.parametrize(
    ("typed", "day"),
    [("2026", (2026, 1, 1)), ("2026-Q3", (2026, 7, 1)), ("2026-07", (2026, 7, 1)), ("2026-07-14", (2026, 7, 14))],
)
def test_a_moment_is_the_start_of_what_was_named(typed, day):
    found = moment(typed)

    assert (found.year, found.month, found.day, found.utcoffset().total_seconds()) == (*day, 0)


@pytest.mark.parametrize("typed", ["", "soon", "2026-13", "2026-Q5", "2026-1-1-1", "99999", "2026-02-30", "-", "²"])
def test_no_moment_is_none(typed):
    assert moment(typed) is None


_piece = st.sampled_from(['"', "(", ")", "-", "*", ":", " ", "OR", "AND", "NOT", "kind:", "in:", "after:", "@", "#",
                          "a", "价格", "\x00", "\ud800", "^", "~", "[", "]", "{", "TO", "'", "\\", "+", "é", "2026"])


@given(st.one_of(st.text(), st.lists(_piece, max_size=40).map("".join), st.lists(_piece, max_size=40).map(" ".join)))
def test_reading_never_raises_and_yields_tokens_that_are_no_syntax(typed):
    request = read(typed)

    for node in [request.wanted, *request.unwanted]:
        for leaf in leaves(node):
            assert isinstance(leaf, Phrase) and leaf.tokens
            assert not any(character in "\"'*():&|!<>^\\ \x00" for token in leaf.tokens for character in token)
