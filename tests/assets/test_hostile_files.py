"""Every hostile or broken file ends with a reason, and soon."""

import time

import pytest

from app.assets.packages import PPTX
from app.assets.reasons import UNREADABLE
from app.assets.rendering import Limits, Unreadable, render
from app.assets.sniff import media_type
from tests.making import documents, hostile

DATABASES = ("sqlite",)
"""Files are drawn by a process that knows no database."""


def outcome(path, tmp_path, name="upload", **limits):
    """The reason a file is refused with, or None and its pages."""
    started = time.monotonic()
    try:
        rendered = render(path, media_type(path, name), tmp_path / "out", limits=Limits(seconds=60, **limits))
    except Unreadable as failure:
        assert failure.code in UNREADABLE
        return failure.code, []
    finally:
        assert time.monotonic() - started < 30
    return rendered.reason, rendered.pages


def test_a_truncated_deck(tmp_path):
    path = hostile.truncated(documents.deck(tmp_path / "whole"), tmp_path / "a")
    assert outcome(path, tmp_path) == ("damaged", [])


@pytest.mark.parametrize("share", [0.05, 0.3])
def test_a_truncated_pdf(tmp_path, share):
    path = hostile.truncated(documents.pdf(tmp_path / "whole"), tmp_path / "a", share)
    assert outcome(path, tmp_path)[0] == "damaged"


@pytest.mark.parametrize("make", [documents.document, documents.workbook])
def test_truncated_documents(tmp_path, make):
    path = hostile.truncated(make(tmp_path / "whole"), tmp_path / "a")
    assert outcome(path, tmp_path) == ("damaged", [])


@pytest.mark.parametrize("suffix", ["png", "jpeg", "webp", "tiff", "gif"])
def test_truncated_pictures(tmp_path, suffix):
    path = hostile.truncated(documents.picture(tmp_path / f"whole.{suffix}"), tmp_path / "a", 0.5)
    assert outcome(path, tmp_path) == ("damaged", [])


def test_locked_files(tmp_path):
    assert outcome(hostile.locked_pdf(tmp_path / "a"), tmp_path) == ("encrypted", [])
    locked = hostile.ole(tmp_path / "b", "EncryptionInfo", "EncryptedPackage")
    assert outcome(locked, tmp_path, "quarter.pptx") == ("encrypted", [])


@pytest.mark.parametrize("part", list(hostile.MAIN_TYPES))
def test_a_zip_bomb_is_never_opened(tmp_path, part):
    assert outcome(hostile.zip_bomb(tmp_path / "a", part), tmp_path) == ("too_large_unpacked", [])


def test_a_bomb_within_an_honest_deck_does_not_go_off(tmp_path):
    bomb = hostile.zip_bomb(tmp_path / "bomb")
    reason, pages = outcome(hostile.nested_bomb(tmp_path / "a", bomb), tmp_path)
    assert len(pages) == 3
    assert reason in (None, "no_pictures")


def test_a_package_that_lies_about_sizes(tmp_path):
    path = hostile.lying_sizes(documents.deck(tmp_path / "whole"), tmp_path / "a")
    assert outcome(path, tmp_path)[0] in ("damaged", "unsafe")


@pytest.mark.parametrize("part", list(hostile.MAIN_TYPES))
def test_a_billion_laughs(tmp_path, part):
    assert outcome(hostile.billion_laughs(tmp_path / "a", part), tmp_path) == ("unsafe", [])


def test_a_billion_laughs_in_an_svg_is_only_text(tmp_path):
    (tmp_path / "a").write_bytes(
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg><text>&b;</text></svg>'
    )
    reason, pages = outcome(tmp_path / "a", tmp_path)
    assert reason is None
    assert pages[0].image_path is None


@pytest.mark.parametrize("count", [200_000_000, 2_147_483_647])
def test_a_pdf_of_two_hundred_million_pages(tmp_path, count):
    assert outcome(hostile.endless_pdf(tmp_path / "a", count), tmp_path) == ("too_many_pages", [])


def test_a_pdf_that_really_has_a_hundred_million_pages(tmp_path):
    assert outcome(hostile.bushy_pdf(tmp_path / "a"), tmp_path) == ("too_many_pages", [])
    reason, pages = outcome(hostile.bushy_pdf(tmp_path / "b", 4), tmp_path, pages=20)
    assert (reason, len(pages)) == ("first_pages_only", 20)


def test_a_pdf_whose_pages_go_in_circles(tmp_path):
    reason, pages = outcome(hostile.circular_pdf(tmp_path / "a"), tmp_path)
    assert reason == "damaged" or len(pages) <= 50


@pytest.mark.parametrize("box", ["0 0 1036800 1036800", "0 0 0 0", "0 0 1e38 1e38", "5 5 -5 -1e9", "0 0 1 1036800"])
def test_a_pdf_with_pages_of_absurd_size(tmp_path, box):
    reason, pages = outcome(documents.pdf(tmp_path / "a", ("words",), box), tmp_path)
    assert reason == "damaged" or max(pages[0].width or 0, pages[0].height or 0) <= 1600


def test_an_image_bomb(tmp_path):
    assert outcome(hostile.image_bomb(tmp_path / "a"), tmp_path) == ("too_many_pixels", [])


def test_an_image_just_within_the_limit_comes_out(tmp_path):
    reason, pages = outcome(hostile.image_bomb(tmp_path / "a", 9_000), tmp_path)
    assert (reason, pages[0].width) == (None, 1600)


def test_an_empty_file(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    assert outcome(tmp_path / "a", tmp_path) == ("empty", [])


def test_an_old_format_without_the_program_for_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    path = hostile.ole(tmp_path / "a", "PowerPoint Document")
    assert outcome(path, tmp_path) == ("old_format", [])


@pytest.mark.parametrize("part", list(hostile.MAIN_TYPES))
@pytest.mark.parametrize("content", [b"", b"<", b"<a/>", b"\xff\xfe\0\0", b"<a>" * 100_000])
def test_packages_with_a_broken_main_part(tmp_path, part, content):
    assert outcome(hostile.office(tmp_path / "a", part, {part: content}), tmp_path) == ("damaged", [])


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_never_escape(tmp_path, seed):
    make = [documents.deck, documents.pdf, documents.document, documents.workbook][seed % 4]
    data = bytearray(make(tmp_path / "whole").read_bytes())
    for number in range(40):
        data[(seed * 7919 + number * 104_729) % len(data)] ^= 1 << (number % 8)
    (tmp_path / "a").write_bytes(data)
    outcome(tmp_path / "a", tmp_path)


def test_what_is_called_a_deck_but_is_noise(tmp_path):
    (tmp_path / "a").write_bytes(b"PK\3\4" + bytes(range(256)) * 50)
    with pytest.raises(Unreadable) as caught:
        render(tmp_path / "a", type("Type", (), {"type": PPTX, "kind": "deck"}), tmp_path / "out")
    assert caught.value.code == "damaged"
