"""Waking up browsers in which nobody looks at Quarterdeck (RFC 8030, RFC 8292).

A push goes through the servers of the browser's maker, so it says nothing at all: the browser asks
`/notifications/newest`, by the cookie of whoever is signed in there, and shows what that may see at that moment.
"""

import hashlib
import hmac
import logging
from base64 import urlsafe_b64encode
from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from joserfc import jwt
from joserfc.jwk import ECKey
from sqlalchemy import delete, select, update

from app import jobs, outgoing
from app.activity import bell, delivery
from app.activity.models import Activity, Notification
from app.db import now
from app.extensions import db
from app.notifications.choosing import settings_of
from app.notifications.push_models import PushBrowser
from app.people.models import SignIn

log = logging.getLogger(__name__)
LONGEST_ENDPOINT = 2000
KEPT_BY_THE_SERVICE = timedelta(days=1)
"""So long the browser's maker keeps a push for a browser that is not running."""
TOKEN_LIFETIME = timedelta(hours=12)
TRIED_AGAIN_AFTER = timedelta(minutes=2)
MOST_ATTEMPTS = 6
GONE = (404, 410)
BATCH = 200
_ORDER = int("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)  # of the curve P-256


def subscribe(sign_in: SignIn, endpoint: str) -> PushBrowser:
    """Let this browser be woken up. Raises outgoing.Refused for an address that is none, or not a public one."""
    if len(endpoint) > LONGEST_ENDPOINT:
        raise outgoing.Refused("not an address")
    outgoing.check_url(endpoint)
    browser = db.session.get(PushBrowser, sign_in.id) or PushBrowser(sign_in_id=sign_in.id, told_id=_newest(sign_in))
    browser.endpoint, browser.attempts = endpoint, 0
    db.session.add(browser)
    return browser


def unsubscribe(sign_in: SignIn) -> None:
    """Leave this browser alone."""
    db.session.execute(delete(PushBrowser).where(PushBrowser.sign_in_id == sign_in.id))


def _newest(sign_in: SignIn) -> int:
    mine = select(Notification.id).where(Notification.person_id == sign_in.person_id)
    return db.session.scalar(mine.order_by(Notification.id.desc()).limit(1)) or 0


def _private_key() -> ec.EllipticCurvePrivateKey:
    """The key we are known by to push services: of our secret, so that it is one wherever this house runs."""
    seed = hmac.digest(current_app.config["SECRET_KEY"].encode(), b"web push", hashlib.sha512)
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """What a browser has to be told when it subscribes: only who holds the other half may wake it up."""
    point = _private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()


def _authorisation(endpoint: str) -> str:
    """The header that says who we are (VAPID)."""
    to, ours = urlsplit(endpoint), current_app.config["PUBLIC_URL"]
    contact = ours if ours.startswith("https:") else f"mailto:{parseaddr(current_app.config['MAIL_FROM'])[1]}"
    claims = {"aud": f"{to.scheme}://{to.netloc}", "exp": int((now() + TOKEN_LIFETIME).timestamp()), "sub": contact}
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, ECKey.import_key(_private_key()))
    return f"vapid t={token}, k={public_key()}"


def note(activities: list[Activity]) -> None:
    """Note which browsers are to be woken up, in the transaction that marks the activities delivered."""
    told = select(Notification.person_id).where(Notification.activity_id.in_([each.id for each in activities]))
    browsers = select(PushBrowser.sign_in_id).join(SignIn).where(SignIn.person_id.in_(told))
    ids = list(db.session.scalars(browsers))
    if ids:
        db.session.execute(update(PushBrowser).where(PushBrowser.sign_in_id.in_(ids)).values(due_at=now(), attempts=0))
    for key in ids:
        jobs.request("notifications.push", key)


delivery.outlets.append(note)


@jobs.job("notifications.push")
def push(sign_in_id: int) -> None:
    """Wake one browser up, if there still is something to tell there. Of two jobs for one the first moves it away."""
    mine = PushBrowser.sign_in_id == sign_in_id
    claim = update(PushBrowser).where(mine, PushBrowser.due_at <= now()).values(
        due_at=now() + TRIED_AGAIN_AFTER, attempts=PushBrowser.attempts + 1)
    claimed = db.session.execute(claim).rowcount
    db.session.commit()
    if not claimed:
        return
    browser = db.session.scalar(select(PushBrowser).where(mine).execution_options(populate_existing=True))
    newest, endpoint, attempts = _to_tell(browser), browser.endpoint, browser.attempts
    # What comes while it is on its way moves the time, and is still to be told.
    settled = update(PushBrowser).where(mine, PushBrowser.due_at == browser.due_at).values(due_at=None)
    db.session.rollback()  # no transaction is open while the other side takes its time
    if newest is None:
        db.session.execute(settled)
    else:
        status = _status(endpoint)
        if 200 <= status < 300:
            db.session.execute(settled.values(told_id=newest))
        elif status in GONE or attempts >= MOST_ATTEMPTS:
            db.session.execute(delete(PushBrowser).where(mine, PushBrowser.endpoint == endpoint))
    db.session.commit()


def _to_tell(browser: PushBrowser) -> int | None:
    """The newest notification that this browser was not woken up for and that its person may see and has not read."""
    person = browser.sign_in.person
    if not person.is_active or not settings_of(person).on_desktop:
        return None
    unread = bell.notifications(person, Notification.id).where(
        Notification.read_at.is_(None), bell.in_inbox(), Notification.id > browser.told_id)
    return db.session.scalar(unread.order_by(Notification.id.desc()).limit(1))


def _status(endpoint: str) -> int:
    """What the push service answers; 0 where it is not reached."""
    headers = {"TTL": str(int(KEPT_BY_THE_SERVICE.total_seconds())), "Urgency": "normal", "Topic": "inbox",
               "Authorization": _authorisation(endpoint), "Content-Length": "0"}
    try:
        return outgoing.post(endpoint, b"", headers).status
    except (outgoing.Refused, outgoing.Failed) as error:
        log.info("a push service was not reached: %s", error)
        return 0


@jobs.every_minute
def push_again() -> int:
    """Start what is due and was lost, or did not reach its service; how many."""
    due = list(db.session.scalars(select(PushBrowser.sign_in_id).where(PushBrowser.due_at <= now()).limit(BATCH)))
    db.session.commit()
    for key in due:
        jobs.enqueue("notifications.push", key)
    return len(due)
