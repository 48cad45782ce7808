"""The commands of `flask …`: people, tokens, the job consumer, the sweep, and looking after the house."""

import sys
from functools import wraps
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext
from flask_migrate import upgrade
from sqlalchemy import select

from app import archive, schema
from app.activity import delivery
from app.assets import clearing
from app.assets.pages import start_lost
from app.assets.store import StoreError
from app.consumer import work_off
from app.conversations import mail_import_job
from app.db import only_reading
from app.demo import company
from app.entries.models import Entry
from app.export import making
from app.export.command import export_group, export_space
from app.extensions import db
from app.health import examine
from app.notifications.mail_command import mail_group
from app.people import actions, rules
from app.people.models import ROLES, Person
from app.people.sessions import new_token
from app.radar.fingerprinting import fingerprint_missed
from app.search import index
from app.uploads import forgetting, import_job

person_group = AppGroup("person", help="People: add, deactivate, list.")
token_group = AppGroup("token", help="API tokens.")
demo_group = AppGroup("demo", help="The demo company.")


def in_house(command):
    """Run a command in the application, if its database can be worked with; else say in a line why not."""

    @wraps(command)
    def checked(**arguments):
        try:
            schema.check(db.engine)
        except schema.Unusable as error:
            raise click.ClickException(str(error)) from None
        return command(**arguments)

    return with_appcontext(checked)


def _person(email: str) -> Person:
    person = db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
    if person is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    return person


@person_group.command("add", with_appcontext=False)
@click.argument("email")
@click.option("--name", required=True)
@click.option("--team", default="", help="Made when it is new.")
@click.option("--role", type=click.Choice(ROLES), default="member", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@in_house
def add(email: str, name: str, team: str, role: str, password_stdin: bool) -> None:
    """Add a colleague or a guest."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    try:
        person = actions.add_person(email, name, team=team, role=role, password=password)
    except actions.EmailTaken:
        raise click.ClickException(f"{email} is taken.") from None
    except rules.Unacceptable as error:
        raise click.ClickException(f"{error.field}: {error}") from None
    delivery.commit()
    click.echo(f"Added {person.name} <{person.email}> as {person.role}, @{person.handle}.")
    if not password:
        click.echo("No password yet: they can set one with “Forgotten?” on the sign-in page.")


@person_group.command("deactivate", with_appcontext=False)
@click.argument("email")
@in_house
def deactivate(email: str) -> None:
    """Sign somebody out everywhere and let them in no more."""
    person = _person(email)
    try:
        actions.deactivate(person)
    except actions.LastAdmin:
        raise click.ClickException(f"{person.name} is the only admin: add another one first.") from None
    delivery.commit()
    click.echo(f"{person.name} can no longer sign in. What they wrote stays.")


@person_group.command("list", with_appcontext=False)
@in_house
def listing() -> None:
    """Everybody, one a line."""
    for person in db.session.scalars(select(Person).order_by(Person.email)):
        state = "deactivated" if person.deactivated_at else person.role
        click.echo(f"{person.email}\t{person.name}\t{person.team.name if person.team else '-'}\t{state}")


@token_group.command("add", with_appcontext=False)
@click.argument("email")
@click.option("--name", required=True, help="What it is for.")
@in_house
def add_token(email: str, name: str) -> None:
    """Print a new API token, once."""
    _token, text = new_token(_person(email), name)
    db.session.commit()
    click.echo(text)


@demo_group.command("load", with_appcontext=False)
@in_house
def load_demo() -> None:
    """Load the demo company into an empty house."""
    if db.session.scalar(select(Person.id).limit(1)) is not None:
        raise click.ClickException("People work here already; the demo company needs an empty house.")
    db.session.rollback()
    click.echo("Loading the demo company…")
    company.load()
    people, entries = (db.session.scalar(select(db.func.count()).select_from(model)) for model in (Person, Entry))
    click.echo(f"Loaded {people} people and {entries} entries. `flask jobs` makes the pages of their files.")
    click.echo(company.SIGN_INS)


@click.command("jobs")
@click.option("--workers", default=1, show_default=True)
@in_house
def consume(workers: int) -> None:
    """Work off the queue until stopped; first of all, what a killed process left undelivered."""
    work_off(workers)


@click.command("sweep")
@in_house
def sweep() -> None:
    """Deliver what was left undelivered, restart lost work and clear away what nobody wants, now."""
    delivered = delivery.sweep()
    click.echo(f"Delivered {delivered} activities.")
    click.echo(f"Restarted {start_lost()} lost renderings, "
               f"{import_job.start_lost() + mail_import_job.start_lost()} lost imports and "
               f"{making.start_lost()} lost exports.")
    given_up = forgetting.forget_expired() + forgetting.forget_unknown()
    click.echo(f"Gave up {given_up} uploads of which nothing more came, {forgetting.forget_stopped()} imports that "
               f"stopped and {forgetting.forget_dropped()} files of texts that nobody posted.")
    click.echo(f"Cleared away {clearing.tidy()} files that nobody refers to.")
    click.echo(f"Removed {making.remove_old()} old exports.")


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Index every entry anew, after an upgrade that reads words differently; the server may go on running."""
    done = 0
    for done in index.rebuild(db.session):
        db.session.commit()
        click.echo(f"{done} entries")
    click.echo(f"Indexed {done} entries anew.")


@click.command("fingerprint")
@in_house
def take_fingerprints() -> None:
    """Take the fingerprints of files that have none, after an upgrade; the consumer does so by and by."""
    done = 0
    while now := fingerprint_missed():
        done += now
        click.echo(f"{done} files")
    click.echo(f"Took the fingerprints of {done} files.")


@click.command("doctor")
@with_appcontext
def doctor() -> None:
    """Examine the installation; exit code 1 when something is wrong."""
    findings = examine()
    for finding in findings:
        click.echo(f"{'ok  ' if finding.is_fine else 'FAIL'}  {finding.what}: {finding.detail}")
    if not all(finding.is_fine for finding in findings):
        sys.exit(1)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@in_house
def back_up(file: Path) -> None:
    """Everything into one archive; the server may go on running."""
    if file.exists():
        raise click.ClickException(f"{file} exists already.")
    if not file.absolute().parent.is_dir():
        raise click.ClickException(f"There is no folder {file.absolute().parent}.")
    try:
        with only_reading():
            missing = archive.backup(file, click.echo)
    except (OSError, StoreError) as error:
        raise click.ClickException(f"Nothing was backed up: {error}.") from None
    click.echo(f"Backed up into {file} ({file.stat().st_size // 1024} KB).")
    if missing:
        raise click.ClickException(f"{len(missing)} files are missing from the store and so from the backup.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_appcontext
def restore(file: Path) -> None:
    """An archive into an empty installation."""
    upgrade()
    try:
        archive.restore(file, click.echo)
    except archive.CannotRestore as error:
        raise click.ClickException(str(error)) from None
    click.echo("Restored.")


@export_group.command("space", with_appcontext=False)
@click.argument("slug")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@in_house
def export(slug: str, folder: Path) -> None:
    """A space as readable pages, original files and data, into an empty folder."""
    export_space(slug, folder)


COMMANDS = (person_group, token_group, demo_group, consume, sweep, reindex, take_fingerprints, doctor, back_up, restore,
            export_group, mail_group)
