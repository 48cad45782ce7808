"""Spaces and who belongs to them."""

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields, validates_schema
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import allow, can, fetch, membership, visible
from app.accounts.actions import open_account
from app.api.fields import Day, Input, Moment, Output, Text, Wrong, key
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid, Taken
from app.api.revisions import etag, expect_unchanged, lock
from app.extensions import db
from app.people.models import Person
from app.projects.actions import change_project, start_project
from app.projects.models import STATES, Project
from app.projects.plans import like
from app.projects.starting import fill
from app.projects.templates import TEMPLATES
from app.spaces import actions
from app.spaces.models import ACCESS, KINDS, MEMBER_ROLES, ROOM, Membership, Space

PROJECT_FIELDS = ("goal", "brief", "state", "starts_on", "ends_on")
BRIEF_LENGTH = 20_000
ONLY_PROJECTS = _l("Only projects have this.")


class ProjectSchema(Output):
    goal = fields.String()
    brief = fields.Method("brief_for_caller", metadata={
        "type": ["string", "null"], "description": "Markdown as written; null for who may not read in the space."})
    state = fields.String(metadata={"enum": list(STATES)})
    starts_on = fields.Date(allow_none=True)
    ends_on = fields.Date(allow_none=True)

    def brief_for_caller(self, project: Project) -> str | None:
        return project.brief if can(current_user, "read", project.space) else None


class SpaceSchema(Output):
    id = fields.Integer()
    kind = fields.String(metadata={"enum": list(KINDS)})
    name = fields.String()
    slug = fields.String()
    access = fields.String(metadata={"enum": list(ACCESS)})
    description = fields.String()
    url = fields.String()
    account_id = fields.Function(lambda space: space.account.id if space.account else None,
                                 metadata={"type": ["integer", "null"]})
    project = fields.Nested(ProjectSchema, allow_none=True, metadata={"description": "null: it is no project."})
    my_role = fields.Method("role_of_caller", metadata={
        "type": ["string", "null"], "enum": [*MEMBER_ROLES, None], "description": "null: I am not a member."})
    created_by_id = fields.Integer(allow_none=True)
    created_at = Moment()
    archived_at = Moment(allow_none=True)

    def role_of_caller(self, space: Space) -> str | None:
        """How the caller belongs to the space."""
        standing = membership(current_user, space)
        return standing.role if standing else None


class MembershipSchema(Output):
    space_id = fields.Integer()
    person_id = fields.Integer()
    role = fields.String(metadata={"enum": list(MEMBER_ROLES)})
    joined_at = Moment()


class SpaceFields(Input):
    """What of a space can be changed."""

    name = Text(120, needed=True, required=False)
    access = Text(choices=ACCESS)
    description = Text(4000)


class ProjectFields(SpaceFields):
    """The same, and what a project is about."""

    goal = Text(500, metadata={"description": "For projects, as all that follows."})
    brief = Text(BRIEF_LENGTH, metadata={"description": "Markdown."})
    state = Text(choices=STATES)
    starts_on = Day(allow_none=True, metadata={"description": "The days of what a template makes are counted from it."})
    ends_on = Day(allow_none=True)

    @validates_schema(skip_on_field_errors=True)
    def check_days(self, data, **_named) -> None:
        if data.get("ends_on") and (data.get("starts_on") or data["ends_on"]) > data["ends_on"]:
            raise Wrong(_l("It ends before it starts."), "ends_on")


class SpaceIn(ProjectFields):
    """A new space."""

    kind = Text(choices=KINDS, required=True)
    name = Text(120, needed=True)
    access = Text(choices=ACCESS, load_default="open")
    description = Text(4000, load_default="")
    template = Text(choices=tuple(TEMPLATES), metadata={"description": "For projects: what they usually need is made."})
    like_id = key(metadata={"description": "For projects: the project whose structure is taken over, without content."})

    @validates_schema(skip_on_field_errors=True)
    def check(self, data, **_named) -> None:
        if data["kind"] != "project" and (own := data.keys() & {"template", "like_id", *PROJECT_FIELDS}):
            raise Wrong(ONLY_PROJECTS, sorted(own)[0])
        if data.get("template") and data.get("like_id"):
            raise Wrong(_l("From a template or like a project, not both."), "like_id")


class MembershipIn(Input):
    role = Text(choices=MEMBER_ROLES, load_default="member")


class SpaceQuery(PlainQuery):
    kind = Text(choices=KINDS)
    slug = Text(80)


def _shown(space: Space, status: int | None = None) -> Answer:
    location = f"/api/v1/spaces/{space.id}" if status == 201 else None
    return Answer(space, status, etag(space), location)


@operation("GET", "/spaces", query=paged_query(SpaceQuery), returns=SpaceSchema(), paged=True)
def list_spaces(query):
    """The spaces I may know of, the latest first."""
    spaces = visible(current_user, Space).where(Space.kind != ROOM).options(
        selectinload(Space.account), selectinload(Space.project))
    for name in ("kind", "slug"):
        if name in query:
            spaces = spaces.where(getattr(Space, name) == query.pop(name))
    return page(spaces, Space.id, **query)


@operation("POST", "/spaces", body=SpaceIn(), returns=SpaceSchema(), status=201, etag=True, also=(403,))
def create_space(body):
    """Open a project, an account's group or a community; whoever opens it owns it. Not for guests."""
    if current_user.is_guest:
        abort(403)
    kind, name = body.pop("kind"), body.pop("name")
    if kind == "project":
        space = _started(name, body)
    elif kind == "account":
        space = open_account(name, actor=current_user, **body).space
    else:
        space = actions.open_space(kind, name, actor=current_user, **body)
    db.session.expire(current_user._get_current_object(), ["memberships"])
    return _shown(space, 201)


def _started(name: str, body: dict) -> Space:
    """A project, empty or by a plan."""
    like_id, template = body.pop("like_id", None), body.pop("template", None)
    plan = like(_project(like_id)) if like_id else TEMPLATES.get(template)
    brief = body.pop("brief", "") or (str(plan.brief) if plan else "")
    project = start_project(name, actor=current_user, brief=brief, **body)
    if plan:
        fill(project, plan, actor=current_user)
    return project.space


def _project(space_id: int) -> Space:
    space = fetch(Space, space_id)
    if space.project is None:
        raise Invalid({"like_id": [_("This is no project.")]})
    return space


@operation("GET", "/spaces/<key:space_id>", returns=SpaceSchema(), etag=True)
def read_space(space_id):
    """One space that I may know of, whether or not I may read in it."""
    return _shown(fetch(Space, space_id, "see"))


@operation("PATCH", "/spaces/<key:space_id>", body=ProjectFields(), returns=SpaceSchema(), etag=True)
def edit_space(space_id, body):
    """Change a space, and what a project is about. Its owners, and admins who may know of it."""
    lock(Space, space_id)
    space = fetch(Space, space_id, "manage")
    expect_unchanged(space)
    record = {name: body.pop(name) for name in PROJECT_FIELDS if name in body}
    if record and space.project is None:
        raise Invalid({sorted(record)[0]: [ONLY_PROJECTS]})
    actions.change_space(space, actor=current_user, **{name: value.strip() for name, value in body.items()})
    if record:
        _change_project(space.project, record)
    return _shown(space)


def _change_project(project: Project, record: dict) -> None:
    known = {name: getattr(project, name) for name in ("starts_on", "ends_on")} | record
    if known["starts_on"] and known["ends_on"] and known["starts_on"] > known["ends_on"]:
        raise Invalid({"ends_on": [_("It ends before it starts.")]})
    change_project(project, **record)


@operation("GET", "/spaces/<key:space_id>/members", query=paged_query(), returns=MembershipSchema(), paged=True)
def list_members(space_id, query):
    """Who belongs to a space, the latest first."""
    space = fetch(Space, space_id, "see")
    return page(select(Membership).where(Membership.space_id == space.id), Membership.id, **query)


def _place(space_id: int, person_id: int) -> tuple[Space, Person]:
    """The space and the person, if the caller may put them in and out: its owners do, and everybody for themselves."""
    lock(Space, space_id)
    space = fetch(Space, space_id, "see")
    return space, fetch(Person, person_id)


@operation("PUT", "/spaces/<key:space_id>/members/<key:person_id>", body=MembershipIn(), returns=MembershipSchema(),
           also=(409,))
def put_member(space_id, person_id, body):
    """Take somebody in or change their role: owners do. Everybody takes themselves into an open space."""
    space, person = _place(space_id, person_id)
    joins = person.id == current_user.id and body["role"] == "member" and can(current_user, "join", space)
    if not joins:
        allow("manage", space)
    if not person.is_active:
        raise Invalid({"person_id": [_("They no longer work here.")]})
    try:
        return actions.add_member(space, person, actor=current_user, role=body["role"])
    except actions.LastOwner:
        raise Taken(_("A space needs at least one owner.")) from None


@operation("DELETE", "/spaces/<key:space_id>/members/<key:person_id>", status=204, also=(409,))
def remove_member(space_id, person_id):
    """Take somebody out: owners do. Everybody may leave. Nothing happens if they were not in it."""
    space, person = _place(space_id, person_id)
    if person.id != current_user.id:
        allow("manage", space)
    try:
        actions.remove_member(space, person, actor=current_user)
    except actions.LastOwner:
        raise Taken(_("A space needs at least one owner.")) from None
