"""The decks of the demo company, against the figures of its reviews; and real ones, where they are at hand."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.demo import reviews
from app.demo.calendar import Calendar
from app.demo.script import scenes
from app.reviews.proposals import Known, from_deck
from app.reviews.proposals.proposal import FIGURES

CALENDAR = Calendar(datetime(2026, 11, 20, 17, tzinfo=UTC))
FILES = ("reviews_newest", "reviews_recent", "reviews_last_year", "reviews_before")
CONTENTS = [reviews.read(scene.root, CALENDAR) for name in FILES for scene in scenes(name)
            if scene.root.verb == "review"]
# What a review's deck shows of its figures; the others are kept in the review alone.
SHOWN = [name for name in FIGURES if name not in ("sent", "margin")]
REAL = Path(os.environ.get("REAL_DECKS", "data/decks"))


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.filename)
def test_decks_of_the_demo_company(content, tmp_path):
    path = tmp_path / content.filename
    path.write_bytes(reviews.deck(content, "Lena Fischer"))
    found = from_deck(path, Known(programmes=(content.fields["programme"],)))
    figures = {each.field: each.value for each in found if each.field in FIGURES}
    assert figures == {name: content.fields[name] for name in SHOWN if content.fields.get(name) is not None}
    facts = {each.field: each.value for each in found if each.field not in FIGURES}
    assert facts["title"] == content.title
    for name in ("quarter", "region", "segment", "channels", "currency", "next_steps"):
        assert facts[name] == content.fields[name]
    programme = content.fields["programme"]
    assert facts.get("programme", programme).lower() == programme.lower()


@pytest.mark.skipif(not REAL.is_dir(), reason="no real decks here")
def test_real_decks_give_what_a_reader_finds():
    found = {path.name: {each.field: each.value for each in from_deck(path)} for path in sorted(REAL.glob("*.pptx"))}
    assert found
    for proposals in found.values():
        assert set(proposals) & set(FIGURES) <= {"cost"}
