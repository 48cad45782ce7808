"""Messages whose texts come in several forms, quote others, are signed or passed on."""

from tests.making.mails import Shape, html, mail, many, part

OUTLOOK_REPLY = (
    "Hi\n\nFive please.\n\n________________________________\nFrom: Lena Fischer <lena@tessmar.example>\n"
    "Sent: Monday, 2 November 2026 09:00\nTo: Anna Weber\nSubject: Grippers\n\nHow many?"
)
GMAIL = (
    '<div dir="ltr">Five please.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Lena '
    'wrote:<br></div><blockquote class="gmail_quote">How many?</blockquote></div>'
)
SHAPES: dict[str, Shape] = {
    "alternatives": Shape(
        many(part("Plain five"), part("<p>Rich five</p>", "text/html; charset=utf-8"), kind="alternative"),
        ("Plain five",),
        ("Rich",),
    ),
    "empty alternative": Shape(
        many(part(" "), part("<p>Rich five</p>", "text/html; charset=utf-8"), kind="alternative"), ("Rich five",)
    ),
    "alternative that asks for another program": Shape(
        many(
            part("Please use HTML."), part(f"<p>{'We need five grippers. ' * 9}</p>", "text/html"), kind="alternative"
        ),
        ("We need five",),
        ("Please use",),
    ),
    "html": Shape(
        html(
            "<html><head><title>T</title><style>p{}</style></head><body><p>We <b>need</b> five.</p><ul><li>A<li>B"
            "</ul></body></html>"
        ),
        ("We need five.", "- A\n- B"),
        ("p{}",),
    ),
    "html with script": Shape(
        html("<p>Five<script>alert(1)</script><img src=x onerror=alert(2)></p>"),
        ("Five",),
        ("alert",),
        found={"dropped": "images"},
    ),
    "tracking pixel": Shape(
        html('<p>Five</p><img src="https://track.example/p.gif" width=1>'),
        ("Five",),
        ("track",),
        found={"dropped": "images"},
    ),
    "hidden preheader": Shape(html('<div style="display:none">Secret</div><p>Five</p>'), ("Five",), ("Secret",)),
    "link": Shape(
        html('<p>See <a href="https://acme.example/offer">the offer</a></p>'),
        ("the offer <https://acme.example/offer>",),
    ),
    "javascript link": Shape(html('<a href="javascript:alert(1)">Five</a>'), ("Five",), ("javascript",)),
    "html that never ends": Shape(html("<div>" * 3000 + "Five"), ("Five",)),
    "html in latin-1 that says utf-8 inside": Shape(
        mail("<meta charset=utf-8><p>fünf</p>", "text/html; charset=iso-8859-1", charset="latin-1"), ("fünf",)
    ),
    "gmail reply": Shape(html(GMAIL), ("Five please.",), ("How many",), ("How many?",)),
    "outlook reply": Shape(mail(OUTLOOK_REPLY), ("Five please.",), ("How many",), ("How many?",)),
    "outlook html reply": Shape(
        html('<p>Five please.</p><div id="divRplyFwdMsg"><b>From:</b> Lena<br><b>Sent:</b> Mon</div><p>How many?</p>'),
        ("Five please.",),
        ("How many",),
        ("How many?",),
    ),
    "reply below": Shape(
        mail("On Mon, Lena wrote:\n> How many?\n\nFive please."), ("Five please.",), ("How many",), ("How many?",)
    ),
    "answers between the lines": Shape(
        mail("> How many?\nFive.\n> Until when?\nMay."), ("Five.", "May."), ("Until when",)
    ),
    "german reply": Shape(
        mail(
            "Fünf bitte.\n\nAm Mo., 2. Nov. 2026 um 09:00 Uhr schrieb Lena Fischer\n"
            "<lena@tessmar.example>:\n\n> Wie viele?"
        ),
        ("Fünf bitte.",),
        ("Wie viele",),
        ("Wie viele?",),
    ),
    "german outlook reply": Shape(
        mail(
            "Fünf bitte.\n\nVon: Lena Fischer\nGesendet: Montag, 2. November 2026\nAn: Anna\n"
            "Betreff: Greifer\n\nWie viele?"
        ),
        ("Fünf bitte.",),
        ("Wie viele",),
        ("Wie viele?",),
    ),
    "french reply": Shape(
        mail("Cinq.\n\nLe lun. 2 nov. 2026 à 09:00, Lena a écrit :\n> Combien ?"), ("Cinq.",), ("Combien",)
    ),
    "spanish reply": Shape(
        mail("Cinco.\n\nEl lun, 2 nov 2026 a las 9:00, Lena escribió:\n> ¿Cuántos?"), ("Cinco.",), ("Cuántos",)
    ),
    "chinese reply": Shape(
        mail("五个。\n\n发件人: Lena\n发送时间: 2026年11月2日\n收件人: Anna\n主题: 夹具\n\n多少?"),
        ("五个。",),
        ("多少",),
    ),
    "original message": Shape(
        mail("Five.\n\n-----Original Message-----\nFrom: Lena\nHow many?"), ("Five.",), ("How many",)
    ),
    "signature of dashes": Shape(
        mail("Five.\n\n-- \nAnna Weber\nAcme GmbH"), ("Five.",), ("Acme GmbH",), found={"dropped": "signature"}
    ),
    "signature of a phone": Shape(mail("Five.\n\nSent from my iPhone"), ("Five.",), ("iPhone",)),
    "signature with regards": Shape(
        mail("Five.\n\nBest regards,\nAnna Weber\nTel. +49 30 123456"), ("Five.",), ("Tel.",)
    ),
    "gmail signature": Shape(
        html('<p>Five.</p><div class="gmail_signature">Anna<br>Acme</div>'), ("Five.",), ("Acme",)
    ),
    "thanks in the middle": Shape(
        mail("Thanks,\n\nbut we need five of them. Please send an offer by Friday."), ("five of them",)
    ),
    "only a quotation": Shape(mail("> How many?\n> Really"), ("How many?",)),
}
