"""Projects: the list, the project's home, starting and changing one."""

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.access import can, fetch, readable_clause, space_clause
from app.activity.delivery import commit
from app.extensions import db
from app.feed.pages import is_stretch, space_page
from app.forms import Form
from app.projects import actions
from app.projects.home import home_of_project
from app.projects.models import Project
from app.projects.plans import Plan, like
from app.projects.starting import fill
from app.projects.templates import TEMPLATES
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
    return space_page("projects/show.html", space, project=space.project, home=home,
                      home_template="projects/_home.html")


@projects.route("/projects/new", methods=["GET", "POST"])
def new():
    if current_user.is_guest:
        abort(403)
    plan = _asked_plan()
    form = ProjectForm(brief=str(plan.brief) if plan else "")
    if form.validate_on_submit():
        project = actions.start_project(
            actor=current_user, **_values(form, SPACE_FIELDS), **_values(form, PROJECT_FIELDS)
        )
        if plan:
            fill(project, plan, actor=current_user, keep=set(request.form.getlist("make")))
        commit()
        return done(_("%(name)s has begun.", name=project.space.name), project.space.url)
    keep = set(request.form.getlist("make")) if form.is_submitted() else plan.keys if plan else set()
    page = render_template("projects/form.html", form=form, project=None, plan=plan, keep=keep, templates=TEMPLATES,
                           others=_readable(), template=request.values.get("template"), like=request.values.get("like"))
    return (page, 422) if form.errors else page


def _asked_plan() -> Plan | None:
    """The template that the address or the form names, or the structure of a project."""
    if slug := request.values.get("like"):
        return like(fetch(Space, verb="read", slug=slug, kind="project"))
    name = request.values.get("template")
    return (TEMPLATES.get(name) or abort(404)) if name else None


def _readable() -> list[Space]:
    """The projects whose structure can be taken over, what is finished first."""
    query = select(Space).join(Space.project).where(readable_clause(current_user))
    return list(db.session.scalars(query.order_by(Project.state != "done", Space.name)))


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
