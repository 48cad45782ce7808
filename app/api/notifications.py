"""What concerns me."""

from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.activity.kinds import describe
from app.activity.models import Notification
from app.api.fields import Input, Moment, Output, Text, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import page
from app.notifications import actions
from app.notifications.inbox import VIEWS
from app.notifications.routes import mine, own

MOST_IDS = 1000


class NotificationSchema(Output):
    id = fields.Integer()
    event = fields.String(attribute="activity.kind")
    reason = fields.String(metadata={"description": "Why it concerns me: mention, reply, thread, invitation, …"})
    text = fields.Function(lambda notification: describe(notification.activity, current_user), metadata={
        "type": "string"})
    actor_id = fields.Integer(attribute="activity.actor_id", allow_none=True)
    entry_id = fields.Integer(attribute="activity.entry_id", allow_none=True)
    space_id = fields.Integer(attribute="activity.space_id", allow_none=True)
    url = fields.Function(lambda notification: _url(notification), metadata={"type": ["string", "null"]})
    created_at = Moment(attribute="activity.created_at")
    read_at = Moment(allow_none=True)
    thread_id = fields.Integer(allow_none=True)
    done_at = Moment(allow_none=True)
    snoozed_until = Moment(allow_none=True)


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


class ViewQuery(PlainQuery):
    view = Text(choices=VIEWS, load_default=None, metadata={"description": "Left out: all of them."})


class SnoozeIn(Input):
    until = Text(choices=list(actions.SNOOZES), required=True, metadata={
        "description": "For an hour; until nine o'clock tomorrow or next Monday, by my time zone."})


@operation("GET", "/notifications", query=paged_query(ViewQuery), returns=NotificationSchema(), paged=True)
def list_notifications(query):
    """My notifications of things I may still see, newest first."""
    return page(mine(query.pop("view")), Notification.id, **query)


@operation("POST", "/notifications/read", body=ReadIn(), returns=UnreadSchema())
def read_notifications(body):
    """They are read: those given, else all. Answers how many are still unread."""
    return {"unread": actions.mark_read(current_user, body["ids"])}


@operation("PUT", "/notifications/<key:notification_id>/done", returns=NotificationSchema())
def finish_notification(notification_id):
    """Done with it and what else there is of its thread; what happens there later comes up again."""
    return _after(actions.finish, own(notification_id))


@operation("DELETE", "/notifications/<key:notification_id>/done", returns=NotificationSchema())
def take_up_notification(notification_id):
    """It is not done after all, nor what was done together with it."""
    return _after(actions.take_up, own(notification_id))


@operation("PUT", "/notifications/<key:notification_id>/snooze", body=SnoozeIn(), returns=NotificationSchema())
def snooze_notification(notification_id, body):
    """Out of the inbox for a while, with what else there is of its thread; then it comes back as unread."""
    return _after(actions.snooze, own(notification_id), actions.SNOOZES[body["until"]](current_user))


@operation("DELETE", "/notifications/<key:notification_id>/snooze", returns=NotificationSchema())
def wake_notification(notification_id):
    """Back into the inbox now."""
    return _after(actions.wake, own(notification_id))


def _after(action, notification: Notification, *arguments) -> Notification:
    action(notification, *arguments)
    return notification
