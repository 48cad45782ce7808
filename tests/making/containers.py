"""Containers that mail comes in, written by hand: Outlook's messages (OLE) and winmail.dat (TNEF)."""

import struct

SECTOR, MINI = 512, 64
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


class _Node:
    def __init__(self, name: str, data: bytes | None = None) -> None:
        self.name, self.data, self.children = name, data, []
        self.start, self.child, self.right = END, FREE, FREE


def ole(streams: dict[str, bytes]) -> bytes:
    """A container with these streams, by their paths ("folder/name")."""
    root = _Node("Root Entry")
    nodes = [root]
    for path, data in streams.items():
        folder, here = root, path.split("/")
        for name in here[:-1]:
            found = next((each for each in folder.children if each.name == name), None)
            if found is None:
                found = _Node(name)
                folder.children.append(found)
                nodes.append(found)
            folder = found
        leaf = _Node(here[-1], data)
        folder.children.append(leaf)
        nodes.append(leaf)
    return _written(root, nodes)


def _written(root: _Node, nodes: list[_Node]) -> bytes:
    sectors, fat, mini, mini_fat = [], [], bytearray(), []

    def place(data: bytes) -> int:
        if not data:
            return END
        start, count = len(sectors), -(-len(data) // SECTOR)
        for at in range(count):
            sectors.append(data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(start + at + 1 if at + 1 < count else END)
        return start

    for node in nodes:
        ordered = sorted(node.children, key=lambda each: (len(each.name), each.name.upper()))
        for one, other in zip(ordered, ordered[1:], strict=False):
            one.right = nodes.index(other)
        if ordered:
            node.child = nodes.index(ordered[0])
        if node.data is not None and len(node.data) >= 4096:
            node.start = place(node.data)
        elif node.data:
            node.start, count = len(mini_fat), -(-len(node.data) // MINI)
            mini += node.data.ljust(count * MINI, b"\0")
            mini_fat += [node.start + at + 1 if at + 1 < count else END for at in range(count)]
    root.start, root_size = place(bytes(mini)), len(mini)
    packed = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_at = place(packed.ljust(-(-len(packed) // SECTOR) * SECTOR, b"\xff"))
    directory = b"".join(_entry(node, node is root, root_size) for node in nodes)
    directory_at = place(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    count = 1
    while (len(fat) + count) * 4 > count * SECTOR:
        count += 1
    fat_at = len(sectors)
    table = struct.pack(f"<{len(fat) + count}I", *fat, *[FAT] * count)
    table = table.ljust(count * SECTOR, b"\xff")
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 16
        + struct.pack(
            "<HHHHHHIIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            0,
            0,
            count,
            directory_at,
            0,
            4096,
            mini_at,
            -(-len(packed) // SECTOR),
            END,
            0,
        )
    )
    difat = [fat_at + at for at in range(count)] + [FREE] * (109 - count)
    return head + struct.pack("<109I", *difat) + b"".join(sectors) + table


def _entry(node: _Node, is_root: bool, root_size: int) -> bytes:
    name = node.name.encode("utf-16-le") + b"\0\0"
    kind = 5 if is_root else 1 if node.data is None else 2
    size = root_size if is_root else len(node.data or b"")
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(name), kind, 1, FREE, node.right, node.child)
        + (b"\0" * 36)
        + struct.pack("<IQ", node.start, size)
    )


def outlook(
    subject="Offer",
    sender=("Anna Weber", "anna@acme.example"),
    text="We need five.",
    html="",
    message_id="",
    to=(("Lena Fischer", "lena@tessmar.example"),),
    files=(),
    ticks=0,
    rtf=b"",
) -> bytes:
    """A message as Outlook saves it. `files` are `(name, media type, bytes, content id)`."""

    def words(key: str, value: str) -> tuple[str, bytes]:
        return f"__substg1.0_{key}001F", value.encode("utf-16-le")

    properties = b"\0" * 32 + (struct.pack("<HHIQ", 0x40, 0x0039, 6, ticks) if ticks else b"")
    streams = dict(
        [
            words("0037", subject),
            words("0C1A", sender[0]),
            words("5D01", sender[1]),
            words("1000", text),
            words("1035", message_id),
        ]
    )
    streams["__properties_version1.0"] = properties
    if html:
        streams["__substg1.0_10130102"] = html.encode()
    if rtf:
        streams["__substg1.0_10090102"] = rtf
    for number, (name, email) in enumerate(to):
        folder = f"__recip_version1.0_#{number:08X}"
        streams |= {f"{folder}/{key}": value for key, value in (words("3001", name), words("39FE", email))}
        streams[f"{folder}/__properties_version1.0"] = b"\0" * 8 + struct.pack("<HHIII", 3, 0x0C15, 6, 1, 0)
    for number, (name, media, data, cid) in enumerate(files):
        folder = f"__attach_version1.0_#{number:08X}"
        named = (words("3707", name), words("370E", media), words("3712", cid), ("__substg1.0_37010102", data))
        streams |= {f"{folder}/{key}": value for key, value in named if value}
        streams[f"{folder}/__properties_version1.0"] = b"\0" * 8
    return ole({name: data for name, data in streams.items() if data})


def stored_rtf(text: str) -> bytes:
    """Rich text as Outlook keeps it, unpacked."""
    data = text.encode("ascii")
    return struct.pack("<III", len(data) + 12, len(data), 0x414C454D) + b"\0" * 4 + data


def tnef(text: str = "", files=(), rtf: bytes = b"") -> bytes:
    """A winmail.dat with a plain body and files `(name, bytes)`."""

    def attribute(level: int, kind: int, value: bytes) -> bytes:
        return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) % 65536)

    out = struct.pack("<IH", 0x223E9F78, 1)
    if text:
        out += attribute(1, 0x0002800C, text.encode("cp1252") + b"\0")
    if rtf:
        packed = struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(rtf)) + rtf + b"\0" * (-len(rtf) % 4)
        out += attribute(1, 0x00069003, packed)
    for name, data in files:
        long = name.encode("utf-16-le") + b"\0\0"
        known = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(long)) + long + b"\0" * (-len(long) % 4)
        out += attribute(2, 0x00069002, b"\0" * 14) + attribute(2, 0x00018010, b"SHORT~1.DAT\0")
        out += attribute(2, 0x0006800F, data) + attribute(2, 0x00069005, known)
    return out
