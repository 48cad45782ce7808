"""`flask mail receive`: one message on standard input, as any mail server can hand it over.

Exit codes are those of sysexits.h, which mail servers understand: 0 it is kept, 67 it is for nobody (bounce), 75 try
again later, 65 it is larger than this server takes.
"""

import io
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
from app.conversations.mail.reading import read
from app.db import only_reading
from app.extensions import db

EX_DATAERR, EX_NOUSER, EX_TEMPFAIL = 65, 67, 75
MOST_BYTES = 256 * 1024 * 1024

mail_group = AppGroup("mail", help="Mail of customers.")


@mail_group.command("receive", with_appcontext=False)
@click.option("--to", default="", help="The address it was sent to; left out, what the message itself says.")
@with_appcontext
def receive(to: str) -> None:
    """Keep one message, read from standard input, in the account whose address it was sent to."""
    try:
        schema.check(db.engine)
        said = take_in(sys.stdin.buffer, to)
    except receiving.NoSuchAddress:
        click.echo("There is no such address here.", err=True)
        sys.exit(EX_NOUSER)
    except TooLarge:
        click.echo("The message is too large.", err=True)
        sys.exit(EX_DATAERR)
    except (schema.Unusable, StoreError, SQLAlchemyError, OSError) as error:
        with suppress(SQLAlchemyError):
            delivery.rollback()
        click.echo(f"Not kept just now: {error}", err=True)
        sys.exit(EX_TEMPFAIL)
    click.echo(said)


def take_in(stream: BinaryIO, to: str = "") -> str:
    """Keep the message that `stream` holds; a sentence about it. Raises NoSuchAddress before anything of it is kept."""
    beginning = stream.read(mime.HEAD)
    with only_reading():
        account_id = _account(beginning, to).id
        db.session.rollback()
    original = _kept(io.BufferedReader(_Chained(beginning, stream)))
    arrived = read(original)
    account = db.session.get(Account, account_id)
    filed = receiving.file_all(account, arrived)
    delivery.commit()
    if not any(each.is_new for each in filed):
        return "It was here already."
    return f"Kept as entry {filed[0].mail.entry_id}."


def _account(beginning: bytes, to: str) -> Account:
    if to:
        return receiving.account_at(to)
    return receiving.first_account(receiving.recipients(mime.head(BytesHeaderParser().parsebytes(beginning))))


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
