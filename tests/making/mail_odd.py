"""Messages that were read wrongly once: found by breaking others at random, or met in the world."""

import binascii

from tests.making.mails import Shape, attached, html, mail, many, multi, part

_PLAN = b"%PDF-1.4" + b"x" * 100
_UU = b"".join(binascii.b2a_uu(_PLAN[at : at + 45]) for at in range(0, len(_PLAN), 45)).decode()
_YENC = bytes((byte + 42) % 256 for byte in b"hello world")
_EDGELESS = multi(part("We need five."), attached(b"%PDF-1.4", "plan.pdf"))[0]
_ARMOUR = "-----BEGIN PGP {0}-----\n\nhQEMA\n=abcd\n-----END PGP {0}-----"

SHAPES: dict[str, Shape] = {
    "nul in a file's name": Shape(many(part("See"), attached(b"x", "a\0b.pdf")), ("See",)),
    "nul in a charset": Shape(mail("We need five.", "text/plain; charset=\0utf-8\0"), ("We need five.",)),
    "field inside a field": Shape(
        many(part("See"), part(mail("Inner", head={"X-Odd": "a\r\n b\r\nno field"}), "message/rfc822")), ("See",)
    ),
    "parts without a boundary": Shape(
        mail(_EDGELESS, "multipart/mixed"), ("We need five.",), ("--edge", "Content-Type"), keeps=("plan.pdf",)
    ),
    "boundary that begins another": Shape(
        many(part(*multi(part("Five"), attached(b"%PDF", "a.pdf"), boundary="edgeX")), boundary="edge"),
        ("Five",),
        keeps=("a.pdf",),
    ),
    "uuencode": Shape(
        mail(f"See the plan.\n\nbegin 644 plan.pdf\n{_UU}`\nend\nBye"),
        ("See the plan.", "Bye"),
        ("begin 644",),
        keeps=("plan.pdf",),
    ),
    "uuencode that never ends": Shape(mail(f"begin 644 plan.pdf\n{_UU}"), ("begin 644",)),
    "yenc": Shape(
        mail(b"See\r\n=ybegin line=128 size=11 name=plan.txt\r\n" + _YENC + b"\r\n=yend size=11\r\nBye"),
        ("See", "Bye"),
        ("=ybegin", "=yend"),
        keeps=("plan.txt",),
    ),
    "encrypted in the text": Shape(mail(_ARMOUR.format("MESSAGE")), trouble="encrypted"),
    "encrypted in html": Shape(
        html("<p>" + _ARMOUR.format("MESSAGE").replace("\n", "<br>") + "</p>"), trouble="encrypted"
    ),
    "signed in the text": Shape(
        mail("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWe need five.\n- - two of them red\n"
             + _ARMOUR.format("SIGNATURE")),
        ("We need five.\n- two of them red",),
        ("BEGIN", "Hash", "hQEMA"),
    ),
    "date of iso": Shape(
        mail(head={"Date": "2026-11-02T10:00:00+01:00"}), found={"date": "2026-11-02T09:00:00+00:00"}
    ),
    "date in german": Shape(
        mail(head={"Date": "Montag, 2. November 2026 09:00 UTC"}), found={"date": "2026-11-02T09:00:00+00:00"}
    ),
    "date of the year 9999": Shape(mail(head={"Date": "Fri, 31 Dec 9999 23:59:59 -9999"}), found={"date": ""}),
    "short subject in latin-1": Shape(
        mail().replace(b"Grippers", "Grüße für Ä".encode("latin-1")), subject="Grüße für Ä"
    ),
    "away, of exchange": Shape(
        mail("I am away.", head={"Subject": "Abwesenheitsnotiz: Grippers"}), ("away",), found={"automatic": True}
    ),
    "footer of a list": Shape(
        mail("Five.\n\n_______________________________________________\nusers mailing list\nhttps://acme.example/listinfo"),
        ("Five.",),
        ("mailing list",),
        found={"dropped": "signature"},
    ),
}
