"""Fonts are found in every form they come in, and every character gets a face that has it."""

import io
import os
import struct
import tracemalloc
import zlib

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.assets.rendering.fontfile import faces
from app.assets.rendering.fonts import Fonts
from app.assets.rendering.render import BUILT_FONTS


def plain():
    """A small real font, the one that comes inside Pillow."""
    return ImageFont.load_default(12).path.getvalue()


def tables(data):
    count = struct.unpack_from(">H", data, 4)[0]
    return [struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count)]


def woff(data):
    packed = [(tag, total, size, zlib.compress(data[at : at + size])) for tag, total, at, size in tables(data)]
    packed = [(tag, total, size, raw) for tag, total, size, raw in packed if len(raw) < size] or packed
    kept = {entry[0] for entry in packed}
    whole = [(tag, total, size, data[at : at + size]) for tag, total, at, size in tables(data) if tag not in kept]
    entries, body, start = b"", b"", 44 + 20 * (len(packed) + len(whole))
    for tag, total, size, raw in sorted(packed + whole):
        entries += struct.pack(">4sIIII", tag, start + len(body), len(raw), size, total)
        body += raw
    head = struct.pack(">4s4sIHHI", b"wOFF", data[:4], start + len(body), len(packed) + len(whole), 0, len(data))
    return head.ljust(44, b"\0") + entries + body


def collection(data):
    """The same face twice in one file, as tables with offsets from its start."""
    head = struct.pack(">4sIIII", b"ttcf", 0x10000, 2, 20, 20)
    directory = data[:12]
    for tag, total, at, size in tables(data):
        directory += struct.pack(">4sIII", tag, total, at + 20, size)
    return head + directory + data[len(directory) :]


@pytest.mark.parametrize("wrap", [bytes, woff, collection])
def test_a_face_reads_the_same_in_every_wrapping(tmp_path, wrap):
    (tmp_path / "font").write_bytes(wrap(plain()))
    face = faces(tmp_path / "font")[0]
    assert (face.family, face.italic, face.weight) == ("Aileron", False, 400)
    assert {ord("a"), ord("Z")} <= face.characters
    assert ord("市") not in face.characters


@pytest.mark.parametrize("wrap", [woff, collection])
def test_unwrapped_it_draws_the_same(tmp_path, wrap):
    def drawn(data):
        image = Image.new("L", (200, 40))
        ImageDraw.Draw(image).text((5, 5), "Quarter", 255, ImageFont.truetype(io.BytesIO(data), 24))
        return image.tobytes()

    (tmp_path / "font").write_bytes(wrap(plain()))
    assert drawn(faces(tmp_path / "font")[0].sfnt()) == drawn(plain())


@pytest.mark.parametrize("junk", [b"", b"wOFF", b"ttcf\0\0\0\0\xff\xff\xff\xff", b"OTTO" + bytes(300), b"no font"])
def test_what_is_no_font_is_no_error(tmp_path, junk):
    (tmp_path / "font").write_bytes(junk)
    assert faces(tmp_path / "font") == []


def test_a_truncated_font_is_no_error(tmp_path):
    for size in range(0, len(plain()), 997):
        (tmp_path / "font").write_bytes(woff(plain())[:size])
        faces(tmp_path / "font")


def test_a_folder_of_ours_comes_before_the_system(tmp_path):
    (tmp_path / "a.ttf").write_bytes(plain())
    fonts = Fonts([tmp_path], system=[])
    assert fonts.stand_in("Aileron") == "Aileron"
    assert fonts.stand_in("Calibri") is None
    assert fonts.face("aileron", True, True).family == "Aileron"
    assert fonts.face("Aileron", False, False, "市") is None


def test_without_fonts_nothing_stands_in(tmp_path):
    assert Fonts([tmp_path], system=[tmp_path / "missing"]).stand_in("Arial") is None


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("character", list("ŁЖΩế市體、，カの한عپﻊש→↗∑≥①✓★▲✅⚠😀🚀"))
def test_what_comes_with_the_front_end_has_every_common_character(character, bold):
    face = Fonts([BUILT_FONTS], system=[]).fallback(character, bold)
    assert ord(character) in face.characters


def test_japanese_ideographs_are_japanese_in_a_japanese_deck_only():
    fonts = Fonts([BUILT_FONTS], system=[])
    assert fonts.fallback("直", False).family == "Noto Sans S Chinese"
    assert fonts.fallback("直", False, japanese=True).family == "BIZ UDPGothic"
    assert fonts.fallback("销", False, japanese=True).family == "Noto Sans S Chinese"


def test_what_comes_with_the_front_end_is_bold_where_slides_are():
    for character in "市カ한ع":
        assert Fonts([BUILT_FONTS], system=[]).fallback(character, True).weight == 700


def test_whole_families_stand_in_so_that_charts_need_one_face_only():
    fonts = Fonts([BUILT_FONTS], system=[])
    for family, words in (("Arial", "Łódź Ελλάδα Москва שלום"), ("Calibri", "Łódź Ελλάδα Москва")):
        face = fonts.face(fonts.stand_in(family), False, False)
        assert {ord(each) for each in words} <= face.characters


def test_of_a_large_font_only_what_is_asked_for_is_read(tmp_path):
    large = tmp_path / "font"
    large.write_bytes(plain())
    os.truncate(large, 1 << 30)
    tracemalloc.start()
    assert ord("a") in faces(large)[0].characters
    assert tracemalloc.get_traced_memory()[1] < 10 << 20
    tracemalloc.stop()
