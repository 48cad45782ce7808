"""Asking with answers to choose from, and choosing. Actions take their actor, record what happened and never commit."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, select

from app.activity.recording import record
from app.db import insert_missing
from app.entries.actions import post
from app.entries.models import Post
from app.extensions import db
from app.people.models import Person
from app.polls import kinds
from app.polls.models import MOST_OPTIONS, Poll, PollOption, PollVote
from app.spaces.models import Space


class NoChoice(ValueError):
    """A poll has at least two answers and not too many; one that allows one choice takes one, of its own answers."""


def answers(lines: Iterable[str]) -> list[str]:
    """The answers that lines of a text are: each once, without blanks. Raises NoChoice."""
    found = list(dict.fromkeys(filter(None, (" ".join(each.split()) for each in lines))))
    if not 2 <= len(found) <= MOST_OPTIONS:
        raise NoChoice(len(found))
    return found


def ask(
    space: Space, question: str, options: Sequence[str], *, actor: Person, is_multiple: bool = False,
    closes_on: date | None = None,
) -> Post:
    """Post a question with answers to choose from. Raises NoChoice."""
    told = answers(options)
    asked = post(space, question, actor=actor)
    asked.poll = Poll(is_multiple=is_multiple, closes_on=closes_on, options=[
        PollOption(position=at, text=text) for at, text in enumerate(told)])
    db.session.flush()
    return asked


def choose(poll: Poll, option_ids: Iterable[int], *, actor: Person) -> None:
    """Choose these answers and no others; none takes a choice back. Raises NoChoice."""
    chosen, own = set(option_ids), {each.id for each in poll.options}
    if not chosen <= own or (len(chosen) > 1 and not poll.is_multiple):
        raise NoChoice(len(chosen))
    # Two tabs of one person take turns, so that one choice stays one.
    db.session.execute(select(Poll.id).where(Poll.id == poll.id).with_for_update())
    db.session.execute(delete(PollVote).where(
        PollVote.option_id.in_(own - chosen), PollVote.person_id == actor.id))
    insert_missing(db.session, PollVote, [{"option_id": key, "person_id": actor.id} for key in sorted(chosen)])
    db.session.expire(poll, ["options"])
    for each in poll.options:
        db.session.expire(each, ["votes"])
    record(kinds.PollChosen, actor=actor, entry=poll.post)
