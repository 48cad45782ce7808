"""What somebody wrote anew in an answer by mail: without what they quote, and without their signature."""

import re

_QUOTED = re.compile(r"^\s*>")
_SIGNATURE = re.compile(r"^-- ?$")
_LEAD_IN = re.compile(
    r"^\s*(?:(?:On|Am|Le|El|Il|Em|Op|Den)\s.{4,200}?(?:wrote|schrieb\b.{0,80}|a écrit|escribió|ha scritto|escreveu"
    r"|schreef\b.{0,80}|skrev\b.{0,80})\s*:)\s*$", re.S)
# Languages that put the verb last say nothing of where the line begins: it is one line.
_LEAD_IN_AT_THE_END = re.compile(r"^.{4,200}(?:写道|寫道|さんは書きました|كتب|כתב/?ה?)\s*[:：]\s*$")
_WHEN_OR_WHO = re.compile(r"\d{1,2}[:.]\d{2}|\S@\S")
_DIVIDER = re.compile(
    r"^\s*(?:-{2,}\s*(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Forwarded message|Message d'origine"
    r"|原始邮件)\s*-{2,}|_{10,})\s*$", re.I)
_HEAD = re.compile(r"^\s*\*?(?:From|Von|De|发件人|מאת|من)\s*:\*?\s.*\S", re.I)
_FURTHER = re.compile(r"^\s*\*?(?:Sent|Date|To|Subject|Gesendet|Datum|An|Betreff|Envoyé|Objet|发送时间|主题)\s*:", re.I)
LEAD_IN_LINES = 3
"""Over so many lines a mail program may break “On … wrote:”."""


def new_words(text: str) -> str:
    """The new words of a plain text. Lines quoted between them stay: somebody answers point by point."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = lines[:_end(lines)]
    while kept and (not kept[-1].strip() or _QUOTED.match(kept[-1])):
        kept.pop()
    return "\n".join(kept).strip()


def _end(lines: list[str]) -> int:
    """The line at which what is not new begins, to the end of the mail."""
    for at, line in enumerate(lines):
        if _SIGNATURE.match(line) or _DIVIDER.match(line):
            return at
        if _HEAD.match(line) and any(_FURTHER.match(each) for each in lines[at + 1 : at + 4]):
            return at
        if _leads_in(lines, at):
            return at
    return len(lines)


def _leads_in(lines: list[str], at: int) -> bool:
    """Whether “On … wrote:” begins here and what follows is all quoted; unquoted it must name an hour or an address."""
    for length in range(1, LEAD_IN_LINES + 1):
        if not all(line.strip() for line in lines[at : at + length]):
            return False
        said = " ".join(lines[at : at + length])
        if _LEAD_IN.match(said) or (length == 1 and _LEAD_IN_AT_THE_END.match(said)):
            rest = [line for line in lines[at + length :] if line.strip()]
            if rest and not _QUOTED.match(rest[0]):
                return _WHEN_OR_WHO.search(said) is not None
            first_new = next((line for line in rest if not _QUOTED.match(line)), None)
            return first_new is None or _SIGNATURE.match(first_new) is not None
    return False
