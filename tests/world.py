"""The cast of the tests, made through real actions once and copied for each test.

Ada is admin, Lena (marketing) owns everything, Jon (sales) works with her, Mei (product) and Otto are colleagues in
no space but the Commons, Gus is a guest of the open project, Gita a guest of nothing.

One space of each kind and access, named like `project-secret`; members: Lena (owner), Jon, and Gus where he is invited.
"""

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.actions import open_account
from app.activity.delivery import commit
from app.entries.actions import comment, post
from app.entries.models import Entry
from app.extensions import db
from app.people.actions import add_person
from app.people.models import Person
from app.projects.actions import start_project
from app.spaces.actions import add_member, open_space
from app.spaces.models import ACCESS, KINDS, Space

PASSWORD = "a calm ship"
CAST = {
    "ada": ("Ada Admin", "Operations", "admin"),
    "lena": ("Lena Fischer", "Marketing", "member"),
    "jon": ("Jon Park", "Sales", "member"),
    "mei": ("王梅", "Product", "member"),
    "otto": ("Otto Outsider", "Sales", "member"),
    "gus": ("Gus Guest", "", "guest"),
    "gita": ("Gita Guest", "", "guest"),
}
GUEST_OF = "project-open"


def slug(kind: str, access: str) -> str:
    """The slug of the cast's space of this kind and access."""
    return f"{kind}-{access}"


def build() -> None:
    """Everybody and every space, with one post by Lena and one answer by Jon in each."""
    people = {}
    for handle, (name, team, role) in CAST.items():
        people[handle] = add_person(f"{handle}@example.com", name, team=team, role=role, handle=handle)
        if handle == "ada":
            open_space("community", "Commons", actor=people["ada"])
    add_member(people["ada"].memberships[0].space, people["lena"], actor=people["ada"], role="owner")
    for kind in KINDS:
        for access in ACCESS:
            _space(kind, access, people)
    commit()


def _space(kind: str, access: str, people: dict[str, Person]) -> None:
    name, lena = slug(kind, access), people["lena"]
    if kind == "project":
        space = start_project(name, actor=lena, access=access, goal="Sell more grippers.").space
    elif kind == "account":
        space = open_account(name, actor=lena, access=access, industry="Robotics").space
    else:
        space = open_space(kind, name, actor=lena, access=access)
    # Of a secret one it could not be known.
    space.slug = name
    add_member(space, people["jon"], actor=lena)
    if space.slug == GUEST_OF:
        add_member(space, people["gus"], actor=lena)
    first = post(space, f"Hello from {name}", actor=lena)
    comment(first, f"An answer in {name}", actor=people["jon"])


@dataclass(frozen=True)
class World:
    """The cast, loaded in the session of the test: `world.lena`, `world.space("project", "secret")`."""

    def __getattr__(self, handle: str) -> Person:
        if handle not in CAST:
            raise AttributeError(handle)
        return self.person(handle)

    def person(self, handle: str) -> Person:
        return db.session.scalars(select(Person).where(Person.handle == handle)).one()

    @property
    def commons(self) -> Space:
        return self.named("commons")

    def space(self, kind: str, access: str) -> Space:
        return self.named(slug(kind, access))

    def named(self, name: str) -> Space:
        return db.session.scalars(select(Space).where(Space.slug == name)).one()

    def first_post(self, space: Space) -> Entry:
        """Lena's post in one of the cast's spaces."""
        query = select(Entry).where(Entry.space_id == space.id, Entry.thread_id.is_(None)).order_by(Entry.id)
        return db.session.scalars(query.limit(1)).one()
