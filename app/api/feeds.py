"""Feeds of customers: what they publish becomes entries of the kind `news` in the account's space."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields

from app.access import fetch, visible
from app.accounts.models import Account
from app.api.fields import Input, Moment, Output, Text
from app.api.operation import operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid, Taken
from app.voices import actions
from app.voices.asking import CannotRead, Looked, look
from app.voices.found import LONGEST_ADDRESS
from app.voices.limits import count_a_look
from app.voices.models import Subscription
from app.voices.words import TROUBLES
from app.web import looking_first


class FeedSchema(Output):
    """A feed as one account has it. Its site is asked for it once for all accounts."""

    id = fields.Integer()
    account_id = fields.Integer()
    subscribed_by_id = fields.Integer(attribute="by_id")
    created_at = Moment()
    paused = fields.Function(lambda each: each.paused_at is not None, metadata={"type": "boolean"})
    address = fields.String(attribute="feed.address", metadata={"description": "Where it is, also after it moved."})
    title = fields.String(attribute="feed.title")
    site = fields.String(attribute="feed.site")
    fetched_at = Moment(attribute="feed.fetched_at", allow_none=True)
    next_try_at = Moment(attribute="feed.next_try_at")
    gone = fields.Function(lambda each: each.feed.gone_at is not None, metadata={
        "type": "boolean", "description": "Its site says that it is gone for good: it is asked for no more."})
    trouble = fields.String(attribute="feed.trouble", metadata={
        "enum": ["", *TROUBLES], "description": "Why nothing came of the last try."})


class FeedIn(Input):
    address = Text(LONGEST_ADDRESS, needed=True, metadata={
        "description": "Of the feed, or of a web page that names exactly one."})


class FeedEdit(Input):
    paused = fields.Boolean(required=True, truthy={True}, falsy={False})


def look_there(account_id, body) -> Looked:
    """Ask the site, if the caller may subscribe there, before anything is locked. Raises Invalid."""
    with looking_first():
        fetch(Account, account_id, "work")
        count_a_look()
    try:
        found = look(body["address"])
    except CannotRead as error:
        raise Invalid({"address": [TROUBLES[error.trouble]]}) from None
    if found.choices:
        named = ", ".join(each.address for each in found.choices)
        raise Invalid({"address": [_("This page names several feeds. Choose one: %(named)s", named=named)]})
    return found


def _mine(account_id: int, feed_id: int) -> Subscription:
    fetch(Account, account_id, "work")
    return fetch(Subscription, verb="work", id=feed_id, account_id=account_id)


@operation("GET", "/accounts/<key:account_id>/feeds", query=paged_query(), returns=FeedSchema(), paged=True,
           also=(403,))
def list_feeds(account_id, query):
    """The feeds of a customer, the latest subscribed first. What they bring: `/spaces/{id}/entries?kind=news`."""
    fetch(Account, account_id, "read")
    mine = visible(current_user, Subscription).where(Subscription.account_id == account_id)
    return page(mine, Subscription.id, **query)


@operation("POST", "/accounts/<key:account_id>/feeds", body=FeedIn(), returns=FeedSchema(), status=201,
           ahead=look_there)
def subscribe_feed(account_id, body, found):
    """Subscribe a feed for an account: for colleagues who belong to its group. The newest five items come at once."""
    account = fetch(Account, account_id, "work")
    try:
        return actions.subscribe(account, found.feed, actor=current_user)
    except actions.AlreadyThere:
        raise Taken(_("The account has this feed.")) from None
    except actions.TooMany as error:
        raise Taken(_("An account has %(most)s feeds at most. End one first.", most=error)) from None


@operation("PATCH", "/accounts/<key:account_id>/feeds/<key:feed_id>", body=FeedEdit(), returns=FeedSchema())
def pause_feed(account_id, feed_id, body):
    """Pause a feed, or go on with it."""
    return (actions.pause if body["paused"] else actions.resume)(_mine(account_id, feed_id), actor=current_user)


@operation("POST", "/accounts/<key:account_id>/feeds/<key:feed_id>/refresh", returns=FeedSchema())
def refresh_feed(account_id, feed_id):
    """Look for news now; what comes of it is there a moment later."""
    subscription = _mine(account_id, feed_id)
    try:
        actions.refresh(subscription)
    except actions.TooSoon as error:
        raise Taken(_("It was asked just now. Try again after %(moment)s.", moment=error.until.isoformat())) from None
    return subscription


@operation("DELETE", "/accounts/<key:account_id>/feeds/<key:feed_id>", status=204)
def unsubscribe_feed(account_id, feed_id):
    """End a feed; what it brought stays."""
    actions.unsubscribe(_mine(account_id, feed_id), actor=current_user)
