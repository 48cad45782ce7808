"""`flask mail …`: what a mail server pipes in."""

import sys

import click
from flask.cli import AppGroup

from app.activity.delivery import commit, rollback
from app.notifications.replying import receive

mail_group = AppGroup("mail", help="Mail that arrives here.")


def take_reply(address: str) -> None:
    """Take an answer to a mail of ours from standard input. Raises ClickException for one that is refused."""
    outcome = receive(sys.stdin.buffer.read(), address)
    if outcome.what == "refused":
        rollback()
        raise click.ClickException(f"Refused: {outcome.why}.")
    commit()
    click.echo(f"{outcome.what.capitalize()}{f': {outcome.why}' if outcome.why else ''}.")
