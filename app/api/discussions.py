"""Discussions: moving a comment into one. A discussion itself is a post with a title: `POST /posts`."""

from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Input, Text
from app.api.operation import operation
from app.api.problems import Invalid
from app.api.showing import one
from app.entries import moving
from app.entries.models import TITLE_LENGTH, Comment


class SubjectIn(Input):
    title = Text(TITLE_LENGTH, needed=True, metadata={"description": "The subject of the discussion."})


@operation("POST", "/entries/<key:entry_id>/moves", body=SubjectIn(), returns=SCHEMAS["post"], status=201)
def move_comment(entry_id, body):
    """Open a discussion in the same space and take a comment and its answers there; a pointer stays."""
    try:
        return one(moving.move_out(fetch(Comment, entry_id, "move"), body["title"], actor=current_user), status=201)
    except moving.CannotMove:
        raise Invalid({"entry_id": [_("Questions, their answers and key points stay with their review.")]}) from None
