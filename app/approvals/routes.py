"""Approvals: asking, answering, and the record of what was said."""

from flask import Blueprint, render_template
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access import fetch
from app.activity.delivery import commit
from app.approvals import actions
from app.approvals.forms import AnswerForm, AskForm
from app.approvals.kinds import WORDS
from app.approvals.models import ApprovalRequest, Approver, Verdict
from app.assets.models import Asset
from app.entries.beside import beside_thread
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Team
from app.web import done

approvals = Blueprint("approvals", __name__)


def history(asset: Asset) -> list[ApprovalRequest]:
    """All that was ever asked of its versions and said to it, the newest first; four statements."""
    said = selectinload(ApprovalRequest.approvers).selectinload(Approver.verdicts).joinedload(Verdict.by)
    who = selectinload(ApprovalRequest.approvers)
    query = select(ApprovalRequest).where(ApprovalRequest.asset_id == asset.id).options(
        joinedload(ApprovalRequest.version), joinedload(ApprovalRequest.asked_by), joinedload(ApprovalRequest.asset),
        said, who.joinedload(Approver.person), who.joinedload(Approver.team))
    return list(db.session.scalars(query.order_by(ApprovalRequest.id.desc())))


@beside_thread("approvals/_beside.html")
def asked(root: Entry) -> list[ApprovalRequest]:
    return history(root)[:1] if isinstance(root, Asset) and not root.is_deleted else []


@approvals.route("/assets/<int:key>/approvals/new", methods=["GET", "POST"])
def ask(key: int):
    asset = fetch(Asset, key, "ask_approval")
    teams = {each.id: each for each in db.session.scalars(select(Team).order_by(Team.name))}
    form = AskForm()
    form.space, form.reader = asset.space, current_user
    form.teams.choices = [(each.id, each.name) for each in teams.values()]
    if form.validate_on_submit():
        request = actions.ask(asset, actor=current_user, people=form.people.people, due_on=form.due_on.data,
                              teams=[teams[each] for each in form.teams.data], note=form.note.data)
        commit()
        return done(_("They are asked."), request.url)
    page = render_template("approvals/form.html", form=form, asset=asset)
    return (page, 422) if form.errors else page


@approvals.route("/approvals/<int:key>", methods=["GET", "POST"])
def show(key: int):
    """The request with its history; who is asked answers here."""
    form = AnswerForm()
    request = fetch(ApprovalRequest, key, "answer" if form.is_submitted() else "read")
    if form.validate_on_submit():
        try:
            actions.answer(request, form.verdict.data, actor=current_user, note=form.note.data)
            commit()
            return done(_("Your answer is on record."), request.asset.url)
        except actions.NoteMissing:
            form.note.errors = [_("Say what should change.")]
        except actions.NotAsked:
            form.verdict.errors = [_("There is a newer version, or nobody is asked any more. Look again.")]
    page = render_template("approvals/show.html", request=request, form=form, words=WORDS,
                           history=history(request.asset))
    return (page, 422) if form.errors else page


@approvals.post("/approvals/<int:key>/withdrawal")
def withdraw(key: int):
    request = fetch(ApprovalRequest, key, "withdraw")
    try:
        actions.withdraw(request, actor=current_user)
    except actions.NotAsked:
        return done(_("There is a newer version, or nobody is asked any more. Look again."), request.asset.url)
    commit()
    return done(_("Nobody is asked any more; what was said stays on record."), request.asset.url)
