"""The files of the demo company are what they claim to be."""

import io
from decimal import Decimal

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from sqlalchemy import select

from app.assets.actions import store
from app.assets.models import Version
from app.demo import files, reviews
from app.reviews.kpis import kpis
from app.reviews.models import Review

TEXT = "# First\nA line\n- A point\nName | Figure\nCups | 1,200\n# Second\nAnother line"


def test_every_review_has_a_deck_with_chart_table_and_notes(loaded):
    for review in loaded.scalars(select(Review)):
        with store().open(review.deck.current.sha256) as file:
            slides = list(Presentation(file).slides)
        shapes = [shape for slide in slides for shape in slide.shapes]
        assert 6 <= len(slides) <= 12
        assert any(shape.has_chart for shape in shapes) and any(shape.has_table for shape in shapes)
        assert any(slide.has_notes_slide and slide.notes_slide.notes_text_frame.text for slide in slides)
        assert all(slide.shapes.title.text_frame.text for slide in slides)


def test_files_are_recognised_by_content_as_what_their_names_say(loaded):
    kinds = {version.filename.rpartition(".")[2]: version.media_kind for version in loaded.scalars(select(Version))}
    assert {"pptx", "pdf", "docx", "xlsx", "png", "csv"} <= set(kinds)
    assert "other" not in kinds.values()


def test_figures_fit_together(loaded):
    for review in loaded.scalars(select(Review)):
        chain = [review.metrics[name] for name in ("responses", "leads", "mqls", "sqls", "opportunities")]
        known = [figure for figure in chain if figure is not None]
        assert known == sorted(known, reverse=True), review.title
        if review.won and review.margin is not None:
            assert Decimal("0.25") < review.margin / review.won < Decimal("0.45"), review.title
        assert {kpi.name: kpi.value for kpi in kpis(review.metrics)}["cpl"] is not None


def test_some_figures_are_missing(loaded):
    assert any(None in (review.margin, review.sqls, review.sent) for review in loaded.scalars(select(Review)))


def test_a_split_adds_up():
    assert reviews.split(100, (1, 1, 1)) == [34, 33, 33]
    assert sum(reviews.split(742, (38, 47, 15))) == 742


def test_a_pdf_holds_its_text():
    document = pypdfium2.PdfDocument(files.make("a.pdf", TEXT))
    assert len(document) == 2
    assert "A point" in document[0].get_textpage().get_text_range()


def test_a_document_holds_its_text_and_table():
    document = Document(io.BytesIO(files.make("a.docx", TEXT)))
    assert "A line" in [paragraph.text for paragraph in document.paragraphs]
    assert document.tables[0].cell(1, 1).text == "1,200"


def test_a_sheet_holds_numbers():
    book = load_workbook(io.BytesIO(files.make("a.xlsx", "# First\nName | Figure\nCups | 1,200\nCode | 4-01")))
    assert list(book["First"].values) == [("Name", "Figure"), ("Cups", 1200), ("Code", "4-01")]


def test_a_picture_is_one():
    assert Image.open(io.BytesIO(files.make("a.png", TEXT))).format == "PNG"


def test_an_unknown_ending_is_refused():
    with pytest.raises(KeyError):
        files.make("a.exe", TEXT)
