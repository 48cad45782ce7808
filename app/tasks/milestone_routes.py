"""The milestones of a space: adding, changing, reaching and removing them."""

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.spaces.models import Space
from app.tasks import actions
from app.tasks.forms import MilestoneForm
from app.tasks.models import Milestone
from app.tasks.routes import tasks
from app.web import done


@tasks.route("/spaces/<slug>/milestones/new", methods=["GET", "POST"])
def new_milestone(slug: str):
    space = fetch(Space, verb="work", slug=slug)
    form = MilestoneForm()
    if form.validate_on_submit():
        actions.add_milestone(space, form.name.data, form.due_on.data, actor=current_user)
        commit()
        return done(_("The milestone stands."), f"/spaces/{space.slug}/tasks?view=list")
    page = render_template("tasks/milestone.html", form=form, space=space, milestone=None)
    return (page, 422) if form.errors else page


@tasks.route("/milestones/<int:key>/edit", methods=["GET", "POST"])
def change_milestone(key: int):
    milestone = fetch(Milestone, key, "work")
    form = MilestoneForm(obj=milestone)
    if form.validate_on_submit():
        actions.change_milestone(milestone, actor=current_user, name=form.name.data, due_on=form.due_on.data)
        commit()
        return done(_("Saved."), _back(milestone))
    page = render_template("tasks/milestone.html", form=form, space=milestone.space, milestone=milestone)
    return (page, 422) if form.errors else page


@tasks.post("/milestones/<int:key>/reached")
def reach(key: int):
    return _settle(key, True)


@tasks.post("/milestones/<int:key>/reached/end")
def reach_not(key: int):
    return _settle(key, False)


def _settle(key: int, is_reached: bool):
    milestone = fetch(Milestone, key, "work")
    actions.reach(milestone, actor=current_user, is_reached=is_reached)
    commit()
    return done(_("“%(name)s” is reached.", name=milestone.name) if is_reached else
                _("“%(name)s” is still to be reached.", name=milestone.name), _back(milestone))


@tasks.post("/milestones/<int:key>/delete")
def remove_milestone(key: int):
    milestone = fetch(Milestone, key, "work")
    back, name = _back(milestone), milestone.name
    actions.remove_milestone(milestone, actor=current_user)
    commit()
    return done(_("“%(name)s” is gone; its tasks stay.", name=name), back)


def _back(milestone: Milestone) -> str:
    return f"/spaces/{milestone.space.slug}/tasks?view=list"
