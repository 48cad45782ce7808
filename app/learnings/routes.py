"""Learnings: the library, a learning with its record, stating one, and trials."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch, writable_spaces
from app.activity.delivery import commit
from app.entries.cards import cards
from app.entries.places import usual_place
from app.entries.routes import thread_context
from app.feed import pages, streams
from app.learnings import actions
from app.learnings.forms import LearningForm, ResultForm, TrialForm
from app.learnings.models import Learning, Trial
from app.reviews.models import Review
from app.spaces.models import Space
from app.web import done, whole_number

learnings = Blueprint("learnings", __name__)


@learnings.get("/learnings")
def index():
    ids, older = streams.of_kind(current_user, Learning, pages.window())
    return pages.render("learnings/index.html", pages.stream(ids, older))


def _page(key: int, trial_form: TrialForm | None = None, result_form: ResultForm | None = None) -> str:
    [learning] = cards([key])
    return render_template(
        "learnings/show.html", learning=learning, trial_form=trial_form or TrialForm(formdata=None),
        result_form=result_form or ResultForm(formdata=None), **thread_context(learning),
    )


@learnings.get("/learnings/<int:key>")
def show(key: int):
    fetch(Learning, key)
    return _page(key)


@learnings.route("/learnings/new", methods=["GET", "POST"])
def new():
    if current_user.is_guest:
        abort(403)
    form = LearningForm(
        review_id=whole_number(request.args, "review"),
        space_id=whole_number(request.args, "space") or usual_place(current_user, Learning),
    )
    if form.validate_on_submit():
        space = fetch(Space, form.space_id.data, "post")
        review = fetch(Review, form.review_id.data) if form.review_id.data else None
        learning = actions.state_learning(
            space, form.claim.data, actor=current_user, evidence=form.evidence.data, holds_for=form.holds_for.data,
            advice=form.advice.data, review=review,
        )
        commit()
        return done(_("The learning is on record."), learning.url)
    spaces = writable_spaces(current_user)
    return render_template("learnings/form.html", form=form, spaces=spaces), 422 if form.errors else 200


@learnings.post("/learnings/<int:key>/trials")
def apply(key: int):
    learning = fetch(Learning, key, "comment")
    form = TrialForm()
    if not form.validate():
        return _page(key, trial_form=form), 422
    actions.apply_learning(learning, form.place.data, actor=current_user, adaptation=form.adaptation.data)
    commit()
    return done(_("Your trial has begun. Report here what came of it."), learning.url)


@learnings.post("/trials/<int:key>/result")
def report(key: int):
    trial = fetch(Trial, key)
    if trial.person_id != current_user.id:
        abort(403)
    form = ResultForm()
    if not form.validate():
        return _page(trial.learning_id, result_form=form), 422
    actions.end_trial(trial, form.result.data, actor=current_user, note=form.note.data, lift=form.lift.data)
    commit()
    return done(_("Thank you: the record of this learning is richer now."), trial.learning.url)
