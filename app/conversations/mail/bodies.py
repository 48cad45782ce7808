"""From the bodies of a message to what is shown: one of each pair of alternatives, without quotations and signature."""

from collections.abc import Iterable
from typing import NamedTuple

from app.conversations.mail import headers, html, quotes
from app.conversations.mail.charsets import tidy
from app.conversations.mail.message import MOST_TEXT, Message

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


def say(message: Message, text: str) -> None:
    """Fill in what its sender wrote and what they quote; who passes on what another wrote, lets that one speak."""
    parts = quotes.split(tidy(text))
    message.text, message.quoted = parts.said[:MOST_TEXT], parts.quoted[:MOST_TEXT]
    message.drop("signature", bool(parts.signature))
    message.drop("text", len(parts.said) > MOST_TEXT)
    passed_on = parts.forwarded
    if passed_on and (headers.is_forward(message.subject) or "marked" in passed_on):
        _pass_on(message, passed_on)
    elif not message.text and message.quoted:
        # Nothing of one's own above a quotation is a message all the same.
        message.text, message.quoted = message.quoted, ""


def _pass_on(message: Message, passed_on: dict[str, str]) -> None:
    sender = quotes.sender_of(passed_on)
    if sender is None:
        return
    inner = quotes.split(quotes.body_of_forwarded(message.quoted))
    note = message.text
    message.forwarded_by, message.sender = message.sender, sender
    message.text = "\n\n".join(each for each in (note, inner.said) if each)
    message.quoted = inner.quoted
    message.date = headers.moment(passed_on.get("sent", "")) or message.date
    message.subject = (headers.words(passed_on.get("subject", "")) or message.subject)[:300]
    message.to = headers.addresses(passed_on.get("to", "")) or message.to
