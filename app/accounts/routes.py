"""Accounts: the list, the account's page, opening and changing one."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, selectinload
from wtforms import ValidationError

from app.access import fetch, space_clause
from app.accounts import actions
from app.accounts.models import Account
from app.activity.delivery import commit
from app.extensions import db
from app.feed import pages, streams
from app.feed.pages import space_page
from app.people.models import Person
from app.spaces.actions import change_space
from app.spaces.forms import AccountForm
from app.spaces.models import Space
from app.web import done

accounts = Blueprint("accounts", __name__)
SPACE_FIELDS = ("name", "description", "access")
RECORD_FIELDS = ("tier", "industry", "region", "website", "employees", "marketing_owner_id", "sales_owner_id")
NOBODY = 0


@accounts.get("/accounts")
def index():
    query = (
        select(Account).join(Account.space).options(
            contains_eager(Account.space), selectinload(Account.marketing_owner), selectinload(Account.sales_owner)
        )
        .where(space_clause(current_user)).order_by(Account.tier, Space.name)
    )
    return render_template("accounts/index.html", accounts=db.session.scalars(query).all())


@accounts.get("/accounts/<slug>")
def show(slug: str):
    space = fetch(Space, verb="see", slug=slug, kind="account")
    if request.args.get("tab") == "elsewhere":
        return _elsewhere(space)
    return space_page("accounts/show.html", space, account=space.account)


def _elsewhere(space: Space):
    """What is said of the account in other places, to who may read it there."""
    ids, older = streams.naming_account(current_user, space, pages.window())
    return pages.render("accounts/show.html", pages.stream(ids, older), space=space, account=space.account,
                        tab="elsewhere", membership=None, follows=None)


def _form(data: dict | None = None) -> AccountForm:
    form = AccountForm(data=data)
    query = select(Person).where(Person.deactivated_at.is_(None), Person.role != "guest").order_by(Person.name)
    people = [(NOBODY, "–"), *((person.id, person.name) for person in db.session.scalars(query))]
    form.website.validators = [*form.website.validators, _check_website]
    form.marketing_owner_id.choices = form.sales_owner_id.choices = people
    return form


def _check_website(_form, field) -> None:
    try:
        actions.check_website(field.data)
    except actions.NotAWebsite:
        raise ValidationError(_l("This is not the address of a website.")) from None


def _record(form: AccountForm) -> dict:
    values = {name: getattr(form, name).data for name in RECORD_FIELDS}
    return values | {name: values[name] or None for name in ("marketing_owner_id", "sales_owner_id")}


@accounts.route("/accounts/new", methods=["GET", "POST"])
def new():
    if current_user.is_guest:
        abort(403)
    form = _form()
    if form.validate_on_submit():
        account = actions.open_account(
            form.name.data, actor=current_user, access=form.access.data, description=form.description.data,
            **_record(form),
        )
        commit()
        return done(_("%(name)s is open.", name=account.space.name), account.url)
    return render_template("accounts/form.html", form=form, account=None), 422 if form.errors else 200


@accounts.route("/accounts/<slug>/settings", methods=["GET", "POST"])
def change(slug: str):
    space = fetch(Space, verb="manage", slug=slug, kind="account")
    known = {name: getattr(space, name) for name in SPACE_FIELDS}
    form = _form(known | {name: getattr(space.account, name) for name in RECORD_FIELDS})
    if form.validate_on_submit():
        change_space(space, actor=current_user, **{name: getattr(form, name).data for name in SPACE_FIELDS})
        actions.change_account(space.account, actor=current_user, **_record(form))
        commit()
        return done(_("Saved."), space.url)
    return render_template("accounts/form.html", form=form, account=space.account), 422 if form.errors else 200
