"""What of an answer by mail is new."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notifications.new_words import new_words


@pytest.mark.parametrize(("text", "new"), [
    ("Yes.\r\n\r\nOn Thu, Nov 26, 2026 at 9:14 AM Lena <l@x.example> wrote:\r\n> Hall 4?\r\n", "Yes."),
    ("Yes.\n\nOn Thu, Nov 26, 2026 at 9:14 AM Lena Fischer\n<lena@x.example> wrote:\n> Hall 4?\n", "Yes."),
    ("Ja.\n\nAm 26.11.2026 um 09:14 schrieb Lena:\n> Halle 4?\n", "Ja."),
    ("好。\n\n王梅 于2026年11月26日 09:14 写道：\n> 四号厅？\n", "好。"),
    ("Yes.\n\n-----Original Message-----\nFrom: Lena\nSent: today\n\nHall 4?", "Yes."),
    ("Yes.\n\nFrom: Lena <l@x.example>\nSent: Thursday\nTo: Jon\n\nHall 4?", "Yes."),
    ("Yes.\n-- \nJon Park\nSales", "Yes."),
    ("> Hall 4?\nYes.\n> When?\nAt nine.\n", "> Hall 4?\nYes.\n> When?\nAt nine."),
    ("On Tuesday the customer wrote:\nWe want three.", "On Tuesday the customer wrote:\nWe want three."),
    ("He said:\n> three\n\nI believe him.", "He said:\n> three\n\nI believe him."),
    ("> all of it\n> is quoted", ""), ("", ""),
])
def test_what_is_new(text, new):
    assert new_words(text) == new


@given(st.text())
def test_it_only_ever_leaves_out(text):
    assert new_words(text) in text.replace("\r\n", "\n").replace("\r", "\n")
