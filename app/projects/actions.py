"""Starting projects and changing what they say."""

from app.entries.markdown import render
from app.extensions import db
from app.people.models import Person
from app.projects.models import Project
from app.spaces.actions import open_space


def start_project(name: str, *, actor: Person, access: str = "open", description: str = "", **record) -> Project:
    """A project with its space; `record` holds goal, brief, state and dates."""
    space = open_space("project", name, actor=actor, access=access, description=description)
    project = change_project(Project(space=space), **record)
    db.session.add(project)
    db.session.flush()
    return project


def change_project(project: Project, **record) -> Project:
    """Change goal, brief, state and dates."""
    for name, value in record.items():
        setattr(project, name, value)
    if "brief" in record:
        project.brief_html = render(project.brief)
    return project
