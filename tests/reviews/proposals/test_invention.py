"""Nothing is invented: every value and every quote stands on the page it names, whatever the deck holds."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.reviews.proposals import from_deck, from_pages
from app.reviews.proposals.findings import JOINT
from app.reviews.proposals.pptx_reader import read_pptx
from app.reviews.proposals.proposal import DATES, FIGURES, TEXTS, Proposal
from app.reviews.proposals.reading import propose
from app.reviews.proposals.slides import Box, Grid, Line, Slide
from tests.reviews.proposals import more_layouts
from tests.reviews.proposals.layouts import LAYOUTS
from tests.reviews.proposals.random_decks import WORDS, random_deck

assert more_layouts  # it registers its layouts

LABELS = sorted({word for words in WORDS.values() for word in words.values()})
WORD = st.sampled_from([*LABELS, "Plan", "Actual", "Ist", "Soll", "目标", "实际", "Total", "Gesamt", "Webinar",
                        "DACH", "Channel", "Cost (k€)", "费用（万元）", "Q3 2026", "Q2 2026", "per lead", "rate",
                        "What worked", "Next steps", "", "Value", "Region: DACH", "generated", "we"])
UNITS = [" %", "k", "M", " Mio. €", "万", " €", "T€", "+", "k€", "x", ". Quartal"]
SIGNS = [":", " | ", ",", "(", ")", "vs", "of", "/", "\t", "  "]
DIGITS = st.integers(0, 10_000_000)
NUMBER = st.one_of(
    DIGITS.map(str), DIGITS.map("{:,}".format), DIGITS.map(lambda n: f"{n:,}".replace(",", ".")),
    st.tuples(st.integers(0, 999), st.sampled_from(UNITS)).map(lambda pair: f"{pair[0]}{pair[1]}"),
    st.tuples(st.sampled_from(["$", "€ ", "EUR ", "ca. ", "~", "-", "(", ">", "CHF "]), DIGITS).map(
        lambda pair: f"{pair[0]}{pair[1]}"),
    st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: f"{pair[0]},{pair[1]}"),
    st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: f"{pair[0]} – {pair[1]}"),
)
CELL = st.one_of(WORD, NUMBER, st.text(max_size=8))
TEXT = st.lists(st.one_of(WORD, NUMBER, st.sampled_from(SIGNS)), max_size=7).map(" ".join)
GRID = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width).map(tuple), min_size=1, max_size=6)
).map(lambda rows: Grid(tuple(rows)))
BOX = st.lists(st.builds(Line, TEXT.map(str.strip).filter(bool), st.integers(0, 2)), min_size=1, max_size=6).map(
    lambda lines: Box(tuple(lines)))
SLIDES = st.lists(st.tuples(TEXT, st.lists(BOX, max_size=4), st.lists(GRID, max_size=2), st.lists(TEXT, max_size=3)),
                  min_size=1, max_size=5)


def said(slide: Slide) -> str:
    """All that stands on a slide."""
    return "\n".join([
        slide.title, " ".join(line.text for line in slide.lines), *(line.text for line in (*slide.lines, *slide.notes)),
        *(text for grid in slide.grids for text in (grid.title, *(cell for row in grid.rows for cell in row))),
    ])


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def check(proposal: Proposal, page: str) -> None:
    """The quote stands on the page, and the value in the quote."""
    parts = proposal.quote.split(JOINT)
    assert proposal.quote in page or all(part in page for part in parts), proposal
    if proposal.field in FIGURES:
        significant = digits(f"{abs(proposal.value):f}" if not isinstance(proposal.value, int) else str(proposal.value))
        assert significant.strip("0") in digits(proposal.quote), proposal
    elif proposal.field in TEXTS or proposal.field == "channels":
        lines = proposal.value if isinstance(proposal.value, list) else proposal.value.split("\n")
        for line in lines:
            assert all(part in page for part in line.removeprefix("- ").split(" – ")), proposal
    elif proposal.field not in (*DATES, "quarter", "currency"):
        assert proposal.value in proposal.quote, proposal


@pytest.mark.parametrize("name", LAYOUTS)
def test_layouts_hold_what_is_quoted(name, tmp_path):
    path = LAYOUTS[name]().save(tmp_path / "deck.pptx")
    pages = [said(slide) for slide in read_pptx(path)]
    for proposal in from_deck(path):
        check(proposal, pages[proposal.page - 1])


@pytest.mark.parametrize("seed", range(12))
def test_random_decks_hold_what_is_quoted(seed, tmp_path):
    path = random_deck(seed)[0].save(tmp_path / "deck.pptx")
    pages = [said(slide) for slide in read_pptx(path)]
    for proposal in from_deck(path):
        check(proposal, pages[proposal.page - 1])


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SLIDES)
def test_whatever_stands_on_slides(drawn):
    slides = [Slide(number, title, tuple(boxes), tuple(grids), tuple(Line(note) for note in notes))
              for number, (title, boxes, grids, notes) in enumerate(drawn, 1)]
    for proposal in propose(slides):
        check(proposal, said(slides[proposal.page - 1]))
        assert Proposal.from_json(proposal.as_json()) == proposal


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(TEXT, max_size=12).map("\r\n".join), max_size=4))
def test_whatever_stands_on_pages_of_text(pages):
    for proposal in from_pages(pages):
        page = " ".join(pages[proposal.page - 1].split())
        if proposal.field in FIGURES:
            assert all(part in page for part in proposal.quote.split(JOINT)), proposal


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=4))
def test_any_text_at_all(pages):
    from_pages(pages)
