"""What a file is, is decided by its bytes."""

import gzip
import io
import json
import wave
import zipfile

import pytest

from app.assets.packages import DOCX, PPTX, XLSX
from app.assets.sniff import ENCRYPTED_OFFICE, inline_safe, media_type
from tests.making import documents, hostile


def sniff(tmp_path, data, name="file"):
    path = tmp_path / "stored"
    path.write_bytes(data)
    found = media_type(path, name)
    return found.type, found.kind


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (documents.pdf, ("application/pdf", "document")),
        (documents.deck, (PPTX, "deck")),
        (documents.document, (DOCX, "document")),
        (documents.workbook, (XLSX, "sheet")),
    ],
)
def test_documents_are_known_whatever_they_are_called(tmp_path, make, expected):
    found = media_type(make(tmp_path / "made"), "holiday.jpg")
    assert (found.type, found.kind) == expected


@pytest.mark.parametrize("suffix", ["png", "jpeg", "gif", "webp", "avif", "tiff", "bmp"])
def test_pictures(tmp_path, suffix):
    found = media_type(documents.picture(tmp_path / f"a.{suffix}", (40, 20)), "picture.txt")
    assert (found.type, found.kind) == (f"image/{suffix}", "image")


def ftyp(brand):
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + bytes(32)


def wav():
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16))
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ftyp(b"isom"), ("video/mp4", "video")),
        (ftyp(b"qt  "), ("video/quicktime", "video")),
        (ftyp(b"heic"), ("image/heic", "image")),
        (ftyp(b"M4A "), ("audio/mp4", "audio")),
        (b"\x1a\x45\xdf\xa3\x42\x82\x84webm", ("video/webm", "video")),
        (b"ID3\x04\0\0\0\0\0\0", ("audio/mpeg", "audio")),
        (b"\xff\xfb\x90\x64" + bytes(8), ("audio/mpeg", "audio")),
        (b"OggS\0\2" + bytes(8), ("audio/ogg", "audio")),
        (wav(), ("audio/wav", "audio")),
        (gzip.compress(b"x", mtime=0), ("application/gzip", "archive")),
        (b"", ("application/x-empty", "other")),
        (bytes(range(256)) * 8, ("application/octet-stream", "other")),
    ],
)
def test_sound_film_archives_and_the_unknown(tmp_path, data, expected):
    assert sniff(tmp_path, data, "notes.txt") == expected


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"plain words", "a", "text/plain"),
        ("Größe".encode("cp1252"), "a.txt", "text/plain"),
        ("Größe 市场".encode("utf-16"), "a.txt", "text/plain"),
        ("Groesse ok".encode("utf-16-le"), "a.txt", "text/plain"),
        (b"a;b\n1;2", "a.CSV", "text/csv"),
        (b"# Plan", "plan.md", "text/markdown"),
        (b'<p align="center"><img src="x"></p>\n\n# Plan', "README.md", "text/markdown"),
        (json.dumps({"a": 1}).encode(), "a.txt", "application/json"),
        (b"{not json", "a.json", "text/plain"),
        (b"From: lena@example.com\nSubject: hello\n\nbody", "a.txt", "message/rfc822"),
        (b"BMW wins the tender", "a.txt", "text/plain"),
        ("市".encode() * 40_000, "a.txt", "text/plain"),
    ],
)
def test_text_is_told_apart_by_name(tmp_path, data, name, expected):
    assert sniff(tmp_path, data, name)[0] == expected


@pytest.mark.parametrize("name", ["report.pdf", "data.csv", "picture.png", "page.md", "notes.txt"])
def test_html_is_html_under_any_name(tmp_path, name):
    assert sniff(tmp_path, hostile.HTML, name)[0] == "text/html"


def test_html_hides_neither_in_utf_16_nor_before_a_pdf_mark(tmp_path):
    assert sniff(tmp_path, hostile.HTML.decode().encode("utf-16"), "a.txt")[0] == "text/html"
    assert sniff(tmp_path, b"<html><!-- %PDF-1.4 --><script>x</script>", "a.pdf")[0] == "text/html"


def test_svg_is_a_picture_that_is_never_shown_inline(tmp_path):
    for data in (hostile.SVG_WITH_SCRIPT, b"<!-- c --><svg onload='x'/>", b"\xef\xbb\xbf <svg>"):
        assert sniff(tmp_path, data, "logo.png") == ("image/svg+xml", "image")
    assert not inline_safe("image/svg+xml")


@pytest.mark.parametrize("type_", ["text/html", "application/pdf", "text/plain", "application/xml", "image/tiff"])
def test_only_plain_pictures_are_shown_inline(type_):
    assert inline_safe("image/png")
    assert not inline_safe(type_)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("EncryptedPackage", (ENCRYPTED_OFFICE, "deck")),
        ("PowerPoint Document", ("application/vnd.ms-powerpoint", "deck")),
        ("WordDocument", ("application/msword", "document")),
        ("Workbook", ("application/vnd.ms-excel", "sheet")),
        ("whatever", ("application/x-ole-storage", "other")),
    ],
)
def test_old_and_locked_office_files(tmp_path, stream, expected):
    path = hostile.ole(tmp_path / "a", "one", "two", "three", "four", stream)
    found = media_type(path, "quarter.pptx")
    assert (found.type, found.kind) == expected


def test_a_damaged_container_is_no_error(tmp_path):
    path = hostile.ole(tmp_path / "a", "PowerPoint Document")
    data = bytearray(path.read_bytes())
    data[512:1024] = b"\1\0\0\0" * 128  # every sector is followed by sector 1, for ever
    assert sniff(tmp_path, bytes(data), "a.ppt")[1] == "deck"
    assert sniff(tmp_path, bytes(data[:700]), "a.ppt")[1] == "other"


def test_a_truncated_deck_is_still_a_deck(tmp_path):
    whole = documents.deck(tmp_path / "whole")
    assert media_type(hostile.truncated(whole, tmp_path / "half"), "a.zip").kind == "deck"


def test_a_zip_is_an_archive_even_if_called_a_deck(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.pptx", "w") as archive:
        archive.writestr("ppt/readme.txt", "no deck at all")
    assert media_type(tmp_path / "a.pptx", "a.pptx").type == "application/zip"


def test_a_huge_table_of_contents_is_not_read(tmp_path):
    path = documents.deck(tmp_path / "deck")
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\5\6")
    data[at + 12 : at + 16] = b"\xff\xff\xff\x7f"
    assert sniff(tmp_path, bytes(data))[1] == "deck"
