"""Queues, service levels and reasons for declining: everybody reads them, who leads sales keeps them."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.access import fetch
from app.activity.delivery import commit
from app.extensions import db
from app.handoffs import levels, queue_actions, waiting
from app.handoffs.actions import Unfit
from app.handoffs.queue_forms import NOBODY, LevelForm, QueueForm, ReasonsForm, known
from app.handoffs.queue_models import Queue, leads
from app.handoffs.routes import handoffs
from app.people.models import Team
from app.web import done

PLACE = "/handoffs/queues"


def _leading() -> None:
    if not leads(current_user):
        abort(403)


def _overview(status: int = 200, **changed):
    if current_user.is_guest:
        abort(404)
    found = levels.levels()
    forms = {tier: LevelForm(formdata=None, prefix=tier, tier=tier, answer_hours=each.answer_minutes // 60,
                             outcome_days=each.outcome_days) for tier, each in found.items()}
    shown = {"levels": found, "level_forms": forms, "queues": waiting.queues(current_user),
             "reasons": levels.reasons(), "may_lead": leads(current_user),
             "reasons_form": ReasonsForm(formdata=None, reasons="\n".join(levels.reasons()))}
    shown["level_forms"] |= changed.pop("level_forms", {})
    return render_template("handoffs/queues.html", **shown | changed), status


@handoffs.get("/handoffs/queues")
def queues():
    return _overview()


def _form(queue: Queue | None = None) -> QueueForm:
    begun = known(queue) if queue else {"timezone": current_user.timezone, **known(Queue(
        name="", timezone=current_user.timezone, days="01234", opens=540, closes=1020, holidays=[]))}
    form = QueueForm(**begun)
    teams = db.session.scalars(select(Team).order_by(Team.name))
    form.team_id.choices = [(NOBODY, _("none")), *((each.id, each.name) for each in teams)]
    return form


@handoffs.route("/handoffs/queues/new", methods=["GET", "POST"])
def new_queue():
    _leading()
    form = _form()
    if form.validate_on_submit():
        try:
            queue = queue_actions.open_queue(actor=current_user, **form.said())
            commit()
            return done(_("“%(queue)s” is open.", queue=queue.name), PLACE)
        except Unfit as error:
            form[error.field].errors = [str(error)]
    page = render_template("handoffs/queue_form.html", form=form, queue=None)
    return (page, 422) if form.errors else page


@handoffs.route("/handoffs/queues/<int:key>", methods=["GET", "POST"])
def change_queue(key: int):
    queue = fetch(Queue, key, "manage")
    form = _form(queue)
    if form.validate_on_submit():
        try:
            queue_actions.change_queue(queue, actor=current_user, **form.said())
            commit()
            return done(_("Saved."), PLACE)
        except Unfit as error:
            form[error.field].errors = [str(error)]
    page = render_template("handoffs/queue_form.html", form=form, queue=queue)
    return (page, 422) if form.errors else page


@handoffs.post("/handoffs/queues/<int:key>/end")
def close_queue(key: int):
    queue = fetch(Queue, key, "manage")
    try:
        queue_actions.close_queue(queue, actor=current_user)
    except Unfit as error:
        return done(str(error), queue.url)
    commit()
    return done(_("“%(queue)s” is closed.", queue=queue.name), PLACE)


@handoffs.post("/handoffs/levels/<tier>")
def agree(tier: str):
    _leading()
    if tier not in levels.DEFAULTS:
        abort(404)
    form = LevelForm(prefix=tier)
    form.tier.data = tier
    if not form.validate():
        return _overview(422, level_forms={tier: form})
    queue_actions.agree(tier, actor=current_user, answer_minutes=form.answer_hours.data * 60,
                        outcome_days=form.outcome_days.data)
    commit()
    return done(_("Saved. It holds for what is handed over from now on."), PLACE)


@handoffs.post("/handoffs/reasons")
def offer_reasons():
    _leading()
    form = ReasonsForm()
    if not form.validate():
        return _overview(422, reasons_form=form)
    queue_actions.offer_reasons(form.lines(), actor=current_user)
    commit()
    return done(_("Saved."), PLACE)
