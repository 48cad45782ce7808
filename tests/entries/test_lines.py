"""How things to be done are written in a line, and that what was read can be written and read again."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.entries.lines import Line, Unreadable, read_line, write_line

TODAY = date(2026, 11, 26)
DECEMBER = date(2026, 12, 15)


@pytest.mark.parametrize(("line", "text", "handle", "due_on"), [
    ("Translate the deck @jon 2026-12-15", "Translate the deck", "jon", DECEMBER),
    ("Translate the deck 15.12.2026 @jon.", "Translate the deck", "jon", DECEMBER),
    ("Translate the deck (@Chen.Yue, until 15 Dec)", "Translate the deck", "chen.yue", DECEMBER),
    ("@jon: translate the deck by 15 December 2026", "translate the deck", "jon", DECEMBER),
    ("Ask @jon for the list", "Ask @jon for the list", "jon", None),
    ("Ask @jon for the list @mei", "Ask @jon for the list", "mei", None),
    ("Send it until 15 Dec to Acme", "Send it until 15 Dec to Acme", None, DECEMBER),
    ("Write until 15 Jan", "Write", None, date(2027, 1, 15)),
    ("Drop   the reminder.", "Drop the reminder.", None, None),
    ("Answer 15 Decision makers, mail a@b.com, look at v1.12.2026.1", None, None, None),
    ("Spend EUR 9,000 by email", None, None, None),
    ("王健：拜访三个客户 @wangjian 2026-12-15", "王健：拜访三个客户", "wangjian", DECEMBER),
])
def test_what_a_line_says(line, text, handle, due_on):
    assert read_line(line, TODAY) == Line(text or line, handle, due_on)


@pytest.mark.parametrize("line", ["@jon 2026-12-15", "Go @jon 2026-02-30", "Write until 31 Feb", "0000-01-01 go"])
def test_a_line_that_cannot_be_read(line):
    with pytest.raises(Unreadable):
        read_line(line, TODAY)


PIECES = st.sampled_from([
    "Translate", "the deck", "@jon", "@chen.yue", "2026-12-15", "15.12.2026", "until 15 Dec", "by", "1 May 2027", ".",
    ",", ":", "(", ")", "–", "until", "2 March", "@", "a@b.c", "#tag", "客户", "29 Feb", "a.", "-",
])


@given(st.lists(PIECES, min_size=1, max_size=8).map(" ".join))
def test_what_was_read_is_written_so_that_it_reads_the_same(typed):
    try:
        line = read_line(typed, TODAY)
    except Unreadable:
        assume(False)
    assert read_line(write_line(line, TODAY), TODAY) == line


def test_a_line_is_as_short_as_it_can_be():
    assert write_line(Line("Ask @jon for the list", "jon"), TODAY) == "Ask @jon for the list"
    assert write_line(Line("Translate", "jon", DECEMBER), TODAY) == "Translate @jon 2026-12-15"
