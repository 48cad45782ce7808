"""What concerns me."""

from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.activity.kinds import describe
from app.activity.models import Notification
from app.api.fields import Input, Moment, Output, key
from app.api.operation import operation, paged_query
from app.api.paging import page
from app.notifications import actions
from app.notifications.routes import mine

MOST_IDS = 1000


class NotificationSchema(Output):
    id = fields.Integer()
    event = fields.String(attribute="activity.kind")
    reason = fields.String(metadata={"description": "Why it concerns me: mention, reply, thread, invitation, …"})
    text = fields.Function(lambda notification: describe(notification.activity), metadata={"type": "string"})
    actor_id = fields.Integer(attribute="activity.actor_id", allow_none=True)
    entry_id = fields.Integer(attribute="activity.entry_id", allow_none=True)
    space_id = fields.Integer(attribute="activity.space_id", allow_none=True)
    url = fields.Function(lambda notification: _url(notification), metadata={"type": ["string", "null"]})
    created_at = Moment(attribute="activity.created_at")
    read_at = Moment(allow_none=True)


def _url(notification: Notification) -> str | None:
    activity = notification.activity
    if activity.entry_id:
        return f"/e/{activity.entry_id}"
    return activity.space.url if activity.space else activity.actor.url if activity.actor else None


class UnreadSchema(Output):
    unread = fields.Integer()


class ReadIn(Input):
    ids = fields.List(key(), allow_none=True, load_default=None, validate=Length(max=MOST_IDS),
                      metadata={"description": "Left out: all."})


@operation("GET", "/notifications", query=paged_query(), returns=NotificationSchema(), paged=True)
def list_notifications(query):
    """My notifications of things I may still see, newest first."""
    return page(mine(), Notification.id, **query)


@operation("POST", "/notifications/read", body=ReadIn(), returns=UnreadSchema())
def read_notifications(body):
    """They are read: those given, else all. Answers how many are still unread."""
    return {"unread": actions.mark_read(current_user, body["ids"])}
