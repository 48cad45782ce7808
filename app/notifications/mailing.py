"""Mailing what is unread: each thread a few minutes after something happened there, or digests at somebody's own hour.

A mail is a row. Whoever makes it takes its notifications out of the hands of others; it is built only when it is sent,
of what is then still unread, in the inbox and in sight, and while the mail server is away it is tried again.
"""

from datetime import datetime, timedelta
from email.message import EmailMessage

from flask import current_app
from flask_babel import force_locale, ngettext
from sqlalchemy import case, func, or_, select, update

from app import jobs, mail
from app.activity import bell
from app.activity.delivery import rollback
from app.activity.models import Activity, Notification, NotificationMail
from app.db import now
from app.entries.models import Entry
from app.extensions import db
from app.notifications import letters
from app.notifications.choosing import next_digest
from app.notifications.inbox import whole
from app.notifications.models import DIGESTS, NotificationSettings
from app.people.models import Person

DELAY = timedelta(minutes=5)
"""So long something waits for more of the same thread, and for its reader to see it in the app."""
FORGOTTEN_AFTER = {"each": timedelta(days=2), "daily": timedelta(days=3), "weekly": timedelta(days=10)}
"""What is older is mailed no more: after a mail server was away for long, or in a house that has just been set up."""
LOST_AFTER = timedelta(minutes=15)
BATCH = 50


def _waiting(moment: datetime, mode: str) -> tuple:
    """True, in SQL, for what may go into a mail that is made now."""
    return (Notification.mail_id.is_(None), Notification.read_at.is_(None), bell.in_inbox(),
            Notification.placed_at > moment - FORGOTTEN_AFTER[mode])


def _active():
    return Person.deactivated_at.is_(None)


def make_mails(moment: datetime) -> list[int]:
    """A mail for each thread in which something waited long enough, for those who want each event; their ids.

    As long as something of a thread is younger than the delay the older waits with it, for three times as long at most.
    """
    row, setting = Notification, NotificationSettings
    alone = case((func.coalesce(row.thread_id, row.space_id).is_(None), row.id))
    threads = select(row.person_id, row.thread_id, row.space_id, alone).join(
        Person, Person.id == row.person_id).outerjoin(setting, setting.person_id == row.person_id).where(
        *_waiting(moment, "each"), _active(), or_(setting.mail.is_(None), setting.mail == "each"),
    ).group_by(row.person_id, row.thread_id, row.space_id, alone).having(
        or_(func.max(row.placed_at) <= moment - DELAY, func.min(row.placed_at) <= moment - 3 * DELAY)).limit(BATCH)
    made = []
    for person_id, thread_id, space_id, key in db.session.execute(threads).all():
        which = row.id == key if key else row.thread_id == thread_id if thread_id else row.space_id == space_id
        letter = NotificationMail(person_id=person_id, thread_id=thread_id, is_digest=False, claimed_at=moment)
        made += _fill(letter, *_waiting(moment, "each"), which)
    return made


def make_digests(moment: datetime) -> list[int]:
    """A mail for each whose hour has come and for whom anything waits; their ids."""
    come = select(NotificationSettings, Person).join(Person, Person.id == NotificationSettings.person_id).where(
        NotificationSettings.next_at <= moment, NotificationSettings.mail.in_(DIGESTS)).limit(BATCH)
    made = []
    for settings, person in db.session.execute(come).all():
        settings.next_at = next_digest(person, settings, moment)
        if person.is_active:
            letter = NotificationMail(person_id=person.id, is_digest=True, claimed_at=moment)
            made += _fill(letter, *_waiting(moment, settings.mail))
    return made


def _fill(letter: NotificationMail, *which) -> list[int]:
    """Take what waits into the mail; the mail's id, or nothing if there was nothing."""
    db.session.add(letter)
    db.session.flush()
    mine = update(Notification).where(Notification.person_id == letter.person_id, *which).values(mail_id=letter.id)
    if not db.session.execute(mine.execution_options(synchronize_session=False)).rowcount:
        db.session.delete(letter)
        return []
    return [letter.id]


@jobs.job("notifications.mail")
def send(mail_id: int) -> None:
    """Send one mail that was not sent yet. What it does not carry may go into another one.

    Killed between handing it over and saying so it is sent again, with the same `Message-ID`, which receivers drop.
    """
    letter = db.session.get(NotificationMail, mail_id, populate_existing=True)
    if letter is None or letter.settled_at:
        rollback()
        return
    events = _still_to_tell(letter)
    message = _message(letter, events) if events else None
    keys, subject = [each.id for each in events], letter.subject
    # The mail server may take its time; nobody waits for it with us.
    rollback()
    if message:
        mail.hand_over(message, aloud=False)
    told = update(NotificationMail).where(NotificationMail.id == mail_id)
    db.session.execute(told.values(settled_at=now(), carried=len(keys), subject=subject))
    left = update(Notification).where(Notification.mail_id == mail_id, Notification.id.not_in(keys))
    db.session.execute(left.values(mail_id=None).execution_options(synchronize_session=False))
    db.session.commit()


def _still_to_tell(letter: NotificationMail) -> list[Notification]:
    """Of what the mail was made for, what still asks to be told, the oldest first."""
    if not letter.person.is_active:
        return []
    query = bell.notifications(letter.person).where(
        Notification.mail_id == letter.id, Notification.read_at.is_(None), bell.in_inbox(),
        or_(Activity.entry_id.is_(None), Entry.deleted_at.is_(None)),
    )
    return list(db.session.scalars(query.order_by(Notification.id).options(*whole())))


def _message(letter: NotificationMail, events: list[Notification]) -> EmailMessage:
    """In the language of its reader."""
    with force_locale(letter.person.locale):
        if letter.is_digest:
            count = len(events)
            return letters.digest(letter, ngettext("%(num)s notification", "%(num)s notifications", count), events)
        letter.subject = _first_subject(letter) or letters.subject_of(events[-1])
        return letters.of_thread(letter, events)


def _first_subject(letter: NotificationMail) -> str | None:
    """How the first mail of the thread was headed."""
    before = select(NotificationMail.subject).where(
        NotificationMail.person_id == letter.person_id, NotificationMail.thread_id == letter.thread_id,
        NotificationMail.subject != "").order_by(NotificationMail.id).limit(1)
    return db.session.scalar(before) if letter.thread_id else None


def _lost(moment: datetime) -> list[int]:
    """Mails that were on their way for too long, claimed anew."""
    late = (NotificationMail.settled_at.is_(None), NotificationMail.claimed_at < moment - LOST_AFTER)
    ids = list(db.session.scalars(select(NotificationMail.id).where(*late).limit(BATCH)))
    claim = update(NotificationMail).where(NotificationMail.id.in_(ids), *late).values(claimed_at=moment)
    if ids:
        db.session.execute(claim)
    return ids


@jobs.every_minute
def mail_regularly() -> int:
    """Make what mails are due and start those, and what was lost; how many. Without a mail server none are made."""
    if not current_app.config["MAIL_URL"]:
        return 0
    moment = now()
    ids = [*make_mails(moment), *make_digests(moment), *_lost(moment)]
    db.session.commit()
    for mail_id in ids:
        jobs.enqueue("notifications.mail", mail_id)
    return len(ids)
