"""Decks are mended in a copy where the engine would draw boxes or mirrored words."""

import io
import zipfile

import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from app.assets.rendering.bidi import MARK
from app.assets.rendering.deck_repair import repaired
from app.assets.rendering.fonts import Fonts
from app.assets.rendering.render import BUILT_FONTS
from app.assets.rendering.wardrobe import Wardrobe


@pytest.fixture
def wardrobe():
    return Wardrobe(Fonts([BUILT_FONTS], system=[]), [])


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


@pytest.fixture
def paragraphs(tmp_path, wardrobe):
    def made(*wanted):
        source = deck(tmp_path / "source", *wanted)
        slide = Presentation(repaired(source, tmp_path / "copy", wardrobe)).slides[0]
        return [paragraph._p for paragraph in slide.shapes[0].text_frame.paragraphs[1:]]

    return made


def bullet(paragraph):
    return paragraph.pPr.find(qn("a:buChar")).get("char")


def test_bullets_that_cannot_be_drawn_become_plain_ones(paragraphs):
    found = paragraphs(("one", "Wingdings", "Ø"), ("two", "Arial", "➢"), ("three", "Arial", "»"))
    assert [bullet(paragraph) for paragraph in found] == ["•", "•", "»"]


def test_a_bullet_in_a_text_box_gets_room(paragraphs):
    [found] = paragraphs(("one", "Arial", "•"))
    assert int(found.pPr.get("marL")) == -int(found.pPr.get("indent")) > 0


def test_arabic_runs_from_the_right_and_english_does_not(paragraphs):
    found = paragraphs(("مرحبا بالعالم",), ("2026 النتائج",), ("Results (النتائج)",), ("plain",))
    assert [paragraph.pPr.get("rtl") for paragraph in found] == ["1", "1", None, None]


def test_hebrew_inside_english_is_put_in_the_order_it_is_seen_in(paragraphs):
    [found] = paragraphs(("Results שלום 2026 here",))
    assert "".join(each.text for each in found.iter(qn("a:t"))) == f"Results {MARK}2026 םולש here"


def test_runs_that_change_places_keep_their_looks(tmp_path, wardrobe):
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    paragraph = slide.shapes.add_textbox(0, 0, Inches(5), Inches(5)).text_frame.paragraphs[0]
    for text, bold in (("See ", None), ("אב", True), (" גד", None), (" now", None)):
        run = paragraph.add_run()
        run.text, run.font.bold = text, bold
    made.save(tmp_path / "source")
    slide = Presentation(repaired(tmp_path / "source", tmp_path / "copy", wardrobe)).slides[0]
    runs = slide.shapes[0].text_frame.paragraphs[0].runs
    assert [(run.text, run.font.bold) for run in runs] == [
        ("See ", None),
        (f"{MARK}דג ", None),
        ("בא", True),
        (" now", None),
    ]


def test_a_deck_that_needs_nothing_is_not_copied(tmp_path, wardrobe):
    source = deck(tmp_path / "source", ("plain",))
    assert repaired(source, tmp_path / "copy", wardrobe) == source
    assert not (tmp_path / "copy").exists()


SMART_ART = """<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dsp:spTree><dsp:sp><dsp:txBody>
 <a:p><a:r><a:t>市场 first</a:t></a:r></a:p></dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"""


def test_the_drawing_of_smart_art_gets_faces(tmp_path, wardrobe):
    source = deck(tmp_path / "source", ("plain",))
    with zipfile.ZipFile(source, "a") as package:
        package.writestr("ppt/diagrams/drawing1.xml", SMART_ART)
    with zipfile.ZipFile(repaired(source, tmp_path / "copy", wardrobe)) as package:
        root = etree.fromstring(package.read("ppt/diagrams/drawing1.xml"))
    runs = [(run.findtext(qn("a:t")), run.find(qn("a:rPr"))) for run in root.iter(qn("a:r"))]
    assert [text for text, _ in runs] == ["市场", " first"]
    assert runs[0][1].find(qn("a:latin")).get("typeface").startswith("fallback")
    assert runs[1][1] is None


def test_films_are_left_out_of_the_copy_and_pictures_are_not(tmp_path, wardrobe):
    source = deck(tmp_path / "source", ("plain",))
    with zipfile.ZipFile(source, "a") as package:
        for name in ("ppt/media/film.mp4", "ppt/media/image.png", "ppt/embeddings/book.xlsx"):
            package.writestr(name, bytes(2 << 20))
    with zipfile.ZipFile(repaired(source, tmp_path / "copy", wardrobe)) as package:
        sizes = {name: package.getinfo(name).file_size for name in package.namelist()}
    assert sizes["ppt/media/film.mp4"] == sizes["ppt/embeddings/book.xlsx"] == 0
    assert sizes["ppt/media/image.png"] == 2 << 20


def test_a_picture_of_one_system_gives_way_to_its_fallback(tmp_path, wardrobe):
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(picture, "PNG")
    made = Presentation()
    shape = made.slides.add_slide(made.slide_layouts[6]).shapes.add_picture(picture, 0, 0)._element
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    alternative = etree.fromstring(
        f'<mc:AlternateContent xmlns:mc="{markup}"><mc:Choice Requires="ma"/><mc:Fallback/></mc:AlternateContent>'
    )
    fill = shape.find(qn("p:blipFill"))
    fill.addprevious(alternative)
    alternative[1].append(fill)
    made.save(tmp_path / "source")

    slide = Presentation(repaired(tmp_path / "source", tmp_path / "copy", wardrobe)).slides[0]
    assert slide.shapes[0].image.size == (40, 20)


@pytest.mark.parametrize(("family", "twin"), [
    ("Times New Roman", "Tinos"), ("Courier New", "Cousine"), ("Cambria", "Caladea"), ("Georgia", "Gelasio"),
    ("Calibri", "Carlito"), ("Arial", "Arimo"),
])
def test_usual_families_have_a_twin_of_the_same_widths(family, twin):
    assert Fonts([BUILT_FONTS], system=[]).stand_in(family) == twin
