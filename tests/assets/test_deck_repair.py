"""Decks are mended in a copy where the engine would draw boxes or mirrored words."""

import zipfile

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from app.assets.rendering.deck_repair import repaired

LATIN = frozenset(range(0x20, 0x250)) | {ord("•")}


def deck(path, *paragraphs):
    """One text box; each paragraph is its text and perhaps the font and character of its bullet."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    body = slide.shapes.add_textbox(0, 0, Inches(5), Inches(5)).text_frame
    for text, *bullet in paragraphs:
        paragraph = body.add_paragraph()
        paragraph.text = text
        properties = paragraph._p.get_or_add_pPr()
        if bullet:
            properties.append(properties.makeelement(qn("a:buFont"), {"typeface": bullet[0]}))
            properties.append(properties.makeelement(qn("a:buChar"), {"char": bullet[1]}))
    made.save(path)
    return path


def paragraphs(tmp_path, *wanted):
    source = deck(tmp_path / "source", *wanted)
    slide = Presentation(repaired(source, tmp_path / "copy", LATIN)).slides[0]
    return [paragraph._p for paragraph in slide.shapes[0].text_frame.paragraphs[1:]]


def bullet(paragraph):
    return paragraph.pPr.find(qn("a:buChar")).get("char")


def test_bullets_that_cannot_be_drawn_become_plain_ones(tmp_path):
    found = paragraphs(tmp_path, ("one", "Wingdings", "Ø"), ("two", "Arial", "➢"), ("three", "Arial", "»"))
    assert [bullet(paragraph) for paragraph in found] == ["•", "•", "»"]


def test_a_bullet_in_a_text_box_gets_room(tmp_path):
    [found] = paragraphs(tmp_path, ("one", "Arial", "•"))
    assert int(found.pPr.get("marL")) == -int(found.pPr.get("indent")) > 0


def test_arabic_runs_from_the_right_and_english_does_not(tmp_path):
    found = paragraphs(tmp_path, ("مرحبا بالعالم",), ("2026 النتائج",), ("Results (النتائج)",), ("plain",))
    assert [paragraph.pPr.get("rtl") for paragraph in found] == ["1", "1", None, None]


def test_a_deck_that_needs_nothing_is_not_copied(tmp_path):
    source = deck(tmp_path / "source", ("plain",))
    with zipfile.ZipFile(source) as package:
        bullets = set("".join(package.read(name).decode("utf-8", "replace") for name in package.namelist()))
    assert repaired(source, tmp_path / "copy", {ord(character) for character in bullets}) == source
    assert not (tmp_path / "copy").exists()


def test_films_are_left_out_of_the_copy_and_pictures_are_not(tmp_path):
    source = deck(tmp_path / "source", ("plain",))
    with zipfile.ZipFile(source, "a") as package:
        for name in ("ppt/media/film.mp4", "ppt/media/image.png", "ppt/embeddings/book.xlsx"):
            package.writestr(name, bytes(2 << 20))
    with zipfile.ZipFile(repaired(source, tmp_path / "copy", LATIN)) as package:
        sizes = {name: package.getinfo(name).file_size for name in package.namelist()}
    assert sizes["ppt/media/film.mp4"] == sizes["ppt/embeddings/book.xlsx"] == 0
    assert sizes["ppt/media/image.png"] == 2 << 20
