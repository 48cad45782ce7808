"""The form of an account's record, whole or one field of it."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from wtforms import ValidationError

from app.access import can, space_clause
from app.accounts import actions
from app.accounts.models import Account
from app.extensions import db
from app.people.models import Person
from app.spaces.forms import AccountForm
from app.spaces.models import Space

NOBODY = 0
HIDDEN = -1
"""It is part of an account that who changes the record may not know of; chosen, that stays as it is."""
FIELD_NAMES = {
    "tier": _l("Tier"), "industry": _l("Industry"), "region": _l("Region"), "stage": _l("Stage"),
    "employees": _l("Employees"), "website": _l("Website"),
    "marketing_owner_id": _l("Marketing"), "sales_owner_id": _l("Sales"),
    "parent_id": _l("Part of"),
}
RECORD_FIELDS = tuple(FIELD_NAMES)


def record_form(account: Account | None = None, data: dict | None = None, only: str | None = None) -> AccountForm:
    """The form with what can be chosen now; `only` leaves one field of it."""
    form = AccountForm(data=data)
    for name in list(form._fields):
        if only and name not in (only, "csrf_token"):
            del form[name]
    if "website" in form:
        form.website.validators = [*form.website.validators, _check_website]
    owners = [name for name in actions.OWNERS if name in form]
    if owners:
        people = _colleagues()
        for name in owners:
            form[name].choices = people
    if "parent_id" in form:
        form.parent_id.choices = _accounts(account)
    return form


def record_of(form: AccountForm) -> dict:
    """What the form says, by the columns of the record."""
    values = {name: form[name].data for name in RECORD_FIELDS if name in form and form[name].data != HIDDEN}
    return {name: value or None if name.endswith("_id") else value for name, value in values.items()}


def known(account: Account) -> dict:
    """What the record says, as the form has it."""
    said = {name: getattr(account, name) or (NOBODY if name.endswith("_id") else getattr(account, name))
            for name in RECORD_FIELDS}
    is_hidden = account.parent and not can(current_user, "see", account.parent.space)
    return said | ({"parent_id": HIDDEN} if is_hidden else {})


def _check_website(_form, field) -> None:
    try:
        actions.check_website(field.data)
    except actions.NotAWebsite:
        raise ValidationError(_l("This is not the address of a website.")) from None


def _colleagues() -> list[tuple[int, str]]:
    query = select(Person.id, Person.name).where(Person.deactivated_at.is_(None), Person.role != "guest")
    return [(NOBODY, "–"), *map(tuple, db.session.execute(query.order_by(Person.name)))]


def _accounts(account: Account | None) -> list[tuple[int, str]]:
    """Those that I may know of; the one it is part of now stays, whoever changes something else."""
    query = select(Account.id, Space.name).join(Account.space).where(space_clause(current_user)).order_by(Space.name)
    others = [tuple(row) for row in db.session.execute(query) if account is None or row[0] != account.id]
    if account and account.parent_id and account.parent_id not in dict(others):
        others.insert(0, (HIDDEN, "…"))
    return [(NOBODY, "–"), *others]
