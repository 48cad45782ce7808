"""What two customers of the demo company said and wrote lately, and what was promised on both sides."""

import io
from datetime import timedelta
from email.message import EmailMessage
from typing import NamedTuple

from app.assets.actions import keep
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.promises import Said, settle
from app.conversations.receiving import file_all, make_address
from app.db import now
from app.demo import files
from app.demo.people import DOMAIN
from app.demo.stage import Stage


class Promised(NamedTuple):
    """A promise: by which side, what, by whom of us, so many days from when it was said, and what came of it."""

    side: str
    text: str
    owner: str
    days: int
    outcome: str = ""


ANNA, TOM = "Anna Kessler <anna.kessler@brennhage.example>", "Tom Reyes <tom.reyes@lakeshore.example>"
LINE = """Hello Jon,

thank you for the visit. We will need the soft jaws for both lines, and the first set before the trial in hall 3.
The drawing of the station is attached. Could you confirm the delivery date by the end of the week?

Best regards
Anna Kessler
Production engineering, Brennhage Automotive
Tel. +49 711 5550 142
"""
ANSWER = """Hello Anna,

I have asked our planning and will come back to you tomorrow. The jaws for line 1 are in stock.

Jon

On {day}, Anna Kessler wrote:
> thank you for the visit. We will need the soft jaws for both lines, and the first set before the trial in hall 3.
> The drawing of the station is attached. Could you confirm the delivery date by the end of the week?
"""
DRAWING = "# Station 12, hall 3\n- Drawing of the gripping station\n- Pick height 840 mm, part 1.8 kg, cycle 4.2 s"


def add(stage: Stage) -> None:
    """Schedule them."""
    def at(day: str, event) -> None:
        stage.schedule(stage.calendar.moment(day), event)

    at("-40 08:10", lambda: make_address(stage.spaces["brennhage"].account, actor=stage.people["jon"]))
    at("-19 13:30", lambda: _say(
        stage, "brennhage", "jon", "meeting", "Visit to hall 3: two lines instead of one",
        "They extend the trial to a second line. The plant manager wants the parts count of week one before he signs. "
        "Price is not the issue; *downtime* is.", [ANNA, "Uwe Hartmann <uwe.hartmann@brennhage.example>"],
        [Promised("ours", "Send the downtime figures of the reference plant", "jon", 7, "kept"),
         Promised("ours", "A soft-jaw set to try", "lena", 12),
         Promised("theirs", "Parts count of the first week", "jon", 14)]))
    at("-6 09:05", lambda: _write(stage, "brennhage", ANNA, f"Jon Becker <jon.becker@{DOMAIN}>",
                                  "Soft jaws for both lines", LINE, "1", attach=True))
    at("-5 15:40", lambda: _write(stage, "brennhage", f"Jon Becker <jon.becker@{DOMAIN}>", ANNA,
                                  "Re: Soft jaws for both lines", ANSWER, "2", answers="1"))
    at("-11 15:20", lambda: _say(
        stage, "lakeshore", "rick", "call", "", "Tom likes the calculator but needs it in pounds and cents. Their "
        "budget round closes at the end of the month.", [TOM],
        [Promised("ours", "The calculator in US units", "marcus", 6),
         Promised("theirs", "Names of the three plants in the round", "rick", 20)]))
    at("-2 18:05", lambda: _say(
        stage, "lakeshore", "rick", "event", "Met at the packaging fair", "He brought his buyer along. She asked for "
        "references outside of automotive, and twice about spare parts.",
        [TOM, "Grace Lindqvist <grace.lindqvist@lakeshore.example>"],
        [Promised("ours", "Two references in household appliances", "shauna", 9)]))


def _say(stage: Stage, space: str, who: str, channel: str, title: str, said: str, people: list[str],
         promised: list[Promised]) -> None:
    pairs = [(name.strip(), email.strip(">")) for name, _, email in (each.partition("<") for each in people)]
    rows = [Said(each.side, each.text, stage.people[each.owner], (now() + timedelta(days=each.days)).date())
            for each in promised]
    kept = log_conversation(stage.spaces[space].account, said, actor=stage.people[who], channel=channel, title=title,
                            people=pairs, promised=rows)
    for promise, each in zip(kept.promises, promised, strict=True):
        if each.outcome:
            settle(promise, each.outcome, actor=promise.owner, note="Sent the same evening.")


def _write(stage: Stage, space: str, sender: str, to: str, subject: str, text: str, key: str, *, answers: str = "",
           attach: bool = False) -> None:
    """A letter, as the mail server hands it over."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"], message["Message-ID"] = now(), f"<{space}-{key}@brennhage.example>"
    if answers:
        message["In-Reply-To"] = f"<{space}-{answers}@brennhage.example>"
    message.set_content(text.format(day=(now() - timedelta(days=1)).strftime("%d %B %Y")))
    if attach:
        message.add_attachment(files.make("station-12.pdf", DRAWING), maintype="application", subtype="pdf",
                               filename="station-12.pdf")
    file_all(stage.spaces[space].account, read(keep(io.BytesIO(message.as_bytes()), "message.eml")))
