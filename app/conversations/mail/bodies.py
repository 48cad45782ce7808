"""From the bodies of a message to what is shown: one of each pair of alternatives, without quotations and signature."""

from collections.abc import Iterable
from typing import NamedTuple

from app.conversations.mail import dates, headers, html, quotes
from app.conversations.mail.charsets import tidy
from app.conversations.mail.message import MOST_TEXT, Message

DEEPEST_FORWARD = 8
"""So often what was passed on may have been passed on before."""
STUB = 120
"""A plain text shorter than this beside HTML that says five times as much only asks for another mail program."""


class Body(NamedTuple):
    """A text of the message; those of the same `alternative` say the same. `spare` ones count where no other does."""

    kind: str
    text: str
    alternative: int | None = None
    spare: bool = False


def write_up(message: Message, bodies: list[Body]) -> list[html.Found]:
    """Fill in what the message says; what its parts in HTML show comes back."""
    wanted = [each for each in bodies if not each.spare and each.text.strip()] or bodies
    read = {at: html.read(each.text) for at, each in enumerate(wanted) if each.kind == "html"}
    groups: dict[object, list[int]] = {}
    for at, each in enumerate(wanted):
        groups.setdefault(("one", at) if each.alternative is None else each.alternative, []).append(at)
    texts = [_chosen([(wanted[at].kind, read[at].text if at in read else wanted[at].text) for at in group])
             for group in groups.values()]
    message.drop("images", sum(found.remote_images for found in read.values()))
    say(message, "\n\n".join(text for text in texts if text.strip()))
    return list(read.values())


def _chosen(group: Iterable[tuple[str, str]]) -> str:
    plain, rich = "", ""
    for kind, text in group:
        if kind == "html":
            rich = rich or text
        else:
            plain = plain or text
    is_stub = len(plain.strip()) < STUB and len(rich) > 5 * len(plain.strip())
    return rich if is_stub and rich.strip() else plain


def say(message: Message, text: str, *, depth: int = 0) -> None:
    """Fill in what its sender wrote, what they quote, and what of another they pass on."""
    parts = quotes.split(tidy(text))
    message.text, message.quoted = parts.said[:MOST_TEXT], parts.quoted[:MOST_TEXT]
    message.drop("signature", bool(parts.signature))
    message.drop("text", len(parts.said) > MOST_TEXT)
    says_so = headers.is_forward(message.subject) or "marked" in (parts.forwarded or {})
    if parts.forwarded and depth < DEEPEST_FORWARD and (says_so or not headers.is_reply(message.subject)):
        _pass_on(message, parts, says_so, depth)
    if not message.text and message.quoted:
        # Nothing of one's own above a quotation is a message all the same.
        message.text, message.quoted = message.quoted, ""


def _pass_on(message: Message, parts: quotes.Split, says_so: bool, depth: int) -> None:
    head, sender = parts.forwarded, quotes.sender_of(parts.forwarded)
    if sender is None:
        return
    inside = Message(
        sender=sender, subject=headers.words(head.get("subject", ""))[:300] or headers.without_forward(message.subject),
        to=quotes.people_in(head.get("to", "")), cc=quotes.people_in(head.get("cc", "")),
        date=dates.written(head.get("sent", ""), passed_on=message.date, offset=message.minutes_ahead),
        minutes_ahead=message.minutes_ahead,
    )
    say(inside, parts.inside, depth=depth + 1)
    message.note, message.is_forward, message.forwarded = message.text, says_so, inside
