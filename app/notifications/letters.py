"""Mails of notifications: how they read, and the headers by which mail programs keep a thread together.

`Message-ID` stays the same when a mail is sent again; `References` names the thread, so that all mails of it stand
under one another.
"""

from email.message import EmailMessage
from email.utils import formatdate
from itertools import groupby
from urllib.parse import urlsplit

from flask import current_app, render_template

from app import mail
from app.access import can, home_of, root_of
from app.activity.kinds import REGISTRY, describe
from app.activity.models import Notification, NotificationMail
from app.entries.markdown import plain
from app.notifications import tokens
from app.notifications.reasons import REASONS
from app.people.models import Person
from app.spaces.models import Space

MOST_WORDS = 2000
"""Characters of an entry that are told in a mail; the rest is read where it stands."""


def _domain() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"


def told(notification: Notification, *, whole: bool) -> dict:
    """What a mail says of one: the sentence, the reason, where it leads; `whole` with the words themselves."""
    activity = notification.activity
    entry = activity.entry
    words = plain(entry.body)[:MOST_WORDS] if whole and entry and REGISTRY[activity.kind].counts_as else ""
    return {
        "sentence": describe(activity, notification.person), "reason": REASONS.get(notification.reason, ""),
        "words": words, "link": mail.absolute_path(REGISTRY[activity.kind].url(activity) or "/notifications"),
    }


def of_thread(letter: NotificationMail, events: list[Notification]) -> EmailMessage:
    """The mail about what is new in one thread, oldest first; it can be answered by mail where that is set up."""
    newest = events[-1]
    message = _composed(letter, letter.subject, [(None, [told(each, whole=True) for each in events])],
                        can_answer=_can_answer(letter.person, newest))
    if newest.thread_id:
        thread = f"<thread-{newest.thread_id}@{_domain()}>"
        message["In-Reply-To"] = message["References"] = thread
    if space := _place(newest):
        message["List-Id"] = f"<space-{space.id}.{_domain()}>"
    if _can_answer(letter.person, newest):
        token = tokens.make("reply", letter.person_id, newest.activity.entry_id)
        message["Reply-To"] = f"reply+{token}@{current_app.config['MAIL_DOMAIN']}"
    return message


def _place(notification: Notification) -> Space | None:
    """The space it is about, for its reader: what is shared out of one they do not know of is where they read it."""
    activity = notification.activity
    return home_of(notification.person, activity.entry) if activity.entry else activity.space


def _can_answer(person: Person, notification: Notification) -> bool:
    entry = notification.activity.entry
    return bool(current_app.config["MAIL_DOMAIN"] and entry) and can(person, "comment", root_of(entry))


def digest(letter: NotificationMail, subject: str, events: list[Notification]) -> EmailMessage:
    """The mail about all that is new, thread by thread."""
    def thread(each: Notification) -> tuple:
        return (each.thread_id or 0, each.space_id or 0)

    grouped = [list(some) for _key, some in groupby(sorted(events, key=thread), thread)]
    parts = [(_name(some[0]), [told(each, whole=False) for each in some]) for some in grouped]
    message = _composed(letter, subject, parts, can_answer=False)
    message["List-Id"] = f"<digest.{_domain()}>"
    return message


def _name(notification: Notification) -> str:
    activity = notification.activity
    if activity.entry:
        return root_of(activity.entry).headline
    return activity.space.name if activity.space else ""


def subject_of(notification: Notification) -> str:
    """What all mails of a thread are headed with."""
    line = " ".join((_name(notification) or describe(notification.activity, notification.person)).split())
    return f"Re: {line}"[:200]


def _composed(letter: NotificationMail, subject: str, parts: list, *, can_answer: bool) -> EmailMessage:
    """A message with both bodies and the headers that all of them have."""
    person, domain = letter.person, current_app.config["MAIL_DOMAIN"]
    token = tokens.make("unsubscribe", person.id)
    off = mail.absolute("notifications.unsubscribe", token=token)
    context = {"person": person, "parts": parts, "can_answer": can_answer, "off": off,
               "settings": mail.absolute("notifications.settings")}
    message = EmailMessage()
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = person.email
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<notification-{letter.id}@{mail.MESSAGE_DOMAIN}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    by_mail = f"<mailto:unsubscribe+{token}@{domain}>, " if domain else ""
    message["List-Unsubscribe"] = f"{by_mail}<{off}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(render_template("email/notification.txt", **context).strip() + "\n")
    message.add_alternative(render_template("email/notification.html", **context), subtype="html")
    return message
