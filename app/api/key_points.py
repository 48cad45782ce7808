"""Key points of a review: what it comes to, in sentences of its author and its audience."""

from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.access import allow, fetch
from app.api.entries import MOST_PAGES
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Input, Text, Whole
from app.api.operation import operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.showing import living, one, stretch
from app.entries.actions import CannotAnswer, TooLong
from app.entries.models import Comment
from app.reviews import key_points
from app.reviews.key_point_models import LONGEST, KeyPoint
from app.reviews.models import Review


class KeyPointIn(Input):
    body = Text(LONGEST, needed=True, metadata={"description": "Markdown with #tag, @handle, $account-slug."})
    page = Whole(1, MOST_PAGES, allow_none=True, load_default=None, metadata={
        "description": "The slide it is about, from 1."})


@operation("GET", "/reviews/<key:review_id>/key-points", query=paged_query(), returns=SCHEMAS["comment"], paged=True)
def list_key_points(review_id, query):
    """What a review comes to, newest first: comments of its thread that are key points."""
    review = fetch(Review, review_id)
    ids = select(KeyPoint.id).join(KeyPoint.comment).where(Comment.thread_id == review.id)
    found = page(ids, KeyPoint.id, **query)
    return stretch(found.items, found.next)


@operation("POST", "/reviews/<key:review_id>/key-points", body=KeyPointIn(), returns=SCHEMAS["comment"], status=201)
def create_key_point(review_id, body):
    """Say what a review comes to, or with `page` one slide of its deck; it is a comment of its thread."""
    review = living(Review, review_id)
    allow("comment", review)
    try:
        point = key_points.make_point(review, body["body"], actor=current_user, page=body["page"])
    except CannotAnswer:
        raise Invalid({"page": [_("Its deck has no such slide.")]}) from None
    return one(point.comment, status=201)


@operation("PUT", "/entries/<key:entry_id>/key-point", status=204, also=(422,))
def mark_key_point(entry_id):
    """Make a key point of a comment of mine under a review; nothing happens if it is one."""
    try:
        key_points.mark(fetch(Comment, entry_id, "mark"), actor=current_user)
    except key_points.NoKeyPoint:
        raise Invalid({"entry_id": [_("A question is no key point.")]}) from None
    except TooLong as error:
        raise Invalid({"body": [str(error)]}) from None


@operation("DELETE", "/entries/<key:entry_id>/key-point", status=204)
def unmark_key_point(entry_id):
    """It is a comment like others again; nothing happens if it was."""
    key_points.unmark(fetch(Comment, entry_id, "mark"), actor=current_user)
