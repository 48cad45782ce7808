"""What I want to hear of and how: rules, what is muted, mail."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields

from app.access import fetch, root_of
from app.activity.rule_models import LEVELS, Mute, NotificationRule
from app.api.fields import Input, Moment, Output, Text, Whole, key
from app.api.operation import operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.entries.models import Entry
from app.extensions import db
from app.notifications import choosing
from app.notifications.models import MAIL
from app.spaces.models import Space

FOR = {"description": "How much I hear: everything new, what concerns me, where I am named or asked, nothing."}


class RuleSchema(Output):
    id = fields.Integer()
    space_id = fields.Integer(allow_none=True)
    kind = fields.String(metadata={"description": "Of entries; empty for all of them."})
    level = fields.String(metadata={"enum": list(LEVELS)})


class RuleIn(Input):
    space_id = key(load_default=None, allow_none=True, metadata={"description": "Left out: everywhere."})
    kind = Text(20, load_default="", metadata={"description": "Of entries; left out: all of them."})
    level = Text(choices=LEVELS, required=True, metadata=FOR)


class MuteSchema(Output):
    id = fields.Integer()
    entry_id = fields.Integer(attribute="thread_id", allow_none=True)
    space_id = fields.Integer(allow_none=True)
    until = Moment(allow_none=True, metadata={"description": "null: for good."})


class MuteIn(Input):
    length = Text(choices=list(choosing.MUTES), required=True,
                  metadata={"description": "An hour, a week, or for good."})


class SettingsIn(Input):
    mail = Text(choices=MAIL)
    hour = Whole(0, 23, metadata={"description": "Of the digest, by my time zone."})
    weekday = Whole(0, 6, metadata={"description": "Of the weekly digest; 0 is Monday."})
    on_desktop = fields.Boolean()


class NotificationSettingsSchema(Output):
    mail = fields.String(metadata={"enum": list(MAIL)})
    hour = fields.Integer()
    weekday = fields.Integer()
    on_desktop = fields.Boolean()
    next_at = Moment(allow_none=True, metadata={"description": "When the next digest goes out."})


@operation("GET", "/notification-rules", query=paged_query(), returns=RuleSchema(), paged=True)
def list_notification_rules(query):
    """My rules, the newest first. The most specific one holds: of a kind in a space, of a space, of a kind."""
    return page(choosing.rules_of(current_user), NotificationRule.id, **query)


@operation("PUT", "/notification-rules", body=RuleIn(), returns=RuleSchema(), also=(404,))
def put_notification_rule(body):
    """Say how much I hear of a space, of a kind of entry, or of both together."""
    if body["kind"] not in ("", *choosing.entry_kinds()):
        raise Invalid({"kind": [_("There is no such kind of entry.")]})
    space = fetch(Space, body["space_id"], "see") if body["space_id"] else None
    return choosing.set_rule(current_user, body["level"], space=space, kind=body["kind"])


@operation("DELETE", "/notification-rules/<key:rule_id>", status=204)
def delete_notification_rule(rule_id):
    """What is more general holds again."""
    rule = db.session.scalar(choosing.rules_of(current_user).where(NotificationRule.id == rule_id)) or abort(404)
    choosing.drop_rule(rule)


@operation("GET", "/mutes", query=paged_query(), returns=MuteSchema(), paged=True)
def list_mutes(query):
    """What I have muted, the newest first."""
    return page(choosing.mutes_of(current_user), Mute.id, **query)


@operation("PUT", "/entries/<key:entry_id>/mute", body=MuteIn(), returns=MuteSchema())
def mute_thread(entry_id, body):
    """Be told nothing of its thread but where I am named; my feed leaves it out."""
    return choosing.mute(current_user, body["length"], thread=root_of(fetch(Entry, entry_id)))


@operation("DELETE", "/entries/<key:entry_id>/mute", status=204)
def unmute_thread(entry_id):
    """Hear of its thread again."""
    choosing.unmute(current_user, thread=root_of(fetch(Entry, entry_id)))


@operation("PUT", "/spaces/<key:space_id>/mute", body=MuteIn(), returns=MuteSchema())
def mute_space(space_id, body):
    """Be told nothing of a space but where I am named; my feed leaves it out."""
    return choosing.mute(current_user, body["length"], space=fetch(Space, space_id, "see"))


@operation("DELETE", "/spaces/<key:space_id>/mute", status=204)
def unmute_space(space_id):
    """Hear of the space again."""
    choosing.unmute(current_user, space=fetch(Space, space_id, "see"))


@operation("GET", "/me/notification-settings", returns=NotificationSettingsSchema())
def read_notification_settings():
    """How I am told besides the inbox."""
    return choosing.settings_of(current_user)


@operation("PATCH", "/me/notification-settings", body=SettingsIn(), returns=NotificationSettingsSchema())
def change_notification_settings(body):
    """Change it; what is left out stays."""
    return choosing.change_settings(current_user, **body)
