"""What a task made of an entry begins with: its words, and who and when as far as it says so."""

from datetime import date

from app.access import root_of
from app.entries.lines import Line, Unreadable, read_line
from app.entries.markdown import beginning
from app.entries.models import Entry

WORDS = 160
"""Characters of a text that a task is named by."""


def suggested(said: Entry, today: date) -> Line:
    """The first line of a comment or post that names somebody or a day, else how it begins; else the title."""
    if said.kind not in ("comment", "post"):
        return Line(said.title)
    lines = [line for line in (_read(each, today) for each in said.body.splitlines()) if line]
    asking = next((line for line in lines if line.handle or line.due_on), None)
    found = asking or Line(beginning(said.body, WORDS) or root_of(said).title)
    return found._replace(text=beginning(found.text, WORDS))


def _read(line: str, today: date) -> Line | None:
    try:
        return read_line(line.strip("#>*- ").rstrip("?!"), today) if line.strip() else None
    except Unreadable:
        return None
