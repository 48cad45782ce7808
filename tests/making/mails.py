"""Messages as they really come, sound and broken, from many programs. Each says what must be found in it."""

import base64
from dataclasses import dataclass, field

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HEAD = {
    "From": "Anna Weber <anna@acme.example>",
    "To": "Lena Fischer <lena@tessmar.example>",
    "Subject": "Grippers",
    "Date": "Mon, 2 Nov 2026 10:00:00 +0100",
    "Message-ID": "<1@acme.example>",
    "MIME-Version": "1.0",
}
UTF8 = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Shape:
    """A message and what is to be found in it. `says` and `quotes` are parts of the text, `keeps` names of files."""

    data: bytes
    says: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    subject: str | None = None
    sender: str | None = "anna@acme.example"
    trouble: str = ""
    found: dict = field(default_factory=dict)


def mail(body: str | bytes = "Hello", kind: str = UTF8, head: dict | None = None, charset: str = "utf-8") -> bytes:
    """A message; fields of `head` that are None are left out."""
    fields = HEAD | {"Content-Type": kind} | (head or {})
    given = {name: value for name, value in fields.items() if value is not None}
    lines = [f"{name}: {value}".encode("utf-8", "surrogateescape") for name, value in given.items()]
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode(charset))


def part(body: str | bytes, kind: str = UTF8, **fields: str) -> bytes:
    head = [f"Content-Type: {kind}", *(f"Content-{name.replace('_', '-')}: {value}" for name, value in fields.items())]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())


def attached(data: bytes, name: str, kind: str = "application/pdf", **fields: str) -> bytes:
    return part(
        base64.encodebytes(data),
        f'{kind}; name="{name}"',
        Transfer_Encoding="base64",
        Disposition=f'attachment; filename="{name}"',
        **fields,
    )


def multi(*parts: bytes, kind: str = "mixed", boundary: str = "edge") -> tuple[bytes, str]:
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts)
    return body + b"--" + boundary.encode() + b"--\r\n", f'multipart/{kind}; boundary="{boundary}"'


def many(*parts: bytes, kind: str = "mixed", boundary: str = "edge", head: dict | None = None) -> bytes:
    return mail(*multi(*parts, kind=kind, boundary=boundary), head=head)


def nested(levels: int, text: bytes = b"At the bottom") -> bytes:
    """A text inside so many multiparts."""
    inner = part(text)
    for level in range(levels):
        body, kind = multi(inner, boundary=f"b{level}")
        inner = part(body, kind)
    return "\r\n".join(f"{name}: {value}" for name, value in HEAD.items()).encode() + b"\r\n" + inner


def heavy(megabytes: int) -> bytes:
    """A message with an attachment, so many megabytes of it."""
    line = base64.b64encode(bytes(range(57))) + b"\r\n"
    body = line * (megabytes * 1024 * 1024 // len(line))
    file = part(
        body,
        'application/octet-stream; name="huge.bin"',
        Transfer_Encoding="base64",
        Disposition='attachment; filename="huge.bin"',
    )
    return many(part("See the file"), file)


def html(markup: str) -> bytes:
    return mail(markup, "text/html; charset=utf-8")
