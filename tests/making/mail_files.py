"""Messages with files, meetings, other messages or secrets inside, and such as are hardly messages at all."""

import base64

from tests.making.containers import outlook, stored_rtf, tnef
from tests.making.mail_texts import GMAIL
from tests.making.mails import PNG, Shape, attached, mail, many, nested, part

INVITATION = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Acme//EN\r
METHOD:REQUEST\r
BEGIN:VEVENT\r
UID:1@acme.example\r
SUMMARY:Plant visit\r
DTSTART:20261103T100000Z\r
DTEND:20261103T110000Z\r
LOCATION:Hall 5\r
ORGANIZER;CN=Anna Weber:mailto:anna@acme.example\r
ATTENDEE;CN=Lena:mailto:lena@tessmar.example\r
END:VEVENT\r
END:VCALENDAR\r
"""

SHAPES: dict[str, Shape] = {
    "attachment": Shape(
        many(part("See file"), attached(b"%PDF-1.4", "offer.pdf")), ("See file",), keeps=("offer.pdf",)
    ),
    "attachment with an encoded name": Shape(
        many(part("See"), attached(b"%PDF-1.4", "=?utf-8?B?QW5nZWJvdCBmw7xyIEFjbWUucGRm?=")),
        keeps=("Angebot für Acme.pdf",),
    ),
    "attachment with a name of RFC 2231": Shape(
        many(
            part("See"),
            part("x", "application/pdf", Disposition="attachment; filename*=utf-8''Angebot%20f%C3%BCr%20uns.pdf"),
        ),
        keeps=("Angebot für uns.pdf",),
    ),
    "attachment that climbs": Shape(many(part("See"), attached(b"x", "../../etc/passwd")), keeps=("../../etc/passwd",)),
    "attachment without a name": Shape(many(part("See"), part(b"%PDF-1.4", "application/pdf")), keeps=("",)),
    "text as an attachment": Shape(
        many(part("See"), part("a,b", "text/csv; name=list.csv", Disposition="attachment; filename=list.csv")),
        ("See",),
        ("a,b",),
        keeps=("list.csv",),
    ),
    "logo": Shape(
        many(
            part('<p>Five</p><img src="cid:logo@x">', "text/html"),
            attached(PNG, "logo.png", "image/png", ID="<logo@x>"),
            kind="related",
        ),
        ("Five",),
        found={"dropped": "pictures"},
    ),
    "photo": Shape(many(part("See"), attached(PNG * 200, "robot.png", "image/png")), keeps=("robot.png",)),
    "message inside": Shape(
        many(part("See below"), part(mail("Inner", head={"Subject": "Inner"}), "message/rfc822")),
        ("See below",),
        ("Inner",),
        keeps=("Inner.eml",),
    ),
    "bounce": Shape(
        many(
            part("It could not be delivered."),
            part("Status: 5.1.1", "message/delivery-status"),
            kind="report",
            head={"From": "mailer-daemon@acme.example", "Auto-Submitted": "auto-replied"},
        ),
        ("could not",),
        sender="mailer-daemon@acme.example",
        found={"automatic": True},
    ),
    "invitation": Shape(
        many(part("Come"), part(INVITATION, "text/calendar; method=REQUEST"), kind="alternative"),
        ("Come",),
        found={"meeting": "Plant visit"},
    ),
    "broken invitation": Shape(
        many(part("Come"), part("BEGIN:VCALENDAR\r\nDTSTART:never", "text/calendar")), ("Come",)
    ),
    "winmail.dat": Shape(
        many(
            part("See"),
            attached(tnef("Body", [("Angebot für uns.pdf", b"%PDF-1.4")]), "winmail.dat", "application/ms-tnef"),
        ),
        ("See",),
        keeps=("Angebot für uns.pdf",),
    ),
    "winmail.dat alone": Shape(
        mail(
            base64.encodebytes(tnef("We need five.")),
            'application/ms-tnef; name="winmail.dat"',
            {"Content-Transfer-Encoding": "base64"},
        ),
        ("We need five.",),
    ),
    "winmail.dat with rich text": Shape(
        many(
            attached(
                tnef(rtf=stored_rtf("{\\rtf1\\ansi We \\b need\\b0  f\\'fcnf.\\par}")),
                "winmail.dat",
                "application/ms-tnef",
            )
        ),
        ("We need fünf.",),
    ),
    "cut winmail.dat": Shape(
        many(part("See"), attached(tnef("Body", [("a.pdf", b"x" * 99)])[:90], "winmail.dat", "application/ms-tnef")),
        ("See",),
    ),
    "signed": Shape(
        many(part("Five"), attached(b"0\x82", "smime.p7s", "application/pkcs7-signature"), kind="signed"), ("Five",)
    ),
    "s/mime encrypted": Shape(
        mail(
            base64.encodebytes(b"0\x82" * 50),
            'application/pkcs7-mime; name="smime.p7m"',
            {"Content-Transfer-Encoding": "base64"},
        ),
        keeps=("smime.p7m",),
        trouble="encrypted",
    ),
    "pgp encrypted": Shape(
        many(
            part("Version: 1", "application/pgp-encrypted"),
            attached(b"-----BEGIN PGP", "encrypted.asc", "application/octet-stream"),
            kind="encrypted",
        ),
        keeps=("", "encrypted.asc"),
        trouble="encrypted",
    ),
    "no boundary": Shape(mail("--edge\r\n\r\nFive", "multipart/mixed"), ("Five",)),
    "boundary that never ends": Shape(
        mail(b"--edge\r\nContent-Type: text/plain\r\n\r\nFive", "multipart/mixed; boundary=edge"), ("Five",)
    ),
    "boundary that never comes": Shape(mail("Five", "multipart/mixed; boundary=nowhere")),
    "nonsense type": Shape(mail("Five", "text; plain; ; =;"), ("Five",)),
    "no type": Shape(mail("Five", head={"Content-Type": None, "MIME-Version": None}), ("Five",)),
    "head without a body": Shape(b"From: anna@acme.example\r\nSubject: Grippers", subject="Grippers"),
    "200 levels": Shape(nested(200), ("At the bottom",)),
    "5000 levels": Shape(nested(5000), trouble="unreadable", subject="Grippers"),
    "a line of a megabyte": Shape(mail("x" * 1_000_000), ("xxx",)),
    "5000 parts": Shape(many(*[part("x", "application/pdf", Disposition="attachment; filename=a.pdf")] * 5000)),
    "newsletter": Shape(
        mail("News", head={"Precedence": "bulk", "List-Id": "<news.acme.example>"}), found={"automatic": True}
    ),
    "out of office": Shape(mail("Away", head={"Auto-Submitted": "auto-replied"}), found={"automatic": True}),
    "no mail at all": Shape(b"Just some notes\nin a file", ("Just some notes",), sender="", trouble="no_mail"),
    "a picture": Shape(PNG, sender="", trouble="no_mail"),
    "nothing": Shape(b"", sender="", trouble="no_mail"),
}
OUTLOOK: dict[str, Shape] = {
    "saved": Shape(
        outlook(message_id="<o1@acme.example>", ticks=134_379_936_000_000_000),
        ("We need five.",),
        subject="Offer",
        found={"message_id": "o1@acme.example", "to": ["lena@tessmar.example"]},
    ),
    "saved with a file": Shape(
        outlook(files=[("offer.pdf", "application/pdf", b"%PDF" * 2000, "")]), keeps=("offer.pdf",)
    ),
    "saved in html": Shape(outlook(text="", html=GMAIL), ("Five please.",), ("How many",), ("How many?",)),
    "saved in rich text": Shape(
        outlook(text="", rtf=stored_rtf("{\\rtf1 We need \\u20116?\\u20010?\\par}")), ("We need 五七"[:7],)
    ),
    "saved from exchange": Shape(outlook(sender=("Anna Weber", "/O=ACME/CN=ANNA")), sender=""),
    "cut": Shape(outlook(files=[("a.bin", "x/y", b"x" * 9000, "")])[:3000], sender="", trouble="unreadable"),
}
