"""Any file ends in proposals or none, never in an error, and soon."""

import re
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Inches

from app.reviews.proposals import from_deck, from_pages, from_presentation
from app.reviews.proposals.slides import MOST_SLIDES
from tests.making import documents, hostile
from tests.making.campaign_deck import CampaignDeck
from tests.reviews.proposals.layouts import LAYOUTS


def rewritten(source, path, change):
    """The package with each XML part passed through `change(name, data)`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, change(entry.filename, data) if entry.filename.endswith(".xml") else data)
    return path


def test_files_that_are_no_decks(tmp_path):
    whole = documents.deck(tmp_path / "whole")
    laughing = hostile.billion_laughs(tmp_path / "laughs", "ppt/presentation.xml")
    for path in (hostile.truncated(whole, tmp_path / "cut"), documents.pdf(tmp_path / "pdf"), laughing,
                 documents.document(tmp_path / "docx"), tmp_path / "missing"):
        assert from_deck(path) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_decks_with_parts_damaged_by_chance(tmp_path, chance):
    source = LAYOUTS[chance.choice(list(LAYOUTS))]().save(tmp_path / "whole.pptx")

    def damage(name: str, data: bytes) -> bytes:
        if not re.match(r"ppt/(slides|charts|notesSlides)/", name) or chance.random() < 0.4:
            return data
        words = re.findall(rb'(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)|<[a-z]+:[A-Za-z]+', data)
        for word in chance.sample(words, min(5, len(words))):
            other = b"<x:y" if word.startswith(b"<") else b"-1"
            data = data.replace(word, chance.choice((b"", other, word[::-1], b"9" * 40)), 1)
        return data

    from_deck(rewritten(source, tmp_path / "damaged.pptx", damage))


def test_a_chart_that_claims_a_billion_points(tmp_path):
    deck = CampaignDeck("Chart", "Q3 2026")
    deck.chart("Results", ["Leads", "MQLs"], {"Count": [214, 96]})
    path = rewritten(deck.save(tmp_path / "deck.pptx"), tmp_path / "liar.pptx",
                     lambda name, data: re.sub(rb'ptCount val="\d+"', b'ptCount val="1000000000"', data))
    started = time.monotonic()
    assert {each.field: each.value for each in from_deck(path)}["leads"] == 214
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("text", [
    "1," * 5000, "(" * 5000, "Leads: " * 2000, "1 " * 3000, "€" * 3000, "Q3 " * 3000, "线索" * 3000, "a | " * 3000,
    "Leads 1,000 " * 1000, "-" * 5000, "~" * 3000,
])
def test_long_lines_take_no_time(text):
    started = time.process_time()
    from_pages([text, "\n".join([text] * 20)])
    assert time.process_time() - started < 2


def test_a_deck_of_more_than_anybody_shows():
    deck = Presentation()
    for number in range(MOST_SLIDES + 5):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"Slide {number}"
        for row in range(6):
            box = slide.shapes.add_textbox(Inches(1), Inches(row), Inches(4), Inches(1))
            box.text_frame.text = f"{number * 7} things\nSomething: {row}\nWe generated {row} ideas in total."
    started = time.process_time()
    found = from_presentation(deck)
    assert time.process_time() - started < 10
    assert {each.field for each in found} <= {"title"}


def test_a_table_of_more_cells_than_are_read(tmp_path):
    deck = CampaignDeck("Rows", "Q3 2026")
    deck.table("Results", ("Metric", "Actual"), *(("Something", str(row)) for row in range(600)), ("Leads", "214"))
    assert {each.field: each.value for each in from_deck(deck.save(tmp_path / "deck.pptx"))}["leads"] == 214


def test_groups_within_groups(tmp_path):
    deck = CampaignDeck("Groups", "Q3 2026")
    place = deck.boxes("Results")
    for _ in range(40):
        place = place.shapes.add_group_shape()
        deck.box(place, "Nothing", 1, 1)
    assert [each.field for each in from_deck(deck.save(tmp_path / "deck.pptx"))] == ["title", "quarter"]
