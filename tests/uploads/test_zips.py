"""What stands in a zip: names in any code page, what is left out and why, and archives that want to do harm."""

import io
import struct
import zipfile
import zlib

import pytest

from app.assets.tags import tag_of, with_tags
from app.uploads import zips
from app.uploads.zip_names import encoding_of
from app.uploads.zips import Unfit, members, open_zip
from tests.uploads.conftest import packed

MEGABYTE = 1024**2


def looked_into(data: bytes, most_bytes: int = 100 * MEGABYTE) -> dict[str, str | None]:
    with open_zip(io.BytesIO(data)) as archive:
        return {each.path: each.reason for each in members(archive, most_bytes)}


@pytest.mark.parametrize(("encoding", "names"), [
    ("cp437", ["Präsentation_für_Müller.pptx", "Größe.txt"]), ("cp850", ["Relatório/Márton.pdf"]),
    ("cp1252", ["Präsentation.pptx", "Résumé été.doc"]), ("utf-8", ["Größe.txt", "テスト.txt"]),
    ("cp932", ["テスト.txt", "会議資料/売上.xlsx"]), ("gbk", ["市场计划/价格表.xlsx"]),
    ("cp949", ["회의 자료/보고서.docx"]), ("cp866", ["Отчет за год.doc"]), ("cp1251", ["Маркетинг/План.pptx"]),
])
def test_names_are_read_as_whoever_packed_them_wrote_them(encoding, names):
    raw = [name.encode(encoding) for name in names]
    assert [name.decode(encoding_of(raw)) for name in raw] == names


def unmarked(name: bytes) -> bytes:
    """A zip of one file whose name is these bytes, with no word of what they mean."""
    data = packed({"x" * len(name): b"words"})
    return data.replace(b"x" * len(name), name)


def test_a_name_is_told_by_its_mark_by_its_extra_field_or_by_its_looks():
    assert list(looked_into(packed({"Größe/价格.txt": b"x"}))) == ["Größe/价格.txt"]
    assert list(looked_into(unmarked("Größe.txt".encode("cp1252")))) == ["Größe.txt"]
    target, raw = io.BytesIO(), b"Gr__e.txt"
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo(raw.decode())
        field = struct.pack("<BI", 1, zlib.crc32(raw)) + "Größe.txt".encode()
        info.extra = struct.pack("<HH", 0x7075, len(field)) + field
        archive.writestr(info, b"x")
    told = target.getvalue()
    # Without a letter beyond ASCII the plain name is as good; with a mark of its own the field is not asked.
    assert list(looked_into(told)) == ["Größe.txt"]


@pytest.mark.parametrize(("name", "reason"), [
    ("__MACOSX/._plan.txt", "junk"), ("a/.DS_Store", "junk"), ("b/Thumbs.db", "junk"), ("~$plan.docx", "junk"),
    ("../../etc/passwd", "unsafe_path"), ("/etc/passwd", "unsafe_path"), ("C:\\Windows\\win.ini", "unsafe_path"),
    ("a/../../b.txt", "unsafe_path"), ("x" * 1001, "long_path"), ("plan.txt", None), ("a\\b\\plan.txt", None),
])
def test_what_is_no_file_of_the_share_is_refused_for_a_reason(name, reason):
    [found] = looked_into(packed({name: b"words"})).values()
    assert found == reason


def test_links_and_locked_files_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("shortcut")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.txt", b"secret")
    data = bytearray(target.getvalue())
    at = data.rfind(b"PK\1\2")
    data[at + 8] |= 1
    assert looked_into(bytes(data)) == {"shortcut": "link", "locked.txt": "encrypted"}


def test_folders_are_none_of_the_files_and_a_name_counts_once():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.mkdir("emea")
        archive.writestr("emea/plan.txt", b"one")
        archive.writestr("emea/plan.txt", b"two")
    with open_zip(io.BytesIO(target.getvalue())) as archive:
        assert [(each.path, each.reason) for each in members(archive, MEGABYTE)] == [
            ("emea/plan.txt", None), ("emea/plan.txt", "same_path")]


def test_bombs_are_refused_by_what_they_say_of_themselves(monkeypatch):
    bomb = packed({"zeros.bin": bytes(40 * MEGABYTE), "plan.txt": b"words"})
    assert looked_into(bomb) == {"zeros.bin": "bomb", "plan.txt": None}
    assert looked_into(bomb, MEGABYTE)["zeros.bin"] == "too_large"
    monkeypatch.setattr(zips, "HARMLESS_TOTAL", MEGABYTE)
    with pytest.raises(Unfit, match="bomb"):
        looked_into(bomb)


def test_too_many_files_are_refused_before_their_names_are_read(monkeypatch):
    monkeypatch.setattr(zips, "MOST_MEMBERS", 2)
    with pytest.raises(Unfit, match="too_many"):
        looked_into(packed({f"{number}.txt": b"x" for number in range(3)}))


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"no zip at all", packed({"a": b"b"})[:-10]],
                         ids=["empty", "begun", "text", "cut"])
def test_what_is_no_zip_is_told(data):
    with pytest.raises(Unfit, match="no_zip"):
        looked_into(data)


@pytest.mark.parametrize(("folder", "tag"), [
    ("EMEA", "emea"), ("Q3 Kampagnen (final)", "q3-kampagnen-final"), ("2026", "in-2026"), ("__", ""), ("计划", "计划"),
    ("a" * 80, "a" * 60),
])
def test_a_folder_is_a_tag(folder, tag):
    assert tag_of(folder) == tag


def test_tags_stand_below_the_text_each_once():
    assert with_tags("For the fair", ["EMEA", "2026", "emea", ""]) == "For the fair\n\n#emea #in-2026"
