"""Honest files come out as pages."""

import os
import resource
import shutil
import sys
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from app.assets.rendering import Limits, render
from app.assets.rendering.fonts import Fonts
from app.assets.rendering.render import BUILT_FONTS
from app.assets.sniff import media_type
from tests.making import documents, hostile

DATABASES = ("sqlite",)
"""Files are drawn by a process that knows no database."""

has_fonts = Fonts([BUILT_FONTS]).stand_in("Arial") is not None


@pytest.fixture
def rendered(tmp_path):
    """Renders a file as an upload of that name would be."""

    def run(path, name="file", on_progress=None, **limits):
        return render(path, media_type(path, name), tmp_path / "out", on_progress, limits=Limits(**limits))

    return run


def test_a_deck_has_its_words_its_notes_and_its_hidden_slides(rendered, tmp_path):
    done = rendered(documents.deck(tmp_path / "a"))
    assert [page.title for page in done.pages] == ["Where we stand", "What it cost", "Not for the customer"]
    assert [page.hidden for page in done.pages] == [False, False, True]
    assert done.pages[0].notes == "Say this slowly"
    assert "Grouped words" in done.pages[0].text
    for word in ("Webinar\t42", "Pipeline by region", "Responses", "EMEA, DACH"):
        assert word in done.pages[1].text
    assert "Say this slowly" in done.text


@pytest.mark.skipif(not has_fonts, reason="no fonts: neither the front end is built nor has the system any")
def test_a_deck_has_pictures_of_two_sizes(rendered, tmp_path):
    page = rendered(documents.deck(tmp_path / "a")).pages[1]
    with Image.open(page.image_path) as image, Image.open(page.thumbnail_path) as thumbnail:
        assert (image.format, image.size) == ("WEBP", (1600, 1200))
        assert thumbnail.size == (320, 240)
        assert (page.width, page.height) == image.size
        assert len(image.getcolors(1 << 24)) > 10


def test_a_deck_that_cannot_be_drawn_keeps_its_words(tmp_path):
    path = documents.deck(tmp_path / "a")
    done = render(path, media_type(path, "a"), tmp_path / "out", fonts=[tmp_path], system_fonts=[])
    assert done.reason == "no_pictures"
    assert [page.image_path for page in done.pages] == [None] * 3
    assert done.pages[0].title == "Where we stand"


def test_pages_are_told_one_by_one(rendered, tmp_path):
    told = []
    rendered(documents.deck(tmp_path / "a"), on_progress=lambda page, total: told.append((page.number, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_pdf_has_pictures_and_words(rendered, tmp_path):
    done = rendered(documents.pdf(tmp_path / "a"))
    assert [page.text for page in done.pages] == ["First page", "Second page"]
    assert done.pages[0].height == 1600
    assert done.pages[0].image_path.stat().st_size > 100


def test_more_pages_than_the_limit_are_left_out_and_it_says_so(rendered, tmp_path):
    done = rendered(documents.pdf(tmp_path / "a", ("one", "two", "three")), pages=2)
    assert [page.number for page in done.pages] == [1, 2]
    assert done.reason == "first_pages_only"


def test_a_picture_stands_upright(rendered, tmp_path):
    page = rendered(documents.picture(tmp_path / "a.jpeg", orientation=6)).pages[0]
    assert (page.width, page.height) == (800, 1600)
    with Image.open(page.image_path) as image:
        red, _, blue = image.convert("RGB").getpixel((400, 100))
        assert red > 200 > 50 > blue


@pytest.mark.parametrize("suffix", ["png", "gif", "webp", "avif", "tiff", "bmp"])
def test_pictures_of_every_format_come_out(rendered, tmp_path, suffix):
    assert rendered(documents.picture(tmp_path / f"a.{suffix}")).pages[0].width == 1600


def test_a_small_picture_is_not_blown_up(rendered, tmp_path):
    assert rendered(documents.picture(tmp_path / "a.png", (40, 20))).pages[0].width == 40


def test_only_the_first_frame_of_a_moving_picture_is_shown(rendered, tmp_path):
    frames = [Image.new("RGB", (50, 50), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])
    with Image.open(rendered(tmp_path / "a.gif").pages[0].image_path) as image:
        assert image.convert("RGB").getpixel((5, 5))[0] > 200


def test_a_sixteen_bit_scan_is_not_washed_out(rendered, tmp_path):
    scan = Image.new("I;16", (100, 100), 1000)
    scan.putpixel((0, 0), 60_000)
    scan.save(tmp_path / "a.tiff")
    with Image.open(rendered(tmp_path / "a.tiff").pages[0].image_path) as image:
        assert image.convert("L").getpixel((50, 50)) < 40


def test_an_svg_gives_its_words_and_no_picture(rendered, tmp_path):
    (tmp_path / "a").write_bytes(hostile.SVG_WITH_SCRIPT)
    page = rendered(tmp_path / "a").pages[0]
    assert page.text == "Harmless words"
    assert page.image_path is None


def test_html_called_pdf_gives_its_words(rendered, tmp_path):
    (tmp_path / "a.pdf").write_bytes(hostile.HTML)
    assert rendered(tmp_path / "a.pdf", "a.pdf").text.splitlines()[-1] == "Sign in here"


def test_a_word_document(rendered, tmp_path):
    done = rendered(documents.document(tmp_path / "a"))
    assert done.pages[0].title == "Launch plan"
    assert "Owner\tLena" in done.pages[0].text
    assert done.pages[0].notes == "Confidential header"
    assert "On the second page" in done.pages[1].text


def test_a_workbook_has_a_page_a_sheet(rendered, tmp_path):
    done = rendered(documents.workbook(tmp_path / "a"))
    assert [(page.title, page.hidden) for page in done.pages] == [("Budget", False), ("Margins", True)]
    assert done.pages[0].text == "Channel\tCost\nWebinar\t1200.5"


def test_a_workbook_that_lies_about_its_size_costs_nothing(rendered, tmp_path):
    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "far away"
    book.active["A1"] = "near"
    book.save(tmp_path / "a")
    assert rendered(tmp_path / "a", seconds=20).pages[0].text == "near"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_in_any_encoding(rendered, tmp_path, encoding):
    (tmp_path / "a").write_bytes("Größe und Preis\r\nzwei Zeilen".encode(encoding))
    page = rendered(tmp_path / "a", "a.txt").pages[0]
    assert (page.title, page.text) == ("Größe und Preis", "Größe und Preis\nzwei Zeilen")


def test_long_text_is_cut_into_pages_between_lines(rendered, tmp_path):
    lines = [f"line {number}" for number in range(2000)]
    (tmp_path / "a").write_text("\n".join(lines))
    done = rendered(tmp_path / "a", "a.txt")
    assert 4 < len(done.pages) < 12
    assert "\n".join(page.text for page in done.pages).split("\n") == lines


def test_more_characters_than_the_limit_are_cut_and_it_says_so(rendered, tmp_path):
    (tmp_path / "a").write_text("word " * 4000)
    done = rendered(tmp_path / "a", "a.txt", characters=5000)
    assert len(done.text) < 5200
    assert done.reason == "text_cut"


def test_a_mail_gives_its_heads_and_its_body(rendered, tmp_path):
    (tmp_path / "a").write_bytes(b"From: lena@example.com\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\n\nSee you there\n")
    text = rendered(tmp_path / "a", "a.eml").text
    assert "Subject: Grüße" in text
    assert "See you there" in text


def test_what_has_no_pages_says_so(rendered, tmp_path):
    (tmp_path / "a").write_bytes(b"\0\0\0\x18ftypisom" + bytes(99))
    assert rendered(tmp_path / "a").reason == "no_preview"


def test_text_fit_for_any_database(rendered, tmp_path):
    (tmp_path / "a.md").write_text("# One\x0btwo\x07\n\n\n\n\nthree" + "." * 999)
    assert rendered(tmp_path / "a.md", "a.md").pages[0].text == "# One\ntwo\n\nthree" + "." * 999


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice, which is optional")
def test_libreoffice_opens_what_nothing_else_does(rendered, tmp_path):
    (tmp_path / "a").write_bytes(b"{\\rtf1 Old words}")
    assert "Old words" in rendered(tmp_path / "a").text


def test_the_parent_stays_small(rendered, tmp_path):
    path = documents.pdf(tmp_path / "a", tuple(f"page {number}" for number in range(60)))
    rendered(path, pages=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rendered(path)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * (1 if sys.platform == "darwin" else 1024)
    assert grown < 10 << 20


def test_real_decks_come_out_whole(rendered):
    folder = os.environ.get("QUARTERDECK_DECKS")
    if not has_fonts or not folder:
        pytest.skip("QUARTERDECK_DECKS names no folder of real decks")
    for path in Path(folder).glob("*.pptx"):
        done = rendered(path, path.name, pages=5)
        assert all(page.image_path for page in done.pages), path.name


FAKE_OFFICE = """#!{python}
import pathlib, shutil, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
shutil.copyfile({pdf!r}, folder / "source.pdf")
"""


def test_libreoffice_draws_what_the_engine_cannot(tmp_path, monkeypatch):
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    printed = documents.pdf(tmp_path / "printed", ("one", "two", "three"), "0 0 800 600")
    program.write_text(FAKE_OFFICE.format(python=sys.executable, pdf=str(printed)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    path = documents.deck(tmp_path / "a")
    done = render(path, media_type(path, "a"), tmp_path / "out", fonts=[], system_fonts=[])
    assert done.reason is None
    assert [(page.title, page.width, page.hidden) for page in done.pages][-1] == ("Not for the customer", 1600, True)
