"""The head of a message: words, addresses, ids and dates, however they were written. Nothing here ever raises.

The standard library's own policies raise, or drop an address, on heads as they really come: so fields are taken as they
stand and read here.
"""

import base64
import binascii
import quopri
import re
from datetime import UTC, datetime
from email.message import Message as Parsed
from email.utils import parsedate_to_datetime

from app.conversations.mail.charsets import decode, tidy
from app.conversations.mail.message import MOST_PEOPLE, Address

LONGEST = 20_000
"""Characters of one field that are read."""
LONGEST_ID = 250
MOST_IDS = 100
_ENCODED = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(=\?[^?\s]{1,40}\?[bBqQ]\?[^?]*\?=)[ \t\r\n]+(?==\?[^?\s]{1,40}\?[bBqQ]\?)")
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{1,190}")
_ID = re.compile(r"<([^<>\s]{1,998})>")
_SPACE = re.compile(r"\s+")
_FORWARD = (r"fwd?|fw|wg|tr|rv|enc|i|vb|vl|doorst|pd|ilt|videresend|videresendt|továbbítás|fs|转发|轉寄|轉發|転送|"
            r"إعادة توجيه|הועבר|пересл")
_TAGS = r"\[(?:ext|extern|external|externe|spam)[^\]]{0,20}\]\s*"
_NUMBER = r"\s*(?:\[\d+\]|\(\d+\)|\d*)\s*[:：]\s*"
_REPLY = r"re|aw|antw|antwort|sv|res|r|ref|ynt|odp|vá|回复|回覆|答复|答覆|返信|回信|رد|תשובה|на|ответ"
_EITHER = "vs"  # a reply in Finland, passed on in Denmark
# "Re:", "AW:", "Fwd:" … as the mail programs of many languages write them, several of them, with numbers.
PREFIXES = re.compile(rf"^\s*(?:(?:{_FORWARD}|{_REPLY}|{_EITHER}){_NUMBER}|{_TAGS})+", re.IGNORECASE)
REPLIES = re.compile(rf"^\s*(?:{_TAGS})*(?:{_REPLY}){_NUMBER}", re.IGNORECASE)
FORWARDS = re.compile(rf"^\s*(?:{_TAGS})*(?:{_FORWARD}){_NUMBER}", re.IGNORECASE)


AUTOMATIC = re.compile(
    rf"^\s*(?:{_TAGS})*(?:automatic reply|auto(?:matic)?[- ]?reply|out of (?:the )?office|automatische antwort|"
    r"abwesenheitsnotiz|réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|"
    r"resposta automática|autosvar|automatiskt svar|odpowiedź automatyczna|automatická odpověď|"
    r"自动回复|自動返信)\b\s*[:：]",
    re.IGNORECASE)


def fields(head: Parsed, name: str) -> list[str]:
    """Every field of this name, unfolded, as text; bytes that are no ASCII are guessed."""
    wanted = name.lower()
    return [_raw(value) for key, value in head.raw_items() if str(key).lower() == wanted]


def _raw(value) -> str:
    text = str(value)[:LONGEST]
    if any("\udc80" <= sign <= "\udcff" for sign in text):
        text = decode(text.encode("utf-8", "surrogateescape"))
    return text.replace("\r", " ").replace("\n", " ")


def first(head: Parsed, name: str) -> str:
    """The first field of this name that holds something: whoever adds another one adds it below or lies."""
    return next((each for each in fields(head, name) if each.strip()), "")


def words(text: str) -> str:
    """The text of a field with its encoded words decoded (RFC 2047, and what is nearly that)."""
    text = _BETWEEN.sub(r"\1", text)
    return _SPACE.sub(" ", tidy(_ENCODED.sub(_word, text))).strip()


def _word(found: re.Match) -> str:
    charset, way, content = found.groups()
    try:
        if way in "bB":
            content = re.sub(r"[^A-Za-z0-9+/]", "", content)
            data = base64.b64decode(content[: len(content) - (len(content) % 4 == 1)] + "=" * (-len(content) % 4))
        else:
            data = quopri.decodestring(content.replace("_", " ").encode("utf-8", "replace"), header=True)
    except (binascii.Error, ValueError):
        return found[0]
    return decode(data, charset)


def addresses(text: str) -> list[Address]:
    """Everybody a field names, in order, each once; a name without an address that can be read counts as well."""
    found: dict[str, Address] = {}
    for piece in _pieces(text):
        each = _address(piece)
        if each and len(found) < MOST_PEOPLE:
            found.setdefault(each.email or each.name, each)
    return list(found.values())


def _pieces(text: str) -> list[str]:
    """A list of addresses cut at its commas and semicolons, but for those in quotes, brackets and parentheses."""
    pieces, current, quoted, depth, escaped = [], [], False, 0, False
    for sign in text:
        if escaped:
            escaped = False
        elif sign == "\\":
            escaped = True
        elif sign == '"':
            quoted = not quoted
        elif not quoted and sign in "(<":
            depth += 1
        elif not quoted and sign in ")>":
            depth = max(0, depth - 1)
        elif not quoted and sign in ",;" and depth == 0:
            pieces.append("".join(current))
            current = []
            continue
        current.append(sign)
    return [*pieces, "".join(current)]


def _address(piece: str) -> Address | None:
    bracket = re.search(r"<([^<>]*)>?\s*$", piece)
    inside = bracket[1] if bracket else piece
    email = _EMAIL.search(inside) or _EMAIL.search(piece)
    name = piece[: bracket.start()] if bracket else re.sub(_EMAIL, "", piece, count=1)
    name = words(name.strip(" \t:<>\"'()").replace('\\"', '"').replace("\\\\", "\\")).strip(" \"'")[:200]
    if email is None:
        return Address("", name) if re.search(r"\w", name) else None
    address = tidy(email[0]).lower().strip(".")
    if "=?" in address:
        return None
    return Address(address, "" if name.lower() == address or "@" in name else name)


def ids(text: str) -> list[str]:
    """Message ids in a field, in order, each once, without their brackets and no longer than they are kept."""
    found = _ID.findall(text) or text.split()
    return list(dict.fromkeys(tidy(each)[:LONGEST_ID] for each in found if each.strip("<>")))[-MOST_IDS:]


def moment(text: str) -> str:
    """A date as ISO 8601 in UTC; empty for what is none, or lies where no mail comes from."""
    try:
        found = parsedate_to_datetime(re.sub(r"\([^()]*\)", "", text).strip())
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return ""
    return found.isoformat() if 1980 <= found.year <= 2200 else ""


def minutes_ahead(text: str) -> int:
    """How many minutes the clock that wrote this date is ahead of UTC."""
    found = re.search(r"([+-])(\d\d)(\d\d)\b(?!.*[+-]\d{4}\b)", text)
    if not found or int(found[2]) > 14:
        return 0
    minutes = int(found[2]) * 60 + int(found[3])
    return minutes if found[1] == "+" else -minutes


def as_moment(text: str) -> datetime | None:
    """The moment that `moment` wrote."""
    return datetime.fromisoformat(text) if text else None


def subject_key(subject: str) -> str:
    """What the subjects of one thread have in common: without "Re:" and "Fwd:" of any language, case and blanks."""
    return _SPACE.sub(" ", PREFIXES.sub("", subject)).strip().casefold()[:LONGEST_ID]


def is_forward(subject: str) -> bool:
    """Whether a subject says that somebody passes on what another one wrote."""
    return FORWARDS.match(subject) is not None


def is_reply(subject: str) -> bool:
    """Whether a subject says that somebody answers."""
    return REPLIES.match(subject) is not None


def without_forward(subject: str) -> str:
    """A subject without what says that it was passed on, however often it was."""
    while (shorter := FORWARDS.sub("", subject)) != subject:
        subject = shorter
    return subject.strip()


def is_automatic(head: Parsed) -> bool:
    """Whether a program wrote it (RFC 3834, and what was usual before): answers to it would go round in circles."""
    says = first(head, "Auto-Submitted").split(";")[0].strip().lower()
    precedence = first(head, "Precedence").strip().lower()
    if AUTOMATIC.match(words(first(head, "Subject"))):
        return True
    return (says not in ("", "no") or precedence in ("bulk", "junk", "auto_reply")
            or bool(first(head, "X-Autoreply") or first(head, "X-Autorespond"))
            or first(head, "Return-Path").strip() == "<>")
