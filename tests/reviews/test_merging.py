"""Two who write in one text at once lose nothing of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.reviews.merging import merge

texts = some.text("ab \n", max_size=12)


@pytest.mark.parametrize(("base", "mine", "theirs", "both"), [
    ("One two", "One two three", "Zero one two", "Zero one two three"),
    ("a\nb\nc", "a\nB\nc", "a\nb\nc\nd", "a\nB\nc\nd"),
    ("", "mine", "theirs", "theirs mine"), ("same", "same!", "same!", "same!"),
    ("keep this", "keep", "keep this here", "keep here"), ("x", "", "x", ""),
])
def test_both_changes_stand(base, mine, theirs, both):
    assert merge(base, mine, theirs) == both


@given(texts, texts)
def test_who_changed_nothing_changes_nothing(base, changed):
    assert merge(base, changed, base) == merge(base, base, changed) == changed


@given(texts, some.text("xy", min_size=1, max_size=5), some.text("uv", min_size=1, max_size=5), some.data())
def test_what_both_typed_is_there(base, mine, theirs, data):
    here, there = (data.draw(some.integers(0, len(base))) for _each in "ab")
    merged = merge(base, base[:here] + mine + base[here:], base[:there] + theirs + base[there:])
    assert mine in merged and theirs in merged
    left = merged.replace(mine, "", 1).replace(theirs, "", 1)
    assert left.replace(" ", "").replace("\n", "") == base.replace(" ", "").replace("\n", "")
