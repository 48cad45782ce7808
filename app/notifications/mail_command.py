"""`flask mail receive`: one message on standard input, as any mail server can hand it over.

Exit codes are those of sysexits.h, which mail servers understand: 0 it is kept, 67 it is for nobody (bounce), 75 try
again later, 65 it is larger than this server takes.
"""

import io
import logging
import sys
from contextlib import suppress
from email.parser import BytesHeaderParser
from typing import BinaryIO

import click
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app import schema
from app.accounts.models import Account
from app.activity import delivery
from app.assets.actions import KeptFile, keep
from app.assets.store import StoreError, TooLarge
from app.conversations import receiving
from app.conversations.mail import mime
from app.conversations.mail.reading import Delivery, read
from app.conversations.receiving import MISTAKES
from app.db import only_reading
from app.extensions import db
from app.notifications import replying

log = logging.getLogger(__name__)
EX_DATAERR, EX_NOUSER, EX_TEMPFAIL = 65, 67, 75
MOST_BYTES = 256 * 1024 * 1024

mail_group = AppGroup("mail", help="Mail that comes in.")


@mail_group.command("receive", with_appcontext=False)
@click.option("--to", default="", help="The address it was sent to; left out, what the message itself says.")
@with_appcontext
def receive(to: str) -> None:
    """Take one message, read from standard input: a customer's into its account, an answer into its thread."""
    try:
        schema.check(db.engine)
        said = take_in(sys.stdin.buffer, to)
    except (receiving.NoSuchAddress, replying.Refused) as error:
        delivery.rollback()
        click.echo(error.why if isinstance(error, replying.Refused) else "There is no such address here.", err=True)
        sys.exit(EX_NOUSER)
    except TooLarge:
        click.echo("The message is too large.", err=True)
        sys.exit(EX_DATAERR)
    except Exception as error:  # a mail server sends back for good what ends in any other way: the letter would be lost
        if not isinstance(error, (schema.Unusable, StoreError, SQLAlchemyError, OSError)):
            log.exception("a message could not be taken in")
        with suppress(SQLAlchemyError):
            delivery.rollback()
        click.echo(f"Not kept just now: {error}", err=True)
        sys.exit(EX_TEMPFAIL)
    click.echo(said)


def take_in(stream: BinaryIO, to: str = "") -> str:
    """Take the message that `stream` holds; a sentence about it. Raises NoSuchAddress before anything of it is kept."""
    beginning = stream.read(mime.HEAD)
    addresses = [to] if to else receiving.recipients(mime.head(BytesHeaderParser().parsebytes(beginning)))
    rest = io.BufferedReader(_Chained(beginning, stream))
    if door := replying.door_at(addresses):
        return _answered(rest, door)
    with only_reading():
        account_id = (receiving.account_at(to) if to else receiving.first_account(addresses)).id
        db.session.rollback()
    return _filed(rest, account_id)


def _answered(stream: BinaryIO, door: replying.Door) -> str:
    arrived = read(_kept(stream)).arrived[0]
    outcome = replying.take(door, arrived)
    delivery.commit()
    return f"{outcome.what.capitalize()}."


def _filed(stream: BinaryIO, account_id: int) -> str:
    arrived = read(_kept(stream))
    try:
        filed = receiving.file_all(db.session.get(Account, account_id), arrived)
        delivery.commit()
    except MISTAKES:
        # It would fail again whenever it comes again, until its mail server sends it back: rather keep it unread.
        log.exception("a message could not be filed as it was read")
        delivery.rollback()
        bare = Delivery([each.bare for each in arrived.arrived])
        filed = receiving.file_all(db.session.get(Account, account_id), bare)
        delivery.commit()
    if not any(each.is_new for each in filed):
        return "It was here already."
    return f"Kept as entry {filed[0].mail.entry_id}."


def _kept(stream: BinaryIO) -> KeptFile:
    return keep(stream, "message.eml", MOST_BYTES)


class _Chained(io.RawIOBase):
    """What was read already, then the rest."""

    def __init__(self, beginning: bytes, rest: BinaryIO) -> None:
        self._beginning, self._rest = io.BytesIO(beginning), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if count := self._beginning.readinto(buffer):
            return count
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
