"""Statements that are built once and run for everybody: with the rule of visibility in them, building takes longer than
running.
"""

from collections.abc import Callable
from datetime import date
from functools import cache, wraps

from sqlalchemy import BindParameter, Integer, Select, bindparam
from sqlalchemy.sql.visitors import iterate

from app.people.models import Person


class Anyone:
    """Stands for whoever asks while a statement is built: their keys are its parameters, their role is its shape.

    Whatever else of a person a statement would depend on is not here, so that reading it raises AttributeError.
    """

    id = bindparam("reader_id", type_=Integer)
    team_id = bindparam("reader_team_id", type_=Integer)

    def __init__(self, is_guest: bool) -> None:
        self.is_guest = is_guest


def built_once(build: Callable[[Anyone], Select]) -> Callable[[Person], tuple[Select, dict]]:
    """Make of a function that builds a statement for `Anyone` one that gives it with the parameters of a person.

    Moments in it come from `db.when_run`; one that is written in it raises ValueError, for it would stay.
    """

    @cache
    def of_role(is_guest: bool) -> Select:
        statement = build(Anyone(is_guest))
        for part in iterate(statement):
            if isinstance(part, BindParameter) and not part.callable and isinstance(part.value, date):
                raise ValueError(f"{build.__qualname__}: {part.value} would stay")
        return statement

    @wraps(build)
    def for_person(person: Person) -> tuple[Select, dict]:
        return of_role(person.is_guest), {"reader_id": person.id, "reader_team_id": person.team_id}

    return for_person
