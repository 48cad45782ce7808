"""Addresses that are told what happens."""

import secrets

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length
from sqlalchemy import func, select

from app.api.fields import Input, Moment, Output, Text
from app.api.models import Webhook
from app.api.operation import operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.extensions import db
from app.outgoing import Refused, check_url

MOST_WEBHOOKS = 20
SHORTEST_SECRET = 16


class WebhookSchema(Output):
    id = fields.Integer()
    url = fields.String()
    created_at = Moment()
    failures = fields.Integer(metadata={"description": "Attempts that failed since the last that did not."})


class NewWebhookSchema(WebhookSchema):
    secret = fields.String(metadata={"description": "The key of the signatures; not shown again."})


class WebhookIn(Input):
    """An address to tell. `X-Quarterdeck-Signature: sha256=…` is the HMAC-SHA256 of the raw body with the secret."""

    url = Text(500, needed=True, metadata={"format": "uri"})
    secret = Text(80, checks=[Length(min=SHORTEST_SECRET)], metadata={"description": "Left out, one is made."})


def _mine():
    return select(Webhook).where(Webhook.person_id == current_user.id)


@operation("GET", "/webhooks", query=paged_query(), returns=WebhookSchema(), paged=True)
def list_webhooks(query):
    """My webhooks, the latest first."""
    return page(_mine(), Webhook.id, **query)


@operation("POST", "/webhooks", body=WebhookIn(), returns=NewWebhookSchema(), status=201)
def create_webhook(body):
    """Tell a public address of everything that happens where I may look: which thing, never what it says."""
    try:
        check_url(body["url"])
    except Refused:
        raise Invalid({"url": [_("Give a public http or https address.")]}) from None
    if db.session.scalar(select(func.count()).where(Webhook.person_id == current_user.id)) >= MOST_WEBHOOKS:
        raise Invalid({"url": [_("You have %(most)d webhooks; delete one first.", most=MOST_WEBHOOKS)]})
    webhook = Webhook(
        person_id=current_user.id, url=body["url"], secret=body.get("secret") or secrets.token_urlsafe(32)
    )
    db.session.add(webhook)
    db.session.flush()
    return webhook


@operation("DELETE", "/webhooks/<key:webhook_id>", status=204)
def delete_webhook(webhook_id):
    """Tell it no longer; what is still on its way is dropped."""
    webhook = db.session.scalar(_mine().where(Webhook.id == webhook_id)) or abort(404)
    db.session.delete(webhook)
