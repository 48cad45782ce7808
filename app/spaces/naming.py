"""Naming people in a form: by their handles, as everywhere in texts."""

from sqlalchemy import select
from wtforms import StringField
from wtforms.validators import ValidationError

from app.access import who_may_read
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


def people_named(handles: set[str], space: Space | None, *, guests_too: bool = False) -> dict[str, Person]:
    """The active people with these handles who may read the space, by handle."""
    query = select(Person).where(Person.handle.in_(handles), Person.deactivated_at.is_(None))
    found = list(db.session.scalars(query if guests_too else query.where(Person.role != "guest")))
    reading = who_may_read(space, [each.id for each in found]) if space else set()
    return {each.handle: each for each in found if each.id in reading}


def colleagues_named(handles: set[str]) -> dict[str, Person]:
    """The active colleagues with these handles, whatever they may read; no guests."""
    query = select(Person).where(Person.handle.in_(handles), Person.deactivated_at.is_(None), Person.role != "guest")
    return {each.handle: each for each in db.session.scalars(query)}


def written(people: list[Person]) -> str:
    """People as the field has them."""
    return " ".join(f"@{each.handle}" for each in people)


class PeopleField(StringField):
    """People by handle, "@lena @jon", who may read the `space` of the form; afterwards they are in `people`."""

    people: list[Person] = ()

    def post_validate(self, form, validation_stopped: bool) -> None:
        """Look the handles up; who cannot look in is named beside the field."""
        handles = [each.removeprefix("@").lower() for each in self.data.replace(",", " ").split()]
        known = people_named(set(handles), form.space, guests_too=True)
        if unknown := [each for each in handles if each not in known]:
            raise ValidationError(self.gettext("Nobody who can see this place is called @%(handle)s.")
                                  % {"handle": unknown[0]})
        self.people = list({handle: known[handle] for handle in handles}.values())
