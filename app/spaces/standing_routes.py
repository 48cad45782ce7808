"""Requests to join, what somebody does in a space, archiving and restoring it."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import allow, fetch
from app.activity.delivery import commit
from app.spaces import archiving, joining
from app.spaces.actions import set_duty
from app.spaces.models import DUTY_LENGTH, JoinRequest, Membership, Space
from app.spaces.routes import spaces
from app.web import done


@spaces.post("/spaces/<slug>/requests")
def ask_to_join(slug: str):
    space = fetch(Space, verb="request", slug=slug)
    joining.ask_to_join(space, actor=current_user, note=request.form.get("note", "")[:500])
    commit()
    return done(_("The owners of %(name)s are asked. You hear of their answer.", name=space.name), space.url)


@spaces.post("/join-requests/<int:key>/answer")
def answer(key: int):
    asked = fetch(JoinRequest, key, "manage")
    joining.answer(asked, actor=current_user, accept=request.form.get("accept") == "yes")
    commit()
    return done(_("%(name)s is in.", name=asked.person.name) if asked.accepted else _("Declined."),
                url_for("spaces.people", slug=asked.space.slug))


@spaces.post("/memberships/<int:key>/duty")
def duty(key: int):
    """What somebody does here: said by themselves or by who runs the space."""
    standing = fetch(Membership, key, "read")
    if standing.person_id != current_user.id or standing.space.is_archived:
        allow("manage", standing.space)
    set_duty(standing, request.form.get("duty", "").strip()[:DUTY_LENGTH])
    commit()
    return done(_("Saved."), url_for("spaces.people", slug=standing.space.slug))


@spaces.post("/spaces/<slug>/archive")
def archive(slug: str):
    space = fetch(Space, verb="archive", slug=slug)
    archiving.archive(space, actor=current_user)
    commit()
    return done(_("%(name)s is archived: it is read and found, and nothing in it changes.", name=space.name), space.url)


@spaces.post("/spaces/<slug>/archive/end")
def restore(slug: str):
    space = fetch(Space, verb="restore", slug=slug)
    archiving.restore(space, actor=current_user)
    commit()
    return done(_("%(name)s is alive again.", name=space.name), space.url)
