"""Accounts: the list, the account's page, opening and changing one."""

from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.access import can, fetch, visible
from app.accounts import actions, listing
from app.accounts.family import family, parts_of
from app.accounts.models import Account
from app.accounts.overview import OPEN_SHOWN, overview
from app.accounts.record_forms import FIELD_NAMES, known, record_form, record_of
from app.accounts.standing import standings
from app.accounts.tabs import TABS, account_tab, frame
from app.accounts.timeline import KINDS, Spot, timeline
from app.accounts.words import STAGE_NAMES
from app.activity.delivery import commit
from app.extensions import db
from app.feed import pages, streams
from app.feed.pages import space_page
from app.people.models import Person
from app.spaces.actions import change_space
from app.spaces.models import Membership, Space
from app.web import done, is_fragment

accounts = Blueprint("accounts", __name__)
accounts.add_app_template_global(FIELD_NAMES, "account_fields")
accounts.add_app_template_global(STAGE_NAMES, "stage_names")
accounts.add_app_template_global(OPEN_SHOWN, "open_shown")
PEOPLE_OFFERED = 100
SPACE_FIELDS = ("name", "description", "access")


@accounts.get("/accounts")
def index():
    wanted = listing.read(request.args)
    ids, after = listing.found(current_user, wanted, request.args.get("after", ""))
    rows = standings(ids, current_user)
    older_url = f"/accounts?{urlencode(wanted.address(after=after))}" if after else None
    if is_fragment() and "after" in request.args:
        return render_template("accounts/_rows.html", rows=rows, older_url=older_url)
    return render_template("accounts/index.html", rows=rows, older_url=older_url, wanted=wanted,
                           offered=listing.offered(current_user))


@accounts.get("/accounts/<slug>")
def show(slug: str):
    space = fetch(Space, verb="see", slug=slug, kind="account")
    account, tab, reads = space.account, request.args.get("tab", "stream"), can(current_user, "read", space)
    if tab == "elsewhere":
        return _elsewhere(space)
    if tab in TABS and reads:
        return TABS[tab](account)
    parent, children = family(account, current_user) if reads and not pages.is_stretch() else (None, [])
    is_home = tab == "stream" and reads and not pages.is_stretch()
    return space_page("accounts/show.html", space, account=account, parent=parent, children=children,
                      home=overview(account, current_user) if is_home else None, home_template="accounts/_home.html")


@account_tab("timeline")
def _timeline(account: Account):
    """Everything that touched the customer; narrowed to a kind and a person, paged."""
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    person = db.session.scalar(visible(current_user, Person).where(Person.handle == request.args.get("person", "")))
    below = Spot.read(request.args.get("below"))
    with_parts = "parts" in request.args
    parts = parts_of(account, current_user) if with_parts else []
    touches, older = timeline(account, current_user, parts=parts, kind=kind, person=person, below=below)
    said = (("kind", kind), ("person", person and person.handle), ("parts", with_parts and 1))
    narrowed = {name: value for name, value in said if value}
    older_url = f"{account.url}?{urlencode({'tab': 'timeline'} | narrowed | {'below': older})}" if older else None
    if is_fragment() and "below" in request.args:
        return render_template("accounts/_touches.html", account=account, touches=touches, older_url=older_url,
                               above=below and below.at)
    return render_template(
        "accounts/timeline.html", tab="timeline", touches=touches, older_url=older_url, kind=kind, person=person,
        with_parts=with_parts, people=_people(account, person), kinds=KINDS, **frame(account))


def _people(account: Account, chosen: Person | None) -> list[Person]:
    """Who can be chosen: whoever belongs to the group, and who is chosen already."""
    members = select(Membership.person_id).where(Membership.space_id == account.space_id)
    wanted = Person.id.in_(members) | (Person.id == (chosen.id if chosen else None))
    return list(db.session.scalars(select(Person).where(wanted).order_by(Person.name).limit(PEOPLE_OFFERED)))


def _elsewhere(space: Space):
    """What is said of the account in other places, to who may read it there."""
    ids, older = streams.naming_account(current_user, space, pages.window())
    return pages.render("accounts/show.html", pages.stream(ids, older), space=space, account=space.account,
                        tab="elsewhere", membership=None, follows=None)


@accounts.route("/accounts/new", methods=["GET", "POST"])
def new():
    if current_user.is_guest:
        abort(403)
    form = record_form()
    if form.validate_on_submit():
        account = actions.open_account(
            form.name.data, actor=current_user, access=form.access.data, description=form.description.data,
            **record_of(form),
        )
        commit()
        return done(_("%(name)s is open.", name=account.space.name), account.url)
    return render_template("accounts/form.html", form=form, account=None), 422 if form.errors else 200


@accounts.route("/accounts/<slug>/settings", methods=["GET", "POST"])
def change(slug: str):
    space = fetch(Space, verb="manage", slug=slug, kind="account")
    said = {name: getattr(space, name) for name in SPACE_FIELDS}
    form = record_form(space.account, said | known(space.account))
    if form.validate_on_submit():
        try:
            actions.change_account(space.account, actor=current_user, **record_of(form))
            change_space(space, actor=current_user, **{name: getattr(form, name).data for name in SPACE_FIELDS})
            commit()
            return done(_("Saved."), space.url)
        except actions.InCircle:
            form.parent_id.errors = [_("It is a part of this account itself.")]
    return render_template("accounts/form.html", form=form, account=space.account), 422 if form.errors else 200
