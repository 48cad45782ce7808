"""Communities, and what all spaces have in common: joining, leaving, inviting, changing, read marks."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app import mail
from app.access import allow, can, fetch
from app.activity.delivery import commit
from app.entries.actions import mark_read
from app.extensions import db
from app.people.actions import follow, invite, open_invitations, unfollow, withdraw_invitation
from app.people.models import Follow, Invitation, Person
from app.spaces import actions
from app.spaces.forms import MemberForm, SpaceForm
from app.spaces.joining import waiting
from app.spaces.models import Membership, Space
from app.web import done, whole_number

spaces = Blueprint("spaces", __name__)


@spaces.get("/spaces")
def mine():
    """All spaces I am in."""
    return render_template("spaces/mine.html")


@spaces.get("/spaces/<slug>")
def find(slug: str):
    """The page of a space of any kind."""
    return redirect(fetch(Space, verb="see", slug=slug).url)


@spaces.get("/spaces/new")
def choose():
    """What kind of place should it be?"""
    if current_user.is_guest:
        abort(403)
    return render_template("spaces/choose.html")


@spaces.route("/communities/new", methods=["GET", "POST"])
def new_community():
    if current_user.is_guest:
        abort(403)
    form = SpaceForm()
    if form.validate_on_submit():
        space = actions.open_space(
            "community", form.name.data, actor=current_user, access=form.access.data,
            description=form.description.data,
        )
        commit()
        return done(_("%(name)s is open.", name=space.name), space.url)
    return render_template("spaces/new.html", form=form), 422 if form.errors else 200


@spaces.post("/spaces/<slug>/membership")
def join(slug: str):
    space = fetch(Space, verb="join", slug=slug)
    actions.add_member(space, current_user, actor=current_user)
    commit()
    return done(_("You are in."), space.url)


@spaces.post("/spaces/<slug>/membership/end")
def leave(slug: str):
    space = fetch(Space, verb="leave", slug=slug)
    try:
        actions.remove_member(space, current_user, actor=current_user)
    except actions.LastOwner:
        return done(_("You are its only owner: make somebody else owner first."), url_for("spaces.people", slug=slug))
    commit()
    return done(_("You left %(name)s.", name=space.name), "/")


@spaces.post("/spaces/<slug>/follow")
def follow_space(slug: str):
    space = fetch(Space, verb="read", slug=slug)
    mine = select(Follow.id).where(Follow.person_id == current_user.id, Follow.space_id == space.id)
    (unfollow if db.session.scalar(mine) else follow)(current_user, space=space)
    commit()
    return redirect(space.url, code=303)


@spaces.post("/spaces/<slug>/read")
def read(slug: str):
    """The reader has seen the stream up to `entry_id`."""
    space = fetch(Space, slug=slug)
    mark_read(space, whole_number(request.form, "entry_id") or 0, actor=current_user)
    commit()
    return "", 204


@spaces.route("/spaces/<slug>/people", methods=["GET", "POST"])
def people(slug: str):
    space = fetch(Space, verb="see", slug=slug)
    form = MemberForm()
    if form.validate_on_submit():
        allow("manage", space)
        message = _take_in(space, form)
        commit()
        return done(message, url_for("spaces.people", slug=slug))
    members = select(Membership).where(Membership.space_id == space.id).options(selectinload(Membership.person))
    found = sorted(db.session.scalars(members), key=lambda each: each.person.name.lower())
    asking = waiting(space) if can(current_user, "manage", space) else []
    invited = open_invitations(space) if can(current_user, "manage", space) else []
    page = render_template("spaces/people.html", space=space, members=found, form=form, asking=asking, invited=invited)
    return (page, 422) if form.errors else page


def _take_in(space: Space, form: MemberForm) -> str:
    """A colleague is a member at once; a new address gets an invitation by mail."""
    role = form.role.data
    person = db.session.scalar(select(Person).where(Person.email == form.email.data.strip().lower()))
    if person and person.is_active:
        actions.add_member(space, person, actor=current_user, role="owner" if role == "owner" else "member")
        return _("%(name)s is in.", name=person.name)
    role = "member" if role != "guest" and _may_be_colleague(form.email.data) else "guest"
    invitation, secret = invite(form.email.data, actor=current_user, space=space, role=role)
    link = mail.absolute("people.invitation", secret=secret)
    mail.send(invitation.email, "invitation", invitation=invitation, link=link)
    if role == "guest":
        return _("%(email)s is invited as a guest and will see this space only.", email=invitation.email)
    return _("%(email)s is invited as a colleague and will see what is open to the company.", email=invitation.email)


def _may_be_colleague(email: str) -> bool:
    """An address of the company of who invites; an admin knows best. Everybody else is a guest."""
    same = email.strip().lower().rpartition("@")[2] == current_user.email.rpartition("@")[2]
    return current_user.is_admin or same


@spaces.post("/spaces/<slug>/invitations/<int:key>/end")
def take_back(slug: str, key: int):
    """The link that was sent lets nobody in any more."""
    space = fetch(Space, verb="manage", slug=slug)
    invitation = db.session.get(Invitation, key)
    if invitation is None or invitation.space_id != space.id:
        abort(404)
    withdraw_invitation(invitation)
    commit()
    return done(_("The invitation of %(email)s is taken back.", email=invitation.email),
                url_for("spaces.people", slug=slug))


@spaces.post("/spaces/<slug>/people/<int:person_id>/end")
def remove(slug: str, person_id: int):
    space = fetch(Space, verb="manage", slug=slug)
    person = db.session.get(Person, person_id) or abort(404)
    try:
        actions.remove_member(space, person, actor=current_user)
    except actions.LastOwner:
        return done(_("A space needs at least one owner."), url_for("spaces.people", slug=slug))
    commit()
    return done(_("%(name)s is out.", name=person.name), url_for("spaces.people", slug=slug))


@spaces.route("/spaces/<slug>/settings", methods=["GET", "POST"])
def change(slug: str):
    space = fetch(Space, verb="manage", slug=slug)
    form = SpaceForm(obj=space)
    if form.validate_on_submit():
        actions.change_space(space, actor=current_user, name=form.name.data.strip(), access=form.access.data,
                             description=form.description.data.strip())
        commit()
        return done(_("Saved."), space.url)
    page = render_template("spaces/settings.html", space=space, form=form)
    return (page, 422) if form.errors else page
