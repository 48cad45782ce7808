"""Colleagues, guests, and who asks."""

from collections.abc import Callable

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import func

from app.access import fetch, visible
from app.activity import bell
from app.api.fields import Input, Moment, Output, Text, Wrong
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.revisions import etag, expect_unchanged, lock
from app.extensions import db
from app.people import actions, rules
from app.people.models import ROLES, Person
from app.presentation import LOCALES, known_timezones


class PersonSchema(Output):
    id = fields.Integer()
    name = fields.String()
    handle = fields.String()
    email = fields.Method("seen_email", metadata={
        "type": ["string", "null"], "description": "For themselves and for admins; null for everybody else."})
    role = fields.String(metadata={"enum": list(ROLES)})
    team = fields.Function(lambda person: person.team.name if person.team else None,
                           metadata={"type": ["string", "null"]})
    title = fields.String()
    region = fields.String()
    expertise = fields.String()
    about = fields.String()
    locale = fields.String()
    timezone = fields.String()
    active = fields.Boolean(attribute="is_active")
    url = fields.String()
    created_at = Moment()

    def seen_email(self, person: Person) -> str | None:
        """An address is for whoever administers it."""
        return person.email if current_user.is_admin or person.id == current_user.id else None


class MeSchema(PersonSchema):
    shows_presence = fields.Boolean()
    unread_notifications = fields.Function(lambda _person: _unread(), metadata={"type": "integer"})


def _unread() -> int:
    return db.session.scalar(bell.unread(current_user))


def _zone(value: str) -> None:
    if value not in known_timezones:
        raise Wrong(_l("Write it as Continent/City."))


def _keeps(rule: Callable[[str], str]) -> Callable[[str], None]:
    """The check of a field by one of the rules for people."""

    def check(value: str) -> None:
        try:
            rule(value)
        except rules.Unacceptable as error:
            raise Wrong(error.message) from None

    return check


class ProfileFields(Input):
    """What of a profile can be changed. It is about work and nothing personal."""

    name = Text(rules.NAME_LENGTH, needed=True, required=False, checks=[_keeps(rules.name)])
    team = Text(rules.TEAM_LENGTH, checks=[_keeps(rules.team)],
                metadata={"description": "By its name; made when it is new."})
    title = Text(120)
    region = Text(60)
    expertise = Text(400)
    about = Text(4000)
    shows_presence = fields.Boolean(metadata={
        "description": "Whether others see me read and type in an open thread, and I them."})
    locale = Text(choices=LOCALES)
    timezone = Text(60, checks=[_zone])
    role = Text(choices=ROLES, metadata={"description": "Admins only."})


class PersonIn(ProfileFields):
    """A new colleague or guest."""

    email = Text(rules.EMAIL_LENGTH, required=True, checks=[_keeps(rules.email)], metadata={"format": "email"})
    name = Text(rules.NAME_LENGTH, needed=True, checks=[_keeps(rules.name)])
    role = Text(choices=ROLES, load_default="member")
    password = Text(rules.LONGEST_PASSWORD, checks=[_keeps(rules.password)],
                    metadata={"minLength": rules.PASSWORD_LENGTH,
                              "description": "Without one, they set it with “Forgotten?” on the sign-in page."})


class PeopleQuery(PlainQuery):
    q = Text(200, load_default="", metadata={"description": "A part of the name, title, expertise or region."})


@operation("GET", "/me", returns=MeSchema(), etag=True)
def read_me():
    """Who the token belongs to."""
    return Answer(current_user, etag=etag(current_user))


@operation("GET", "/people", query=paged_query(PeopleQuery), returns=PersonSchema(), paged=True)
def list_people(query):
    """Everybody who works here, as far as I may know of them; the latest first."""
    people = visible(current_user, Person).where(Person.deactivated_at.is_(None))
    if text := query.pop("q").strip().lower():
        words = func.lower(Person.name + " " + Person.title + " " + Person.expertise + " " + Person.region)
        people = people.where(words.contains(text, autoescape=True))
    return page(people, Person.id, **query)


@operation("POST", "/people", body=PersonIn(), returns=PersonSchema(), status=201, also=(403,))
def create_person(body):
    """Add a colleague or a guest. Admins only."""
    if not current_user.is_admin:
        abort(403)
    try:
        person = actions.add_person(body.pop("email"), body.pop("name"), **body)
    except actions.EmailTaken:
        raise Invalid({"email": [_("Somebody has this address already.")]}) from None
    return Answer(person, etag=etag(person), location=f"/api/v1/people/{person.id}")


@operation("GET", "/people/<key:person_id>", returns=PersonSchema(), etag=True)
def read_person(person_id):
    """One colleague."""
    person = fetch(Person, person_id)
    return Answer(person, etag=etag(person))


@operation("PATCH", "/people/<key:person_id>", body=ProfileFields(), returns=PersonSchema(), etag=True)
def edit_person(person_id, body):
    """Change one's own profile; admins change everybody's, and roles, but not their own role."""
    lock(Person, person_id)
    person = fetch(Person, person_id, "edit")
    expect_unchanged(person)
    role = body.pop("role", person.role)
    if role != person.role:
        if not current_user.is_admin:
            abort(403)
        if person.id == current_user.id:
            raise Invalid({"role": [_("You cannot change your own role.")]})
        try:
            actions.change_role(person, role)
        except actions.LastAdmin:
            raise Invalid({"role": [_("Somebody has to be admin: make a colleague one first.")]}) from None
    actions.change_profile(person, **body)
    db.session.flush()
    return Answer(person, etag=etag(person))
