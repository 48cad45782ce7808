"""Who in a letter is one of us: by their address, or by the domain that colleagues write from."""

import re

from flask import current_app
from sqlalchemy import or_, select

from app.conversations.mail.message import Address, Message
from app.extensions import db
from app.mail import MESSAGE_DOMAIN
from app.people.models import Person

_ROBOTS = re.compile(r"^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|notifications?|abuse|"
                     r"newsletter)\b",
                     re.IGNORECASE)
# Domains at which everybody has an address say nothing about whom one works for.
_PUBLIC = {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "me.com",
           "gmx.de", "gmx.net", "web.de", "t-online.de", "proton.me", "protonmail.com", "aol.com", "qq.com", "163.com",
           "126.com", "mail.ru", "yandex.ru", "orange.fr", "free.fr", "libero.it"}
_DOOR = re.compile(r"^[^@+]+\+[^@]+@")


def domain_of(email: str) -> str:
    return email.rpartition("@")[2]


MOST_ASKED_FOR = 500
"""A statement that names more people than these is refused by SQLite."""


class Colleagues:
    """What is known of the people of a letter, in one statement."""

    def __init__(self, people: list[Address]) -> None:
        domains = {domain_of(each.email) for each in people if each.email} - _PUBLIC
        emails = {each.email for each in people if each.email}
        from_there = [Person.email.endswith(f"@{domain}", autoescape=True) for domain in sorted(domains)]
        known = select(Person.email, Person.role)
        if len(people) <= MOST_ASKED_FOR:
            known = known.where(or_(Person.email.in_(emails), *from_there))
        rows = [(email.lower(), role) for email, role in db.session.execute(known)]
        self._emails = {email for email, _role in rows}
        self._domains = {domain_of(email) for email, role in rows if role != "guest"} & domains

    def knows(self, each: Address) -> bool:
        """Whether it is one of us."""
        return bool(each.email) and (each.email in self._emails or domain_of(each.email) in self._domains)

    def is_outside(self, each: Address) -> bool:
        """Whether it is somebody of the customer's: neither one of us, nor a robot, nor the address mail comes to."""
        local = each.email.partition("@")[0]
        is_door = domain_of(each.email) == mail_domain() or _DOOR.match(each.email)
        return bool(each.email) and not (is_door or _ROBOTS.match(local) or self.knows(each))

    def is_ours(self, message: Message) -> bool:
        """Whether our own server sent it: to tell of it by mail would go round in circles."""
        ours = {MESSAGE_DOMAIN, mail_domain()}
        listed = message.list_id.strip("<> ").lower()
        return domain_of(message.message_id).lower() in ours or any(listed.endswith(each) for each in ours if listed)


def mail_domain() -> str:
    """The domain that mail for accounts is sent to."""
    return current_app.config["MAIL_DOMAIN"] or "localhost"
