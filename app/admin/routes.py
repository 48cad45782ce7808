"""Administration: who is here, inviting, roles, letting go."""

from functools import wraps

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from app import mail
from app.access import fetch
from app.activity.delivery import commit
from app.extensions import db
from app.people import actions
from app.people.forms import InviteForm
from app.people.models import ROLES, Invitation, Person
from app.web import done

admin = Blueprint("admin", __name__, url_prefix="/admin")


def admins_only(view):
    """403 for everybody else."""

    @wraps(view)
    def guarded(*arguments, **named):
        if not current_user.is_admin:
            abort(403)
        return view(*arguments, **named)

    return guarded


@admin.route("", methods=["GET", "POST"])
@admins_only
def home():
    form = InviteForm()
    if form.validate_on_submit():
        invitation, secret = actions.invite(
            form.email.data, actor=current_user, role=form.role.data, team=form.team.data
        )
        link = mail.absolute("people.invitation", secret=secret)
        mail.send(invitation.email, "invitation", invitation=invitation, link=link)
        commit()
        return done(_("An invitation is on its way to %(email)s.", email=invitation.email), url_for("admin.home"))
    people = db.session.scalars(select(Person).order_by(func.lower(Person.name))).all()
    invitations = select(Invitation).where(Invitation.accepted_at.is_(None)).order_by(Invitation.id.desc())
    return render_template(
        "admin/home.html", form=form, people=people, roles=ROLES, invitations=db.session.scalars(invitations).all()
    ), 422 if form.errors else 200


def _needs_an_admin():
    return done(_("Somebody has to be admin: make a colleague one first."), url_for("admin.home"))


@admin.post("/people/<int:key>/role")
@admins_only
def change_role(key: int):
    person = fetch(Person, key, "administer")
    role = request.form.get("role")
    if role not in ROLES:
        abort(400)
    if person.id == current_user.id:
        return done(_("You cannot change your own role."), url_for("admin.home"))
    try:
        actions.change_role(person, role)
    except actions.LastAdmin:
        return _needs_an_admin()
    commit()
    return done(_("%(name)s is now: %(role)s.", name=person.name, role=role), url_for("admin.home"))


@admin.post("/people/<int:key>/deactivation")
@admins_only
def deactivate(key: int):
    person = fetch(Person, key, "administer")
    if person.id == current_user.id:
        return done(_("You cannot deactivate yourself."), url_for("admin.home"))
    try:
        actions.deactivate(person)
    except actions.LastAdmin:
        return _needs_an_admin()
    commit()
    return done(_("%(name)s can no longer sign in. What they wrote stays.", name=person.name), url_for("admin.home"))
