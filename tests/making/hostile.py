"""Files that mean harm, or are so broken that they might do some."""

import struct
import zipfile
import zlib
from pathlib import Path

from tests.making.documents import assembled, deck

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/{part}" ContentType="{type}"/></Types>'
)
MAIN_TYPES = {
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}


def truncated(source: Path, path: Path, share: float = 0.6) -> Path:
    """The beginning of a file."""
    data = source.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def office(path: Path, part: str, parts: dict[str, bytes]) -> Path:
    """A package that says it is the kind of document whose main part is `part`, holding just `parts`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES.format(part=part, type=MAIN_TYPES[part]))
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def zip_bomb(path: Path, part: str = "ppt/presentation.xml", size: int = 160 << 20) -> Path:
    """A package of some hundred kilobytes that unpacks to `size` bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", CONTENT_TYPES.format(part=part, type=MAIN_TYPES[part]))
        package.writestr("ppt/media/image1.png", bytes(size))
    return path


def nested_bomb(path: Path, bomb: Path) -> Path:
    """An honest deck with a bomb embedded in it, as a workbook is embedded behind a chart."""
    deck(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.write(bomb, "ppt/embeddings/workbook99.xlsx")
    return path


def lying_sizes(source: Path, path: Path) -> Path:
    """A package whose table of contents says every part is ten bytes long."""
    data = bytearray(source.read_bytes())
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 10)
        at = data.find(b"PK\1\2", at + 4)
    path.write_bytes(data)
    return path


def billion_laughs(path: Path, part: str) -> Path:
    """An Office document whose main part defines entities that grow to a billion words."""
    lines = ['<!ENTITY l0 "lol">']
    lines += [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [{"".join(lines)}]><x>&l9;</x>'
    return office(path, part, {part: bomb.encode()})


def locked_pdf(path: Path) -> Path:
    """A PDF that asks for a password nobody has (RC4, revision 2, arbitrary keys)."""
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    key = "<" + "ab" * 32 + ">"
    lock = f"<< /Filter /Standard /V 1 /R 2 /O {key} /U {key} /P -44 >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, lock]
    path.write_bytes(assembled(objects, "/Encrypt 4 0 R /ID [<01><01>] "))
    return path


def endless_pdf(path: Path, count: int = 200_000_000) -> Path:
    """A PDF of one page that says it has `count`."""
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>"
    tree = f"<< /Type /Pages /Count {count} /Kids [3 0 R] >>"
    path.write_bytes(assembled(["<< /Type /Catalog /Pages 2 0 R >>", tree, page]))
    return path


def bushy_pdf(path: Path, levels: int = 8) -> Path:
    """A PDF whose tree of pages names the same branch ten times on every level: 10^`levels` pages in a kilobyte."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    for level in range(levels):
        kids = " ".join([f"{level + 3} 0 R"] * 10)
        objects.append(f"<< /Type /Pages /Count {10 ** (levels - level)} /Kids [{kids}] >>")
    objects.append("<< /Type /Page /MediaBox [0 0 612 792] >>")
    path.write_bytes(assembled(objects))
    return path


def circular_pdf(path: Path) -> Path:
    """A PDF whose tree of pages contains itself."""
    tree = "<< /Type /Pages /Count 50 /Kids [3 0 R 2 0 R] >>"
    branch = "<< /Type /Pages /Parent 2 0 R /Count 40 /Kids [2 0 R 3 0 R] >>"
    path.write_bytes(assembled(["<< /Type /Catalog /Pages 2 0 R >>", tree, branch]))
    return path


def image_bomb(path: Path, side: int = 60_000) -> Path:
    """A PNG of a few hundred kilobytes that unpacks to `side` × `side` pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer, rows = zlib.compressobj(9), bytearray()
    for _ in range(side):
        rows += packer.compress(bytes(1 + side // 8))
    rows += packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", bytes(rows)) + chunk(b"IEND", b""))
    return path


def ole(path: Path, *names: str) -> Path:
    """An OLE container with empty streams of these names: `EncryptedPackage` makes it a locked Office file."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIII", header, 44, 1, 1, 0, 4096)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    entries = b"".join(_entry(name, 5 if number == 0 else 2) for number, name in enumerate(("Root Entry", *names)))
    directory = entries.ljust(-(-len(entries) // 512) * 512, b"\0")
    sectors = len(directory) // 512
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    path.write_bytes(bytes(header) + table + directory)
    return path


def _entry(name: str, kind: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBB60x", encoded, len(encoded), kind, 1)


SVG_WITH_SCRIPT = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'
    b"<script>alert(document.cookie)</script><text x='1' y='1'>Harmless words</text></svg>"
)
HTML = (
    b"<!DOCTYPE html><html><head><title>Login</title><script>steal()</script></head>"
    b"<body><p>Sign in here</p></body></html>"
)
