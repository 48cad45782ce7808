"""Projects: the list, the project's home, starting and changing one."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.access import can, fetch, space_clause
from app.activity.delivery import commit
from app.extensions import db
from app.feed.pages import is_stretch, space_page
from app.forms import Form
from app.projects import actions
from app.projects.home import home_of_project
from app.projects.models import Project
from app.spaces.actions import change_space
from app.spaces.forms import ProjectForm
from app.spaces.models import Space
from app.web import done

projects = Blueprint("projects", __name__)
SPACE_FIELDS = ("name", "description", "access")
PROJECT_FIELDS = ("goal", "brief", "state", "starts_on", "ends_on")


def _values(form: Form, names) -> dict:
    return {name: getattr(form, name).data for name in names}


@projects.get("/projects")
def index():
    query = select(Project).join(Project.space).options(contains_eager(Project.space)).where(space_clause(current_user))
    return render_template("projects/index.html", projects=db.session.scalars(query.order_by(Space.name)).all())


@projects.get("/projects/<slug>")
def show(slug: str):
    space = fetch(Space, verb="see", slug=slug, kind="project")
    is_home = request.args.get("tab", "stream") == "stream" and can(current_user, "read", space) and not is_stretch()
    home = home_of_project(space, current_user) if is_home else None
    return space_page("projects/show.html", space, project=space.project, home=home)


@projects.route("/projects/new", methods=["GET", "POST"])
def new():
    if current_user.is_guest:
        abort(403)
    form = ProjectForm()
    if form.validate_on_submit():
        project = actions.start_project(
            actor=current_user, **_values(form, SPACE_FIELDS), **_values(form, PROJECT_FIELDS)
        )
        commit()
        return done(_("%(name)s has begun.", name=project.space.name), project.space.url)
    return render_template("projects/form.html", form=form, project=None), 422 if form.errors else 200


@projects.route("/projects/<slug>/settings", methods=["GET", "POST"])
def change(slug: str):
    space = fetch(Space, verb="manage", slug=slug, kind="project")
    known = {name: getattr(space, name) for name in SPACE_FIELDS}
    known |= {name: getattr(space.project, name) for name in PROJECT_FIELDS}
    form = ProjectForm(data=known)
    if form.validate_on_submit():
        change_space(space, actor=current_user, **_values(form, SPACE_FIELDS))
        actions.change_project(space.project, **_values(form, PROJECT_FIELDS))
        commit()
        return done(_("Saved."), space.url)
    return render_template("projects/form.html", form=form, project=space.project), 422 if form.errors else 200
