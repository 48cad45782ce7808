"""What colleagues pass on in the text of a letter, as mail programs of many languages write it.

In each Anna Weber of the customer asked for five grippers on 2 November 2026 at 9:00 UTC, and Jon passes it on.
"""

from tests.making.mails import html, mail, many, part

JON = {"From": "Jon Becker <jon@example.com>", "To": "Acme <account-closed+key@localhost>", "Subject": "Fwd: Grippers",
       "Date": "Tue, 3 Nov 2026 08:00:00 +0100", "Message-ID": "<f1@example.com>"}
BODY = "We need five.\n\nCan you deliver in May?"
NOTE = "Please look at this."


def plain(head: str, note: str = NOTE, body: str = BODY, subject: str = "Fwd: Grippers") -> bytes:
    return mail(f"{note}\n\n{head}\n\n{body}\n", head=JON | {"Subject": subject})


def outlook(sender: str, sent: str, to: str, subject: str, day: str, prefix: str) -> bytes:
    """Outlook's block of fields, in one of the languages it speaks."""
    return plain(f"________________________________\n{sender} Anna Weber <anna@acme.example>\n{sent} {day}\n"
                 f"{to} Lena Fischer <lena@example.com>\n{subject} Grippers", subject=f"{prefix} Grippers")


def rich(markup: str, **head: str) -> bytes:
    return html(markup).replace(b"Lena Fischer <lena@tessmar.example>", b"x@localhost").replace(
        b"From: Anna Weber <anna@acme.example>", "\r\n".join(
            f"{name}: {value}" for name, value in (JON | head).items() if name not in ("To",)).encode(), 1)


_GMAIL = "From: {who}\nDate: {day}\nSubject: Grippers\nTo: Lena Fischer <lena@example.com>"
_ANNA = "Anna Weber <anna@acme.example>"
_MARKUP_OUTLOOK = (
    '<div class="WordSection1"><p class="MsoNormal">Please look at this.</p><p class="MsoNormal">&nbsp;</p>'
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p '
    'class="MsoNormal"><b>Von:</b> '
    'Anna Weber &lt;anna@acme.example&gt; <br><b>Gesendet:</b> Montag, 2. November 2026 10:00<br><b>An:</b> '
    'Lena Fischer '
    '&lt;lena@example.com&gt;<br><b>Cc:</b> Tom Lee &lt;tom@acme.example&gt;<br><b>Betreff:</b> Grippers</p></div>'
    '<p class="MsoNormal">We need five.</p><p class="MsoNormal">Can you deliver in May?</p></div>')
_MARKUP_WEB_OUTLOOK = (
    '<div>Please look at this.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
    '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Anna Weber &lt;anna@acme.example&gt;<br>'
    '<b>Sent:</b> Monday, November 2, 2026 10:00 AM<br><b>To:</b> Lena Fischer &lt;lena@example.com&gt;<br>'
    '<b>Subject:</b> Grippers</font><div>&nbsp;</div></div><div><p>We need five.</p><p>Can you deliver in '
    'May?</p></div>')
_MARKUP_GMAIL = (
    '<div dir="ltr">Please look at this.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- '
    'Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">Anna Weber</strong> <span '
    'dir="auto">&lt;<a href="mailto:anna@acme.example">anna@acme.example</a>&gt;</span><br>Date: Mon, Nov 2, 2026 at '
    '10:00\u202fAM<br>Subject: Grippers<br>To: Lena Fischer &lt;<a href="mailto:lena@example.com">lena@example.com</a>'
    '&gt;<br></div><br><br><div dir="ltr"><p>We need five.</p><p>Can you deliver in May?</p></div></div></div>')
_MARKUP_APPLE = (
    '<html><body><div>Please look at this.</div><div><br><blockquote type="cite"><div>Begin forwarded '
    'message:</div><br>'
    '<div style="margin:0"><span><b>From: </b></span><span>Anna Weber &lt;<a href="mailto:anna@acme.example">'
    'anna@acme.example</a>&gt;<br></span></div><div><span><b>Subject: </b></span><span><b>Grippers</b><br></span></div>'
    '<div><span><b>Date: </b></span><span>2 November 2026 at 10:00:00 CET<br></span></div><div><span><b>To: </b></span>'
    '<span>Lena Fischer &lt;lena@example.com&gt;<br></span></div><br><div><p>We need five.</p>'
    '<p>Can you deliver in May?</p></div></blockquote></div></body></html>')
_MARKUP_THUNDERBIRD = (
    '<p>Please look at this.</p><div class="moz-forward-container">-------- Weitergeleitete Nachricht --------<table '
    'class="moz-email-headers-table"><tbody><tr><th align="RIGHT">Betreff: </th><td>Grippers</td></tr><tr><th>Datum: '
    '</th><td>Mon, 2 Nov 2026 10:00:00 +0100</td></tr><tr><th>Von: </th><td>Anna Weber <a href="mailto:'
    'anna@acme.example">&lt;anna@acme.example&gt;</a></td></tr><tr><th>An: </th><td>Lena Fischer '
    '&lt;lena@example.com&gt;</td></tr></tbody></table><br><p>We need five.</p><p>Can you deliver in May?</p></div>')

FORWARDS: dict[str, bytes] = {
    "gmail": plain("---------- Forwarded message ---------\n" + _GMAIL.format(
        who=_ANNA, day="Mon, Nov 2, 2026 at 10:00 AM")),
    "gmail in bold": plain("---------- Forwarded message ---------\nFrom: *Anna Weber* <anna@acme.example>\n"
                           "Date: Mon, 2 Nov 2026 at 10:00\nSubject: Grippers\nTo: <lena@example.com>\nCc: Tom Lee "
                           "<tom@acme.example>,\n Bo <bo@acme.example>"),
    "gmail in german": plain("---------- Forwarded message ---------\nVon: " + _GMAIL.format(
        who=_ANNA, day="Mo., 2. Nov. 2026 um 10:00 Uhr").removeprefix("From: ").replace("To:", "An:")),
    "outlook in english": outlook("From:", "Sent:", "To:", "Subject:", "Monday, November 2, 2026 10:00 AM", "FW:"),
    "outlook in german": outlook("Von:", "Gesendet:", "An:", "Betreff:", "Montag, 2. November 2026 10:00", "WG:"),
    "outlook in french": outlook("De :", "Envoyé :", "À :", "Objet :", "lundi 2 novembre 2026 10:00", "TR:"),
    "outlook in spanish": outlook("De:", "Enviado el:", "Para:", "Asunto:", "lunes, 2 de noviembre de 2026 "
                                                                            "10:00", "RV:"),
    "outlook in italian": outlook("Da:", "Inviato:", "A:", "Oggetto:", "lunedì 2 novembre 2026 10:00", "I:"),
    "outlook in dutch": outlook("Van:", "Verzonden:", "Aan:", "Onderwerp:", "maandag 2 november 2026 10:00", "Doorst:"),
    "outlook in polish": outlook("Od:", "Wysłano:", "Do:", "Temat:", "poniedziałek, 2 listopada 2026 10:00", "PD:"),
    "outlook in portuguese": outlook("De:", "Enviada em:", "Para:", "Assunto:", "segunda-feira, 2 de novembro "
                                                                                "de 2026 10:00",
                                     "ENC:"),
    "outlook in swedish": outlook("Från:", "Skickat:", "Till:", "Ämne:", "den 2 november 2026 10:00", "VB:"),
    "outlook in danish": outlook("Fra:", "Sendt:", "Til:", "Emne:", "2. november 2026 10:00", "VS:"),
    "outlook in czech": outlook("Od:", "Odesláno:", "Komu:", "Předmět:", "pondělí 2. listopadu 2026 10:00", "FW:"),
    "outlook in russian": outlook("От:", "Отправлено:", "Кому:", "Тема:", "2 ноября 2026 г. 10:00", "FW:"),
    "outlook in chinese": outlook("发件人:", "发送时间:", "收件人:", "主题:", "2026年11月2日 10:00", "转发:"),
    "original message": plain("-----Original Message-----\nFrom: Anna Weber [mailto:anna@acme.example]\nSent: "
                              "02 November "
                              "2026 10:00\nTo: Lena Fischer\nSubject: Grippers", subject="FW: Grippers"),
    "ursprüngliche nachricht": plain("-----Ursprüngliche Nachricht-----\nVon: Anna Weber [mailto:anna@acme.example] \n"
                                     "Gesendet: Montag, 2. November 2026 10:00\nAn: Lena Fischer\nBetreff: Grippers",
                                     subject="[EXT] WG: Grippers"),
    "apple": plain("Begin forwarded message:\n\n> From: Anna Weber <anna@acme.example>\n> Subject: Grippers\n> Date: 2 "
                   "November 2026 at 10:00:00 CET\n> To: Lena Fischer <lena@example.com>\n> Reply-To: "
                   "<anna@acme.example>\n> ",
                   body="> We need five.\n> \n> Can you deliver in May?"),
    "apple in german": plain("Anfang der weitergeleiteten Nachricht:\n\n> Von: Anna Weber "
                             "<anna@acme.example>\n> Betreff: "
                             "Grippers\n> Datum: 2. November 2026 um 10:00:00 MEZ\n> An: Lena <lena@example.com>\n> ",
                             body="> We need five.\n> \n> Can you deliver in May?"),
    "apple in french": plain("Début du message réexpédié :\n\n> De: Anna Weber <anna@acme.example>\n> Objet: "
                             "Grippers\n> "
                             "Date: 2 novembre 2026 à 10:00:00 UTC+1\n> À: Lena <lena@example.com>\n> ",
                             body="> We need five.\n> \n> Can you deliver in May?"),
    "thunderbird": plain("-------- Forwarded Message --------\nSubject: \tGrippers\nDate: \tMon, 2 Nov 2026 "
                         "10:00:00 +0100\n"
                         "From: \tAnna Weber <anna@acme.example>\nTo: \tLena Fischer <lena@example.com>\n\n"),
    "yahoo": plain("----- Forwarded Message -----\nFrom: Anna Weber <anna@acme.example>\nTo: Lena Fischer "
                   "<lena@example.com>\nSent: Monday, November 2, 2026 at 10:00:00 AM GMT+1\nSubject: Grippers"),
    "notes": plain("----- Forwarded by Jon Becker/Example on 03.11.2026 08:00 -----\n\nFrom:\tAnna Weber "
                   "<anna@acme.example>\nTo:\tlena@example.com\nDate:\t02.11.2026 10:00\nSubject:\tGrippers"),
    "without a prefix": plain("From: Anna Weber <anna@acme.example>\nSent: 11/2/2026 10:00 AM\nTo: "
                              "Lena\nSubject: Grippers",
                              subject="A customer wants grippers"),
    "outlook as html": rich(_MARKUP_OUTLOOK, Subject="WG: Grippers"),
    "outlook on the web": rich(_MARKUP_WEB_OUTLOOK, Subject="FW: Grippers"),
    "gmail as html": rich(_MARKUP_GMAIL),
    "apple as html": rich(_MARKUP_APPLE),
    "thunderbird as html": rich(_MARKUP_THUNDERBIRD),
    "twice": plain("________________________________\nFrom: Lena Fischer <lena@example.com>\nSent: Monday, "
                   "November 2, 2026 "
                   "11:00 AM\nTo: Jon Becker\nSubject: FW: "
                   "Grippers\n\n\n________________________________\nFrom: Anna Weber "
                   "<anna@acme.example>\nSent: Monday, November 2, 2026 10:00 AM\nTo: Lena\nSubject: Grippers"),
    "with a file": many(
        part(f"{NOTE}\n\n---------- Forwarded message ---------\n"
             + _GMAIL.format(who=_ANNA, day="2026-11-02 10:00") + f"\n\n{BODY}"),
        part(b"%PDF-1.4", "application/pdf; name=plan.pdf", Disposition="attachment; filename=plan.pdf"), head=JON),
}
