"""Starting projects and writing down decisions."""

from app.entries.actions import publish
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.projects.models import Decision, Project
from app.spaces.actions import open_space
from app.spaces.models import Space


def start_project(name: str, *, actor: Person, access: str = "open", description: str = "", **record) -> Project:
    """A project with its space; `record` holds goal, state and dates."""
    space = open_space("project", name, actor=actor, access=access, description=description)
    project = Project(space=space, **record)
    db.session.add(project)
    db.session.flush()
    return project


def change_project(project: Project, **record) -> Project:
    """Change goal, state and dates."""
    for name, value in record.items():
        setattr(project, name, value)
    return project


def decide(
    space: Space, question: str, choice: str, *, actor: Person, why: str = "", options: list[str] | None = None,
    about: Entry | None = None,
) -> Decision:
    """Write down what was decided and why, and which thread it settles."""
    decision = Decision(
        space=space, title=question.strip(), choice=choice.strip(), body=why.strip(), options=options or [],
        about=about,
    )
    return publish(decision, actor=actor)
