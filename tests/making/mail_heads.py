"""Messages whose heads, character sets and encodings are odd."""

import base64
import quopri

from tests.making.mails import UTF8, Shape, mail

_GBK = "我们需要五个夹具，请发报价。".encode("gb2312")
_B64 = base64.encodebytes("Grüße, five".encode())

SHAPES: dict[str, Shape] = {
    "plain": Shape(mail("We need five."), ("We need five.",), subject="Grippers"),
    "no line ends but newlines": Shape(mail("We need\nfive.").replace(b"\r\n", b"\n"), ("We need\nfive.",)),
    "old mac line ends": Shape(mail("One\rTwo"), ("One\nTwo",)),
    "empty body": Shape(mail(""), subject="Grippers"),
    "no subject": Shape(mail("Hi", head={"Subject": None}), ("Hi",), subject=""),
    "no date": Shape(mail("Hi", head={"Date": None}), ("Hi",), found={"date": ""}),
    "date of the last hop": Shape(
        mail("Hi", head={"Date": None, "Received": "from a by b; Mon, 2 Nov 2026 09:00:00 +0000"}),
        found={"date": "2026-11-02T09:00:00+00:00"},
    ),
    "nonsense date": Shape(mail("Hi", head={"Date": "yesterday, around noon"}), ("Hi",), found={"date": ""}),
    "date before mail": Shape(mail("Hi", head={"Date": "Mon, 1 Jan 1900 00:00:00 +0000"}), ("Hi",), found={"date": ""}),
    "no sender": Shape(mail("Hi", head={"From": None}), ("Hi",), sender=""),
    "sender only": Shape(mail("Hi", head={"From": None, "Sender": "anna@acme.example"}), ("Hi",)),
    "no message id": Shape(mail("Hi", head={"Message-ID": None}), found={"message_id": ""}),
    "duplicate heads": Shape(
        b"Subject: Grippers\r\nSubject: Cheap pills\r\n" + mail("Hi", head={"Subject": None}),
        ("Hi",),
        subject="Grippers",
    ),
    "encoded words": Shape(
        mail(head={"Subject": "=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?iso-8859-1?B?IGF1cyBL9mxu?="}), subject="Grüße aus Köln"
    ),
    "encoded word cut in a character": Shape(mail(head={"Subject": "=?utf-8?B?w7zDvA=?= five"}), subject="üü five"),
    "encoded word of no charset": Shape(mail(head={"Subject": "=?x-none?q?five?="}), subject="five"),
    "raw utf-8 heads": Shape(mail(head={"Subject": "Grüße", "From": "Änna <anna@acme.example>"}), subject="Grüße"),
    "raw latin-1 heads": Shape(
        mail(head={"Subject": "X"}).replace(b"Subject: X", b"Subject: Gr\xfc\xdfe von uns"), subject="Grüße von uns"
    ),
    "name with a comma": Shape(mail(head={"From": '"Weber, Anna" <anna@acme.example>'}), found={"name": "Weber, Anna"}),
    "name in parentheses": Shape(mail(head={"From": "anna@acme.example (Anna Weber)"}), found={"name": "Anna Weber"}),
    "address without brackets": Shape(mail(head={"From": "ANNA@ACME.EXAMPLE"})),
    "name that is an address": Shape(
        mail(head={"From": '"boss@bank.example" <anna@acme.example>'}), found={"name": ""}
    ),
    "group": Shape(
        mail(head={"To": "Team: Lena <lena@tessmar.example>, jon@tessmar.example;"}),
        found={"to": ["lena@tessmar.example", "jon@tessmar.example"]},
    ),
    "undisclosed": Shape(mail(head={"To": "undisclosed-recipients:;"}), ("Hello",)),
    "folded heads": Shape(
        mail(head={"Subject": "Grippers\r\n for the\r\n\tnew line"}), subject="Grippers for the new line"
    ),
    "nul bytes": Shape(
        mail(b"We\0 need\0 five").replace(b"Subject: Grippers", b"Subject: Grip\0pers"),
        ("We need five",),
        subject="Grippers",
    ),
    "latin-1": Shape(mail("fünf Stück", "text/plain; charset=iso-8859-1", charset="latin-1"), ("fünf Stück",)),
    "windows as latin-1": Shape(
        mail("“five” – €5", "text/plain; charset=iso-8859-1", charset="cp1252"), ("“five” – €5",)
    ),
    "utf-8 as ascii": Shape(mail("fünf Stück", "text/plain; charset=us-ascii"), ("fünf Stück",)),
    "latin-1 as utf-8": Shape(
        mail("Wir hätten gern fünf Stück für die Prüfung", UTF8, charset="latin-1"), ("fünf Stück",)
    ),
    "unknown charset": Shape(mail("fünf", "text/plain; charset=x-acme-7"), ("fünf",)),
    "charset that is no charset": Shape(mail("five", "text/plain; charset=base64"), ("five",)),
    "gb2312": Shape(mail(_GBK, "text/plain; charset=gb2312"), ("我们需要五个夹具",)),
    "chinese of no charset": Shape(mail(_GBK * 4, "text/plain"), ("我们需要五个夹具",)),
    "iso-2022-jp": Shape(
        mail("見積もりをください", "text/plain; charset=iso-2022-jp", charset="iso-2022-jp"), ("見積もり",)
    ),
    "shift_jis": Shape(mail("見積もりをください", "text/plain; charset=shift_jis", charset="cp932"), ("見積もり",)),
    "koi8-r": Shape(mail("Нам нужно пять штук", "text/plain; charset=koi8-r", charset="koi8-r"), ("Нам нужно пять",)),
    "utf-16": Shape(mail("five grippers", "text/plain; charset=utf-16", charset="utf-16"), ("five grippers",)),
    "arabic": Shape(mail("نحتاج خمسة"), ("نحتاج خمسة",)),
    "turned direction": Shape(mail("file \u202egnp.exe"), ("file gnp.exe",)),
    "quoted printable": Shape(
        mail(quopri.encodestring("fünf = 5 ".encode()), UTF8, {"Content-Transfer-Encoding": "quoted-printable"}),
        ("fünf = 5",),
    ),
    "broken quoted printable": Shape(
        mail("f=FCnf =ZZ =", "text/plain; charset=latin-1", {"Content-Transfer-Encoding": "Quoted-Printable"}),
        ("fünf",),
    ),
    "base64": Shape(mail(_B64, UTF8, {"Content-Transfer-Encoding": "base64"}), ("Grüße, five",)),
    "broken base64": Shape(
        mail(b"!!" + _B64.replace(b"=", b"") + b"?", UTF8, {"Content-Transfer-Encoding": "base64"}), ("Grüße",)
    ),
    "unknown encoding": Shape(mail("five", UTF8, {"Content-Transfer-Encoding": "rot13"}), ("five",)),
    "flowed": Shape(
        mail("We need five \r\nof them, \r\nplease.\r\n", f"{UTF8}; format=flowed"), ("We need five of them, please.",)
    ),
    "flowed with delsp": Shape(mail("Nudel \r\nsuppe\r\n", f"{UTF8}; format=flowed; delsp=yes"), ("Nudelsuppe",)),
}
