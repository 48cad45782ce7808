"""Webhooks on their way: written down with the activity's delivery, sent by a job, tried again for a day.

A payload says what happened to which thing and never what it says: the receiver reads that with a token of its own.
"""

import hashlib
import hmac
import json
import logging
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import contains_eager

from app import jobs, outgoing
from app.access import who_may_know, who_may_read, who_may_see
from app.activity import delivery
from app.activity.kinds import REGISTRY
from app.activity.models import Activity
from app.api.models import Webhook, WebhookDelivery
from app.db import insert_missing, now
from app.extensions import db
from app.people.models import Person

log = logging.getLogger(__name__)
SIGNATURE = "X-Quarterdeck-Signature"
GIVE_UP_AFTER = timedelta(days=1)
LONGEST_WAIT = timedelta(hours=1)
SENT_IN_TIME = timedelta(minutes=1)
"""So long the job has before the sweep starts another."""
SWEEP_BATCH = 200


def sign(secret: str, body: bytes) -> str:
    """What the signature header says for these bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def write_down(activities: list[Activity]) -> None:
    """Note what is to be sent to whom, in the transaction that marks the activities delivered."""
    hooks = select(Webhook).join(Webhook.person).where(Person.deactivated_at.is_(None))
    webhooks = list(db.session.scalars(hooks))
    if not webhooks:
        return
    rows = [
        {"webhook_id": webhook.id, "activity_id": activity.id, "body": body, "attempts": 0, "created_at": now(),
         "next_at": now()}
        for activity in activities
        for body, readers in [(_payload(activity), _readers(activity, {webhook.person_id for webhook in webhooks}))]
        for webhook in webhooks if webhook.person_id in readers
    ]
    insert_missing(db.session, WebhookDelivery, rows)
    due = select(WebhookDelivery.id).where(WebhookDelivery.activity_id.in_([each.id for each in activities]))
    for key in db.session.scalars(due.order_by(WebhookDelivery.id)):
        jobs.request("webhooks.send", key)


def _payload(activity: Activity) -> str:
    """What is sent of it."""
    return json.dumps(REGISTRY[activity.kind].payload(activity))


def _readers(activity: Activity, people_ids: set[int]) -> set[int]:
    """Who of these people may hear of it."""
    if activity.entry:
        return who_may_see(activity.entry, people_ids)
    if activity.space is None:
        return set()
    allowed = who_may_know if REGISTRY[activity.kind].at_the_door else who_may_read
    return allowed(activity.space, people_ids)


delivery.outlets.append(write_down)


@jobs.job("webhooks.send")
def send(delivery_id: int) -> None:
    """Try once. Two jobs for one delivery do not send it twice: the first moves its next attempt away."""
    claimed = db.session.execute(
        update(WebhookDelivery).where(WebhookDelivery.id == delivery_id, WebhookDelivery.next_at <= now())
        .values(attempts=WebhookDelivery.attempts + 1, next_at=now() + SENT_IN_TIME)
    ).rowcount
    db.session.commit()
    if not claimed:
        return
    found = db.session.scalar(
        select(WebhookDelivery).join(WebhookDelivery.webhook).options(contains_eager(WebhookDelivery.webhook))
        .where(WebhookDelivery.id == delivery_id)
    )
    if found and not _readers(db.session.get(Activity, found.activity_id), {found.webhook.person_id}):
        # Its owner may not see that any more, or has left.
        db.session.delete(found)
        found = None
    db.session.commit()  # no transaction is open while the other side takes its time
    if found is None:
        return
    _end(found, _reaches(found))


def _reaches(found: WebhookDelivery) -> bool:
    """Whether the receiver took it: any status of 2xx."""
    body = found.body.encode()
    headers = {
        "Content-Type": "application/json", SIGNATURE: sign(found.webhook.secret, body),
        "X-Quarterdeck-Delivery": str(found.id),
    }
    try:
        reply = outgoing.post(found.webhook.url, body, headers)
    except (outgoing.Refused, outgoing.Failed) as error:
        log.info("webhook %s, attempt %s: %s", found.webhook_id, found.attempts, error)
        return False
    return 200 <= reply.status < 300


def _end(found: WebhookDelivery, reached: bool) -> None:
    """Done, to be tried again, or given up."""
    gone = reached or now() - found.created_at > GIVE_UP_AFTER
    if gone:
        db.session.execute(delete(WebhookDelivery).where(WebhookDelivery.id == found.id))
    else:
        wait = min(timedelta(minutes=2 ** min(found.attempts - 1, 10)), LONGEST_WAIT)
        db.session.execute(
            update(WebhookDelivery).where(WebhookDelivery.id == found.id).values(next_at=now() + wait)
        )
    failures = 0 if reached else Webhook.failures + 1
    db.session.execute(update(Webhook).where(Webhook.id == found.webhook_id).values(failures=failures))
    db.session.commit()


@jobs.every_minute
def retry() -> int:
    """Start what is due; how much that was."""
    due = select(WebhookDelivery.id).where(WebhookDelivery.next_at <= now()).order_by(WebhookDelivery.next_at)
    keys = list(db.session.scalars(due.limit(SWEEP_BATCH)))
    db.session.commit()
    for key in keys:
        jobs.enqueue("webhooks.send", key)
    return len(keys)
