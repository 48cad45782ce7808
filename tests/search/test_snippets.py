"""Snippets."""

from hypothesis import given
from hypothesis import strategies as st

from app.search.language import leaves, read
from app.search.snippets import snippet


def cut(text: str, typed: str) -> str:
    return str(snippet(text, leaves(read(typed).wanted)))


def test_marks_the_words_in_their_inflection():
    assert cut("Our prices rose", "pricing") == "Our <mark>prices</mark> rose"


def test_marks_a_run_of_chinese_once():
    assert cut("我们的价格策略会", "价格策略") == "我们的<mark>价格策略</mark>会"


def test_marks_what_begins_with_a_prefix():
    assert "<mark>prospecting</mark>" in cut("on prospecting", "pros*")


def test_shows_the_place_of_a_late_match():
    text = "filler " * 5000 + "the pricing of it" + " filler" * 5000

    assert "the <mark>pricing</mark> of it" in cut(text, "pricing")
    assert len(cut(text, "pricing")) < 500


def test_shows_the_beginning_when_nothing_in_the_text_matches():
    assert cut("word " * 100, "pricing").startswith("word word")
    assert cut("word " * 100, "pricing").endswith("…")


@given(st.text(alphabet="<>&\"' abcpricing价格\n", max_size=300))
def test_nothing_of_the_text_is_markup(text):
    bare = cut(text, "pricing 价格").replace("<mark>", "").replace("</mark>", "")

    assert "<" not in bare and ">" not in bare
