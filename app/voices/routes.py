"""The feeds of an account: subscribing one, looking again, pausing, ending it; and the page of an item."""

from flask import Blueprint, render_template
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import fetch
from app.activity.delivery import commit
from app.db import now
from app.entries.cards import cards
from app.entries.routes import thread_context
from app.extensions import db
from app.spaces.models import Space
from app.voices import actions
from app.voices.asking import CannotRead, Looked, look
from app.voices.forms import FeedForm
from app.voices.limits import count_a_look
from app.voices.models import News, Subscription
from app.voices.words import TROUBLES
from app.web import done, is_fragment, looking_first

voices = Blueprint("voices", __name__)
voices.add_app_template_global(TROUBLES, "feed_troubles")


@voices.get("/news/<int:key>")
def show(key: int):
    news = fetch(News, key)
    [entry] = cards([key])
    return render_template("voices/show.html", entry=entry, **thread_context(news))


@voices.get("/accounts/<slug>/feeds")
def feeds(slug: str):
    """All that an account has; for its page a few lines."""
    space = fetch(Space, verb="read", slug=slug, kind="account")
    if is_fragment():
        return render_template("voices/_rail_part.html", space=space, subscriptions=_subscriptions(space))
    return _page(space, FeedForm(formdata=None))


@voices.post("/accounts/<slug>/feeds")
def subscribe(slug: str):
    with looking_first():
        fetch(Space, verb="work", slug=slug, kind="account")
        count_a_look()
        form = FeedForm()
        is_valid = form.validate()
    looked = _looked(form) if is_valid else Looked()
    space = fetch(Space, verb="work", slug=slug, kind="account")
    if looked.feed and (subscription := _subscribed(space, looked, form)):
        commit()
        return done(_("“%(name)s” stands here from now on.", name=subscription.feed.name), space.url)
    return _page(space, form, looked)


def _looked(form: FeedForm) -> Looked:
    """What is there, without a transaction; why nothing came of it is said beside the field."""
    try:
        return look(form.address.data)
    except CannotRead as error:
        form.address.errors = [TROUBLES[error.trouble]]
        return Looked()


def _subscribed(space: Space, looked: Looked, form: FeedForm) -> Subscription | None:
    try:
        return actions.subscribe(space.account, looked.feed, actor=current_user._get_current_object())
    except actions.AlreadyThere as error:
        form.address.errors = [_("“%(name)s” is here already.", name=error)]
    except actions.TooMany as error:
        form.address.errors = [_("An account has %(most)s feeds at most. End one first.", most=error)]
    return None


def _subscriptions(space: Space) -> list[Subscription]:
    query = select(Subscription).where(Subscription.account_id == space.account.id).options(joinedload(Subscription.by))
    return list(db.session.scalars(query.order_by(Subscription.id)))


def _page(space: Space, form: FeedForm, looked: Looked | None = None):
    page = render_template("voices/feeds.html", space=space, account=space.account, form=form,
                           choices=looked.choices if looked else [], subscriptions=_subscriptions(space), now=now())
    return (page, 422) if form.errors else page


def _fetch_mine(slug: str, key: int) -> Subscription:
    space = fetch(Space, verb="work", slug=slug, kind="account")
    return fetch(Subscription, verb="work", id=key, account_id=space.account.id)


@voices.post("/accounts/<slug>/feeds/<int:key>/refresh")
def refresh(slug: str, key: int):
    subscription = _fetch_mine(slug, key)
    try:
        actions.refresh(subscription)
    except actions.TooSoon as error:
        wait = format_timedelta(error.until - now(), granularity="minute", threshold=1)
        return done(_("It was asked just now. Try again in %(wait)s.", wait=wait), subscription.url)
    commit()
    return done(_("We are looking. What is new stands in the account in a moment."), subscription.url)


@voices.post("/accounts/<slug>/feeds/<int:key>/pause")
def pause(slug: str, key: int):
    """Pause it, or if it is paused go on."""
    subscription = _fetch_mine(slug, key)
    if subscription.paused_at:
        actions.resume(subscription, actor=current_user)
    else:
        actions.pause(subscription, actor=current_user)
    commit()
    return done(_("Paused.") if subscription.paused_at else _("It is looked at again."), subscription.url)


@voices.post("/accounts/<slug>/feeds/<int:key>/removal")
def remove(slug: str, key: int):
    subscription = _fetch_mine(slug, key)
    url = subscription.url
    actions.unsubscribe(subscription, actor=current_user)
    commit()
    return done(_("Ended. What it brought stays."), url)
