"""Entries of any kind, their comments, reactions and shares; posts; and the streams they stand in."""

from typing import ClassVar

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields, validates_schema
from sqlalchemy import and_, false, select

from app.access import LARGEST_KEY, allow, fetch, root_of
from app.api.entry_edits import AnyEdit, apply_edit
from app.api.entry_schemas import SCHEMAS, AnyEntry
from app.api.fields import Input, Number, Output, Text, Whole, Wrong, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.revisions import expect_unchanged, lock
from app.api.showing import living, one, stretch, usable
from app.assets.talk import of_page
from app.entries import actions, resolving
from app.entries.anchors import LONGEST_SECONDS, spoken_of
from app.entries.emoji import is_emoji
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH, Comment, Entry, Share
from app.entries.quoting import quote
from app.feed import streams
from app.feed.trending import trending
from app.spaces.models import Space

ROOT_KINDS = tuple(kind for kind in SCHEMAS if kind != "comment")
MOST_PAGES = 2**31 - 1


class PostIn(Input):
    space_id = key(required=True)
    title = Text(TITLE_LENGTH, load_default="", metadata={"description": "The subject, if it is a discussion."})
    body = Text(BODY_LENGTH, needed=True, metadata={"description": "Markdown with #tag, @handle, $account-slug."})
    quote_id = key(metadata={"description": "The entry it is about, shown to those who may see it."})

    @validates_schema(skip_on_field_errors=True)
    def check(self, data, **_named) -> None:
        if data["title"] and "quote_id" in data:
            raise Wrong(_("What quotes has no subject of its own."), "title")


class AnchorIn(Input):
    """The page a comment speaks of, and perhaps a point or a region of it, as fractions of its width and height; or a
    moment of a video or a recording.
    """

    page = Whole(1, MOST_PAGES)
    version_id = key(load_default=None, metadata={
        "description": "The version whose page it is; left out, the newest with pages. It goes along to newer ones. Of "
                       "a moment, left out, the newest."})
    at = Number(0, LONGEST_SECONDS, metadata={"description": "Seconds from the beginning; instead of a page."})
    x = Number(0, 1)
    y = Number(0, 1)
    w = Number(0, 1)
    h = Number(0, 1)

    @validates_schema
    def _says_where(self, data, **_named):
        if ("page" in data) == ("at" in data):
            raise Wrong(_("Name a page or a moment, one of the two."), "page")

    class Meta(Input.Meta):
        openapi: ClassVar[dict] = {"oneOf": [{"required": ["page"]}, {"required": ["at"]}]}


class CommentIn(Input):
    body = Text(BODY_LENGTH, needed=True)
    parent_id = key(allow_none=True, load_default=None, metadata={"description": "The comment it answers."})
    anchor = fields.Nested(AnchorIn, allow_none=True, load_default=None)


class CommentQuery(PlainQuery):
    page = Whole(1, LARGEST_KEY, written=True, load_default=None, metadata={
        "description": "Those on this page of the version that people read."})
    resolved = fields.Boolean(load_default=None, metadata={
        "description": "True: those that are settled. False: those that answer nothing and are not."})


class ShareIn(Input):
    space_id = key(required=True)
    body = Text(BODY_LENGTH, load_default="", metadata={"description": "Why it matters there."})


class StreamQuery(PlainQuery):
    kind = Text(choices=ROOT_KINDS, load_default=None)


@operation("GET", "/feed", query=paged_query(), returns=AnyEntry(), paged=True)
def read_feed(query):
    """My home feed, newest first."""
    return stretch(*streams.home(current_user, streams.Window(before=query["cursor"], limit=query["limit"])))


class TrendSchema(Output):
    tag = fields.String()
    people = fields.Integer(metadata={"description": "So many people used it in the last two weeks."})


class TrendsSchema(Output):
    tags = fields.List(fields.Nested(TrendSchema), metadata={"description": "What trends most first."})


@operation("GET", "/tags/trending", returns=TrendsSchema())
def read_trending_tags():
    """Tags that more different people use lately than before, among what I may see."""
    return {"tags": [{"tag": tag, "people": people} for tag, people in trending(current_user)]}


@operation("GET", "/spaces/<key:space_id>/entries", query=paged_query(StreamQuery), returns=AnyEntry(), paged=True)
def list_space_entries(space_id, query):
    """What was written into a space, newest first, without tasks; of one kind also what is shared into it."""
    window = streams.Window(before=query["cursor"], limit=query["limit"])
    kind = [Entry.kind == query["kind"]] if query["kind"] else []
    return stretch(*streams.of_space(fetch(Space, space_id), window, *kind))


@operation("POST", "/posts", body=PostIn(), returns=SCHEMAS["post"], status=201)
def create_post(body):
    """Write a message into a space; with `quote_id` about an entry."""
    space = fetch(Space, body["space_id"], "post")
    if "quote_id" in body:
        return one(quote(living(Entry, body["quote_id"]), space, body["body"], actor=current_user), status=201)
    return one(actions.post(space, body["body"], actor=current_user, title=body["title"]), status=201)


@operation("GET", "/entries/<key:entry_id>", returns=AnyEntry(), etag=True)
def read_entry(entry_id):
    """One entry of any kind."""
    return one(living(Entry, entry_id))


@operation("PATCH", "/entries/<key:entry_id>", body=AnyEdit(), returns=AnyEntry(), etag=True)
def edit_entry(entry_id, body):
    """Change one's own entry; which fields there are depends on its kind. How it read before is kept."""
    entry = _locked(entry_id, "edit")
    apply_edit(entry, body)
    return one(entry)


@operation("DELETE", "/entries/<key:entry_id>", status=204, etag=True)
def delete_entry(entry_id):
    """Withdraw an entry. Its words are gone; in its thread a gravestone stays."""
    actions.remove(_locked(entry_id, "delete"), actor=current_user)


def _locked(entry_id: int, verb: str) -> Entry:
    lock(Entry, entry_id)
    entry = living(Entry, entry_id)
    allow(verb, entry)
    expect_unchanged(entry)
    return entry


@operation("GET", "/entries/<key:entry_id>/comments", query=paged_query(CommentQuery), returns=SCHEMAS["comment"],
           paged=True)
def list_comments(entry_id, query):
    """The thread of an entry, oldest first; deleted comments are gravestones with `deleted_at` and no text.

    A deleted entry has no words any more, but the answers to it stay.
    """
    root = root_of(fetch(Entry, entry_id))
    comments = select(Comment.id).where(Comment.thread_id == root.id, *_asked(root, query.pop("page"),
                                                                              query.pop("resolved")))
    found = page(comments, Comment.id, oldest_first=True, **query)
    return stretch(found.items, found.next)


def _asked(root: Entry, number: int | None, resolved: bool | None):
    """The conditions of a list of comments."""
    if number is not None:
        yield of_page(root.page_version, number) if root.page_version else false()
    if resolved is not None:
        yield Comment.resolved_at.is_not(None) if resolved else and_(
            Comment.resolved_at.is_(None), Comment.parent_id.is_(None), Comment.deleted_at.is_(None))


@operation("POST", "/entries/<key:entry_id>/comments", body=CommentIn(), returns=SCHEMAS["comment"], status=201)
def create_comment(entry_id, body):
    """Answer an entry, with `parent_id` one comment in its thread; with `anchor` about a part of its deck or file."""
    answered = living(Entry, entry_id)
    allow("comment", answered)
    root = root_of(answered)
    parent = fetch(Entry, body["parent_id"]) if body["parent_id"] else None
    anchor = body["anchor"] or {}
    region = {name: anchor.pop(name) for name in "xywh" if name in anchor}
    try:
        comment = actions.comment(
            root, body["body"], actor=current_user, parent=parent or (answered if answered is not root else None),
            **spoken_of(root, region=region, **anchor),
        )
    except actions.CannotAnswer as error:
        wrong = {"parent": "parent_id", "page": "anchor.page", "at": "anchor.at"}[str(error)]
        raise Invalid({wrong: [_("This is not part of the thread.")]}) from None
    return one(comment, status=201)


@operation("PUT", "/entries/<key:entry_id>/reactions/<emoji>", status=204, also=(422,))
def react(entry_id, emoji):
    """React with one emoji."""
    entry = living(Entry, entry_id)
    allow("react", entry)
    try:
        actions.react(entry, emoji, actor=current_user)
    except actions.NotAnEmoji:
        raise Invalid({"emoji": [_("This is not one emoji.")]}) from None


@operation("DELETE", "/entries/<key:entry_id>/reactions/<emoji>", status=204, also=(422,))
def withdraw_reaction(entry_id, emoji):
    """Take a reaction back; nothing happens if there was none."""
    entry = living(Entry, entry_id)
    allow("react", entry)
    if not is_emoji(emoji):
        raise Invalid({"emoji": [_("This is not one emoji.")]})
    actions.withdraw_reaction(entry, emoji, actor=current_user)


@operation("PUT", "/entries/<key:entry_id>/resolution", returns=AnyEntry())
def resolve_entry(entry_id):
    """Settle a discussion, or a comment with what answers it; nothing happens if it is settled."""
    entry = living(Entry, entry_id)
    allow("resolve", entry)
    resolving.resolve(entry, actor=current_user)
    return one(entry)


@operation("DELETE", "/entries/<key:entry_id>/resolution", returns=AnyEntry())
def reopen_entry(entry_id):
    """Take it up again; nothing happens if it is open."""
    entry = living(Entry, entry_id)
    allow("resolve", entry)
    resolving.reopen(entry, actor=current_user)
    return one(entry)


@operation("POST", "/entries/<key:entry_id>/shares", body=ShareIn(), returns=AnyEntry(), status=201)
def share_entry(entry_id, body):
    """Let an entry live in one more space, announced there by a post that quotes it."""
    entry = living(Entry, entry_id)
    allow("share", entry)
    with usable():
        actions.share(entry, fetch(Space, body["space_id"], "post"), actor=current_user, note=body["body"])
    return one(entry, status=201)


@operation("DELETE", "/entries/<key:entry_id>/shares/<key:space_id>", status=204)
def end_share(entry_id, space_id):
    """Take an entry back out of a space, with the posts that announced it there."""
    actions.unshare(fetch(Share, verb="end", entry_id=entry_id, space_id=space_id), actor=current_user)
