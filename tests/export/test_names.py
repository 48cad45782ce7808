"""Names of files: whatever somebody called theirs, every system takes them, and their own words stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export.names import LONGEST, LONGEST_BYTES, file_name, harmless_name, page_name


@pytest.mark.parametrize(("given_name", "kept"), [
    ("Plan: final?.pptx", "Plan_ final_.pptx"), ("../../etc/passwd", "_.._.._etc_passwd"), ("CON.txt", "_CON.txt"),
    ("com1", "_com1"), ("aux .csv", "_aux .csv"), (".htaccess", "_.htaccess"), ("dot. ", "dot"), ("", "_"),
    ("季度回顾.pptx", "季度回顾.pptx"), ("خطة العمل.docx", "خطة العمل.docx"), ("gepj\u202e.exe", "gepj.exe"),
    ("a\x00b\nc.txt", "abc.txt"), ("e\u0301te\u0301.pdf", "été.pdf"), ("console.log", "console.log"),
])
def test_what_no_system_takes_is_replaced_and_all_else_stays(given_name, kept):
    assert file_name(given_name) == kept


def test_long_names_keep_their_ending():
    assert file_name("x" * 300 + ".pptx").endswith("x.pptx") and len(file_name("x" * 300 + ".pptx")) == LONGEST
    assert file_name("王" * 200 + ".pdf").endswith("王.pdf")


@given(st.text(max_size=300))
def test_any_text_becomes_a_name_that_every_system_takes(text):
    name = file_name(text)
    assert name and len(name) <= LONGEST + 1 and len(name.encode()) <= LONGEST_BYTES + 1
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\u202a-\u202e\u2066-\u2069]', name) and name[-1] not in ". "
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name) and name[0] != "."
    assert file_name(name) == name


@given(st.text(max_size=300))
def test_pages_of_two_entries_never_share_a_name(title):
    assert page_name("posts", 1, title) != page_name("posts", 11, title)
    assert re.fullmatch(r"posts/1(-[\w-]+)?\.html", page_name("posts", 1, title))


@pytest.mark.parametrize(("given_name", "media_type", "kept"), [
    ("Page.HTML", "text/html", "Page.HTML.txt"), ("logo.svg", "image/svg+xml", "logo.svg.txt"),
    ("notes", "text/html", "notes.txt"), ("feed.xml", "text/plain", "feed.xml.txt"),
    ("plan.pdf", "application/pdf", "plan.pdf"), ("html.docx", "application/zip", "html.docx"),
])
def test_what_a_browser_would_run_is_called_a_text(given_name, media_type, kept):
    assert harmless_name(given_name, media_type) == kept
