"""Lists and saved filters: views of one's own that nobody else sees."""

from contextlib import contextmanager

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields, validates_schema

from app.access import fetch, visible
from app.api.entry_schemas import AnyEntry
from app.api.fields import Input, Moment, Output, Text, Wrong, key
from app.api.operation import Answer, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid, Taken
from app.api.showing import stretch
from app.extensions import db
from app.feed import streams
from app.lists import actions
from app.lists.models import MOST_ITEMS, NAME_LENGTH, FeedList, SavedFilter
from app.lists.showing import branches_of, items_of, known_tag
from app.people.models import Person
from app.spaces.models import Space


class ItemSchema(Output):
    id = fields.Integer()
    person_id = fields.Integer(attribute="member_id", allow_none=True)
    tag = fields.Function(lambda item: item.tag.name if item.tag else None, metadata={"type": ["string", "null"]})
    space_id = fields.Integer(allow_none=True)


class ListSchema(Output):
    id = fields.Integer()
    name = fields.String()
    url = fields.String()
    created_at = Moment()


class ListWithItems(ListSchema):
    items = fields.Function(lambda found: ItemSchema().dump(items_of(found, current_user), many=True), metadata={
        "type": "array", "items": {"type": "object"}, "description": "Each a person_id, a tag or a space_id."})


class ListIn(Input):
    name = Text(NAME_LENGTH, needed=True)


class ItemIn(Input):
    """Exactly one of them."""

    person_id = key()
    tag = Text(60)
    space_id = key(metadata={"description": "An account by the space of its group."})

    @validates_schema(skip_on_field_errors=True)
    def check(self, data, **_named) -> None:
        if len(data) != 1:
            raise Wrong(_("A person, a tag or a space: one of them."), "person_id")


class FilterSchema(Output):
    id = fields.Integer()
    name = fields.String()
    place = fields.String(metadata={"enum": list(actions.PLACES)})
    query = fields.String()
    url = fields.String()
    created_at = Moment()


class FilterIn(Input):
    name = Text(NAME_LENGTH, needed=True)
    place = Text(choices=actions.PLACES, required=True)
    query = Text(actions.QUERY_LENGTH, needed=True, metadata={"description": "What follows “?” in its address."})


@contextmanager
def _acceptable():
    try:
        yield
    except actions.NameTaken:
        raise Taken(_("You have one of this name.")) from None
    except actions.NoFilter:
        raise Invalid({"query": [_("This narrows nothing.")]}) from None


@operation("GET", "/lists", query=paged_query(), returns=ListSchema(), paged=True)
def list_lists(query):
    """My lists, newest first."""
    return page(visible(current_user, FeedList), FeedList.id, **query)


@operation("POST", "/lists", body=ListIn(), returns=ListWithItems(), status=201, also=(409,))
def create_list(body):
    """Begin a list."""
    with _acceptable():
        made = actions.begin_list(body["name"], actor=current_user)
    return Answer(made, location=f"/api/v1/lists/{made.id}")


@operation("GET", "/lists/<key:list_id>", returns=ListWithItems())
def read_list(list_id):
    """One list of mine with what stands on it."""
    return fetch(FeedList, list_id)


@operation("PATCH", "/lists/<key:list_id>", body=ListIn(), returns=ListWithItems(), also=(409,))
def edit_list(list_id, body):
    """Call it differently."""
    found = fetch(FeedList, list_id, "edit")
    with _acceptable():
        actions.rename(found, body["name"], actor=current_user)
    return found


@operation("DELETE", "/lists/<key:list_id>", status=204)
def delete_list(list_id):
    """Delete it; what stands on it stays where it is."""
    actions.discard(fetch(FeedList, list_id, "edit"))


@operation("POST", "/lists/<key:list_id>/items", body=ItemIn(), returns=ListWithItems(), status=201, also=(422,))
def put_on_list(list_id, body):
    """Put a person, a tag or a space on it; nothing happens if it stands there."""
    found = fetch(FeedList, list_id, "edit")
    if "person_id" in body:
        thing = {"person": fetch(Person, body["person_id"])}
    elif "tag" in body:
        thing = {"tag": known_tag(body["tag"].lower(), current_user) or abort(404)}
    else:
        thing = {"space": fetch(Space, body["space_id"], "see")}
    try:
        actions.put(found, **thing)
    except actions.ListFull:
        raise Invalid({"person_id": [_("A list holds %(most)s at most.", most=MOST_ITEMS)]}) from None
    db.session.flush()
    return Answer(found)


@operation("DELETE", "/lists/<key:list_id>/items/<key:item_id>", status=204)
def take_off_list(list_id, item_id):
    """Take something off it; nothing happens if it does not stand there."""
    actions.take_off(fetch(FeedList, list_id, "edit"), item_id)


@operation("GET", "/lists/<key:list_id>/entries", query=paged_query(), returns=AnyEntry(), paged=True)
def list_list_entries(list_id, query):
    """Its stream, newest first: what I may see of what stands on it."""
    branches = branches_of(items_of(fetch(FeedList, list_id), current_user), current_user)
    return stretch(*streams.of_branches(branches, streams.Window(before=query["cursor"], limit=query["limit"])))


@operation("GET", "/filters", query=paged_query(), returns=FilterSchema(), paged=True)
def list_filters(query):
    """My saved filters, newest first."""
    return page(visible(current_user, SavedFilter), SavedFilter.id, **query)


@operation("POST", "/filters", body=FilterIn(), returns=FilterSchema(), status=201, also=(409,))
def create_filter(body):
    """Save what narrows the search, the assets, the reviews or the learnings under a name."""
    with _acceptable():
        made = actions.save_filter(body["name"], body["place"], body["query"], actor=current_user)
    return Answer(made, location="/api/v1/filters")


@operation("DELETE", "/filters/<key:filter_id>", status=204)
def delete_filter(filter_id):
    """Delete it."""
    actions.discard(fetch(SavedFilter, filter_id, "edit"))
