"""What changed between two texts, in words people read."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.versions.differences import Block, Piece, difference, folded, merged, tokens, words


def told(old: str, new: str) -> str:
    signs = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    told = "".join(signs[each.state].format(each.text) for each in merged(difference(old, new).blocks))
    return re.sub(r"\n([-+])\]", r"\1]", told).strip()


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("We sell grippers.", "We sell soft grippers.", "We sell [+soft +]grippers."),
    ("one\ntwo\nthree", "one\nthree", "one\n[-two-]three"),
    ("a\n\nb  ", "a\n\nb", "a\n\nb"),
    ("Budget of 10,000", "Budget of 12,000", "Budget of [-10-][+12+],000"),
    ("夹具很贵", "夹具很便宜", "夹具很[-贵-][+便宜+]"),
    ("كتاب قديم هنا", "كتاب جديد هنا", "كتاب [-قديم-][+جديد+] هنا"),
    ("the old grey cat sat here", "the new red cat sat here", "the [-old grey-][+new red+] cat sat here"),
    ("Nothing of it stays", "Quarterly review", "[-Nothing of it stays-][+Quarterly review+]"),
    ("", "New", "[+New+]"),
])
def test_words_and_lines(old, new, expected):
    assert told(old, new) == expected


@pytest.mark.parametrize("word", ["שָׁלוֹם", "نصًّا", "हिन्दी", "👩‍👩‍👧", "café"])
def test_letters_are_not_parted_from_their_marks(word):
    assert tokens(f"a {word} b") == ["a", " ", word, " ", "b"]


TEXTS = st.text(st.sampled_from("ab \n 贵夹é́\u200d."), max_size=60)


def plain(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_it(old, new):
    pieces = merged(difference(old, new).blocks)
    before = "".join(piece.text for piece in pieces if piece.state != "new")
    after = "".join(piece.text for piece in pieces if piece.state != "gone")
    assert (before, after) == (plain(old), plain(new))
    assert "".join(tokens(old)) == old
    parts = words(old, new)
    assert "".join(each.text for each in parts if each.state != "new") == old
    assert "".join(each.text for each in parts if each.state != "gone") == new


def test_long_equal_stretches_are_folded_but_for_what_stands_next_to_a_change():
    lines = [f"line {number}" for number in range(20)]
    blocks = difference("\n".join(lines), "\n".join([*lines[:10], "new", *lines[10:]])).blocks
    shown = list(folded(blocks))
    assert shown[0] == (True, [f"{line}\n" for line in lines[:8]])
    assert shown[1] == (False, Block((Piece("same", "line 8\nline 9\n"),)))
    assert shown[-1] == (True, [f"{line}\n" for line in lines[12:]])


def test_the_longest_texts_take_no_more_than_a_moment():
    old = "\n".join(f"word {number % 90} and {number % 7}" for number in range(5000))
    new = "\n".join(f"word {number % 89} or {number % 11}" for number in range(5000))
    began = time.process_time()
    assert difference(old, new).is_cut
    assert time.process_time() - began < 3
