"""The text of a message in parts: what its sender wrote, what they quote of others, and their signature.

Mail programs mark quotations in dozens of ways. The rule: when in doubt, it was written by the sender; nothing is lost,
for what is folded stands under what is shown, and the original has everything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.conversations.mail.headers import addresses, words
from app.conversations.mail.html import END_OF_SIGNATURE, QUOTED_FROM_HERE, SIGNATURE
from app.conversations.mail.message import Address

MOST_LINES = 20_000
MOST_INTRODUCED = 50
"""So many lines that end in "… wrote:" are looked at, for each asks about all lines below it."""
LONGEST_SIGNATURE = 14
"""Lines of a signature below its "-- "; more than that is text."""
MOST_HEAD = 40
"""Lines in which the head of what is passed on is looked for."""
_LONGEST_INTRODUCTION = 4
"""Lines over which "On … wrote:" may be broken."""

# "On Mon, 3 Nov 2026 at 10:12, Anna Weber <anna@…> wrote:" as mail programs say it.
_INTRODUCTION = re.compile(
    r"^(?:on|am|le|el|il|op|em|w dniu|dne|den|på|fra|în|vào|na|dnia)\b.{4,400}?"
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|napisał\(?a?\)?|napsal\(?a?\)?|skrev|scris|"
    r"đã viết"
    r"|napisao|írta)\b.{0,200}?:\s*$"
    r"|^.{0,300}(?:\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev)\s*:|写道\s*[:：]|"
    r"寫道\s*[:：]|"
    r"のメール\s*[:：]|さんは書きました\s*[:：]|작성\s*[:：]|כתב[/ה]*\s*:|كتب\s*:)\s*$", re.IGNORECASE)
_BEGINS = re.compile(r"^(?:on|am|le|el|il|op|em|w dniu|dne|den)\s.*\d", re.IGNORECASE)
_DIVIDER = re.compile(
    r"^\s*[-_*=]{2,}\s*(?:original message|original-nachricht|ursprüngliche nachricht|weitergeleitete nachricht|"
    r"forwarded message|forwarded by .{0,100}|message d'origine|message d’origine|message transféré|mensaje original|"
    r"mensaje reenviado|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|"
    r"mensagem original|mensagem encaminhada|mensagem reencaminhada|originalmeddelande|"
    r"vidarebefordrat (?:meddelande|brev)|oprindelig meddelelse|opprinnelig melding|videresendt (?:meddelelse|melding)|"
    r"wiadomość oryginalna|(?:treść )?przekazan\w+ wiadomoś\w+|původní zpráva|přeposlaná zpráva|"
    r"message réexpédié|пересылаемое сообщение|пересланное сообщение|исходное сообщение|iletilen mesaj|"
    r"továbbított üzenet|välitetty viesti|転送メッセージ|"
    r"原始邮件|原始郵件|转发邮件|轉寄郵件|元のメッセージ|원본 메시지|הודעה מקורית|"
    r"الرسالة الأصلية)\s*[-_*=]{2,}\s*$|^\s*begin forwarded message:\s*$|"
    r"^\s*anfang der weitergeleiteten (?:nachricht|e-mail):\s*$"
    r"|^\s*début du message (?:transféré|réexpédié)\s*:\s*$|^\s*inicio del mensaje reenviado\s*:\s*$|"
    r"^\s*inizio (?:del )?messaggio inoltrato\s*:\s*$|^\s*begin doorgestuurd bericht\s*:\s*$|"
    r"^\s*początek przekazywanej wiadomości\s*:\s*$|^\s*início da mensagem (?:reencaminhada|encaminhada)\s*:\s*$|"
    r"^\s*(?:börja|början på) vidarebefordrat (?:brev|meddelande)\s*:\s*$|"
    r"^\s*start på videresendt (?:besked|melding)\s*:\s*$|^\s*начало переадресованного (?:сообщения|письма)\s*:\s*$",
    re.IGNORECASE)
_FORWARDED = re.compile(
    r"forward|weitergeleitet|transféré|réexpédié|reenviado|inoltrato|doorgestuurd|encaminhada|przekaz|vidarebefordra|"
    r"videresend|přeposlan|пересыл|переслан|переадрес|iletilen|továbbított|välitetty|转发|轉寄|転送", re.IGNORECASE)
_LINE = re.compile(r"^\s*_{10,}\s*$")
_LISTED = re.compile(r"mailing list|listinfo|mailman|unsubscribe|verteiler|liste de diffusion", re.IGNORECASE)
NAMES = {
    "from": r"from|von|de|da|van|från|fra|od|от|kimden|feladó|lähettäjä|de la|发件人|寄件者|差出人|보낸 사람|מאת|من",
    "sent": r"sent|date|gesendet|datum|envoyé(?: le)?|enviado(?: el)?|fecha|inviato|data|verzonden|enviad[ao](?: em)?|"
            r"skickat|sendt|dato|wysłan[oey]|odesláno|отправлено|дата|gönderildi|tarih|küldve|elküldve|dátum|lähetetty|"
            r"发送时间|日期|寄件日期|送信日時|日時|보낸 날짜|נשלח|تاريخ",
    "to": r"to|an|à|a|para|per|naar|aan|till|til|do|komu|кому|kime|címzett|vastaanottaja|către|"
          r"收件人|收件者|宛先|받는 사람|אל|إلى",
    "subject": r"subject|betreff|objet|sujet|asunto|oggetto|onderwerp|assunto|ämne|emne|temat|předmět|тема|konu|tárgy|"
               r"aihe|subiect|主题|主旨|件名|제목|נושא|الموضوع",
    "cc": r"cc|kopie|kopia|copie(?: à)?|cópia|cc|ccn|dw|kopi|kopio|копия|bilgi|másolat|抄送|副本|참조",
    "other": r"reply-to|antwort an|répondre à|responder a|rispondi a|antwoord aan|importance|wichtigkeit|priority|"
             r"attachments?|anlagen?|anhänge|pièces jointes|organi[sz]ation|message-id|bcc|resent-\w+",
}
_FIELDS = {name: re.compile(rf"^[>\s*]*(?:{found})\s*\*?\s*[:：]\*?\s*(?P<value>.*)$", re.IGNORECASE)
           for name, found in NAMES.items()}
_DASHES = re.compile(r"^--\s?$|^—\s*$")
_SENT_FROM = re.compile(
    r"^(?:sent from (?:my |outlook|yahoo|proton)|get outlook for|von meinem .{1,40} gesendet|gesendet von |"
    r"envoyé de(?:puis)? |"
    r"enviado desde |inviato da |verzonden (?:vanaf|met) |skickat från |发自我的|iPhoneから送信)", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(?:kind |best |warm |many )?regards,?$|^(?:best|cheers|thanks|sincerely|yours(?: sincerely| faithfully)?|"
    r"all the best),?$"
    r"|^(?:mit )?(?:freundlichen|besten|herzlichen|vielen|viele|beste|liebe|schöne) (?:grüßen|grüße|gruß|grüssen|"
    r"grüsse|dank),?$"
    r"|^(?:bien )?cordialement,?$|^un saludo,?$|^saludos,?$|^cordiali saluti,?$|^(?:met )?vriendelijke groeten?,?$|"
    r"^mvh,?$"
    r"|^vg,?$|^lg,?$|^此致$|^以上$", re.IGNORECASE)
_CONTACT = re.compile(r"(?:\+?\d[\d ()/.-]{6,}\d)|www\.|https?://|\b(?:tel|phone|mobile|mobil|fon|fax)\b|@|\b(?:GmbH|AG|Ltd|Inc|"
                      r"S\.A\.|B\.V\.|LLC|KG|Amtsgericht|Geschäftsführer|HRB)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Split:
    """The parts of a text. `forwarded` holds the fields of the head of what is passed on (who wrote it, when), and
    `inside` what stands below that head.
    """

    said: str
    quoted: str = ""
    signature: str = ""
    forwarded: dict[str, str] | None = None
    inside: str = ""


def split(text: str) -> Split:
    """What the sender said, what they quote, and how they sign."""
    lines = text.split("\n")[:MOST_LINES]
    lines, signed = _marked_signature(lines)
    left = iter(range(MOST_INTRODUCED))
    cut = next((at for at in range(len(lines)) if _quotes_from(lines, at, left)), len(lines))
    forwarded, below = _forwarded(lines[cut:])
    said, quoted = lines[:cut], [line for line in lines[cut:] if line != QUOTED_FROM_HERE]
    said, marked = _without_marks(said)
    said, signature = _signature(said)
    return Split(_joined(said), _joined([*marked, *([""] if marked and quoted else []), *quoted]),
                 _joined([*signed, *signature]), forwarded, "\n".join(below))


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")


def _marked_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines without a signature that the mail program marked as one, and that signature, above what is quoted."""
    kept, signed, inside, quoting = [], [], 0, False
    for line in lines:
        quoting = quoting or line == QUOTED_FROM_HERE
        if line == SIGNATURE:
            inside += 1
        elif line == END_OF_SIGNATURE:
            inside = max(0, inside - 1)
        elif inside and not quoting:
            signed.append(line)
        else:
            kept.append(line)
    return kept, signed


def _quotes_from(lines: list[str], at: int, left: Iterator[int]) -> bool:
    """Whether everything from this line on is quoted; `left` are the introductions that may still be looked at."""
    line = lines[at]
    if line == QUOTED_FROM_HERE or _DIVIDER.match(line[:500]):
        return True
    if _introduces(line):
        return next(left, None) is not None and _rest_is_quoted(lines, at + 1)
    if _BEGINS.match(line[:400]):
        for size in range(2, _LONGEST_INTRODUCTION + 1):
            if _introduces(" ".join(each.strip() for each in lines[at : at + size])):
                return next(left, None) is not None and _rest_is_quoted(lines, at + size)
    return _is_head(lines, at + 1 if _LINE.match(line) else at)


def _introduces(line: str) -> bool:
    """Whether a line ends in "… wrote:"."""
    line = line.strip()
    return len(line) <= 800 and line.endswith((":", "：")) and _INTRODUCTION.match(line) is not None


def _rest_is_quoted(lines: list[str], at: int) -> bool:
    """After "… wrote:" comes a quotation; the sender may go on below lines with marks, which are cut one by one."""
    following = [line for line in lines[at:] if line.strip()]
    if not following:
        return True
    marked = sum(line.startswith(">") for line in following)
    return not marked or marked == len(following) or not following[0].startswith(">")


def _is_head(lines: list[str], at: int) -> bool:
    """Whether here stands the head of another message: From and at least two of Sent, To and Subject below it."""
    if at >= len(lines) or not (sender := _FIELDS["from"].match(lines[at][:500])) or not sender["value"]:
        return False
    near = [line[:500] for line in lines[at + 1 : at + 8]]
    return sum(any(_FIELDS[name].match(line) for line in near) for name in ("sent", "to", "subject")) >= 2


def _without_marks(lines: list[str]) -> tuple[list[str], list[str]]:
    """Lines without those marked by ">", which are quoted, nor the "… wrote:" above them."""
    said, quoted = [], []
    for at, line in enumerate(lines):
        if line.startswith(">") or at + 1 < len(lines) and _introduces(line) and _next(lines, at).startswith(">"):
            quoted.append(line)
        else:
            said.append(line)
    return said, quoted


def _next(lines: list[str], at: int) -> str:
    return next((line for line in lines[at + 1 : at + 4] if line.strip()), "")


def _signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines without the signature at their end."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    floor = max(0, len(lines) - LONGEST_SIGNATURE - 1)
    for at in range(len(lines) - 1, floor - 1, -1):
        line = lines[at].strip()
        if _DASHES.match(lines[at]) or _SENT_FROM.match(line):
            return lines[:at], lines[at:]
        if _LINE.match(lines[at]) and any(_LISTED.search(below) for below in lines[at + 1 :]):
            return lines[:at], lines[at:]
        if at and _CLOSING.match(line.rstrip("!.")) and _reads_as_signature(lines[at + 1 :]):
            return lines[:at], lines[at:]
    return lines, []


def _reads_as_signature(lines: list[str]) -> bool:
    """A name and how to reach them: short lines, none of them a sentence."""
    below = [line.strip() for line in lines if line.strip()]
    if len(below) > 2 and not any(_CONTACT.search(line) for line in below):
        return False
    return all(len(line) <= 120 and (not line.endswith((".", "?", "!")) or _CONTACT.search(line)) for line in below)


def _forwarded(lines: list[str]) -> tuple[dict[str, str] | None, list[str]]:
    """The head of a message that is passed on, where the quotation begins, and the lines below that head."""
    says_so = any(_FORWARDED.search(line[:500]) and _DIVIDER.match(line[:500]) for line in lines[:4])
    lines = _unmarked([line for line in lines if line != QUOTED_FROM_HERE])
    found, end = _head(lines)
    if "from" not in found or not ("subject" in found or "to" in found):
        return None, []
    return found | ({"marked": "yes"} if says_so else {}), lines[end:]


def _unmarked(lines: list[str]) -> list[str]:
    """Lines of which all but the first are marked by ">", without the mark."""
    begin = next((at for at, line in enumerate(lines) if line.startswith(">")), None)
    if begin is None or begin > 3 or not all(line.startswith(">") for line in lines[begin:] if line.strip()):
        return lines
    return [*lines[:begin], *(line[1:].removeprefix(" ") for line in lines[begin:])]


def _field(line: str) -> tuple[str, str]:
    """Which field of a head a line is, in any language, and what it says."""
    for name, pattern in _FIELDS.items():
        if match := pattern.match(line[:2_000]):
            return name, match["value"].strip(" *\t")
    return "", ""


def _head(lines: list[str]) -> tuple[dict[str, str], int]:
    """The fields at the beginning, and where what is below them begins. A long field may go on in the next line."""
    found: dict[str, str] = {}
    last = ""
    for at, line in enumerate(lines[:MOST_HEAD]):
        name, value = _field(line)
        is_whole = "from" in found and "subject" in found and ("to" in found or "sent" in found)
        if name and name not in found:
            found[name], last = value, name
        elif not line.strip():
            if last and (is_whole or not _field(_next(lines, at))[0]):
                return found, at + 1
        elif last and not name:
            if last not in found or not (line[0] in " \t" or _goes_on(found[last], line, lines[at + 1 : at + 4])):
                return found, at
            found[last] = f"{found[last]} {line.strip(' *')}".strip()
        elif name and name != "other":
            return found, at  # said twice: that is a text
        elif not name and at > 5:
            break
    return found, min(len(lines), MOST_HEAD)


def _goes_on(value: str, line: str, following: list[str]) -> bool:
    """Whether a field that says `value` goes on in the line below it."""
    return value.endswith((",", ";")) or not value or any(_field(each)[0] for each in following)


def sender_of(head: dict[str, str]) -> Address | None:
    """Who wrote what is passed on; without an address where its head has none, None where it names nobody."""
    named = words(head["from"]).strip()
    return next((each for each in people_in(named) if each.email), Address("", named[:200]) if named else None)


def people_in(text: str) -> list[Address]:
    """Who is named in a line of such a head."""
    text = re.sub(r"\[mailto:([^\]]+)\]|<mailto:([^>]+)>", lambda found: f"<{found[1] or found[2]}>",
                  words(text).replace("*", ""))
    return addresses(re.sub(r"(<[^<>]+>)\s*<[^<>]+>", r"\1", text))
