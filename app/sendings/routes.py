"""Recording what a customer was sent, from the shelf of an account or from the page of a file."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import LARGEST_KEY, fetch
from app.activity.delivery import commit
from app.assets.models import Asset
from app.conversations import lookup
from app.db import now
from app.entries.beside import beside_thread
from app.entries.cards import cards
from app.entries.models import Entry
from app.entries.routes import thread_context
from app.people.days import zone_of
from app.sendings import actions
from app.sendings.choosing import Chosen, accounts_for, chosen
from app.sendings.forms import SendingForm
from app.sendings.models import Sending, SendingItem
from app.sendings.shelf import accounts_sent
from app.sendings.words import CHANNEL_ICONS, CHANNEL_NAMES, WARNINGS
from app.spaces.models import Space
from app.web import done

sendings = Blueprint("sendings", __name__)
sendings.add_app_template_global(CHANNEL_NAMES, "sending_channels")
sendings.add_app_template_global(CHANNEL_ICONS, "sending_icons")
sendings.add_app_template_global(WARNINGS, "sending_warnings")


@beside_thread("sendings/_accounts.html")
def sent_to(root: Entry) -> list[SendingItem]:
    """On the page of a file: to which accounts it was sent."""
    return accounts_sent(root, current_user) if isinstance(root, Asset) and not root.is_deleted else []


def _for_writers(slug: str) -> Space:
    """The group of an account, for colleagues who write there."""
    space = fetch(Space, verb="post", slug=slug, kind="account")
    return abort(403) if current_user.is_guest else space


@sendings.route("/accounts/<slug>/sendings/new", methods=["GET", "POST"])
def new(slug: str):
    space, form = _for_writers(slug), SendingForm()
    form.offer(lookup.people_of(space, current_user, lookup.OFFERED))
    files, is_whole = _files(space, form)
    form.warned = any(each.codes for each in files)
    if form.validate_on_submit() and files and is_whole:
        sent = actions.record_sending(
            space.account, [each.version for each in files], actor=current_user, channel=form.channel.data,
            happened_at=form.moment, note=form.body.data, reason=form.reason.data, **form.there())
        commit()
        return done(_("Recorded: %(title)s", title=sent.title), f"{space.url}?tab=shelf&view=sent")
    if form.is_submitted() and not (files and is_whole):
        form.form_errors.append(_("Choose a file.") if is_whole else _("One of the files is gone."))
    if not form.is_submitted():
        form.happened_at.data = now().astimezone(zone_of(current_user.timezone)).replace(tzinfo=None)
    page = render_template("sendings/form.html", form=form, space=space, files=files, sending=None,
                           known=lookup.people_of(space, current_user))
    return (page, 422) if form.errors else page


@sendings.route("/sendings/<int:key>/edit", methods=["GET", "POST"])
def change(key: int):
    """Who recorded it corrects it: files, people, day, note."""
    sending = fetch(Sending, key, "edit")
    form, sent = _change_form(sending), {each.asset_id: each.version.number for each in sending.items}
    shown = chosen(sent, sent, sending.space.account, sending.channel, current_user)
    files, is_whole = _files(sending.space, form)
    if not form.is_submitted():
        files = [*shown, *(each for each in files if each.asset.id not in sent)]
    files = [replace(each, codes=[]) if sent.get(each.asset.id) == each.version.number else each for each in files]
    form.warned = any(each.codes for each in files)
    if form.validate_on_submit() and is_whole:
        try:
            actions.change_sending(
                sending, actor=current_user, versions=[each.version for each in files],
                shown=[each.asset.id for each in shown], channel=form.channel.data,
                happened_at=_said_moment(sending, form), body=form.body.data, reason=form.reason.data or "",
                **form.there())
            commit()
            return done(_("Saved. How it read before is kept."), sending.url)
        except actions.Incomplete:
            form.form_errors.append(_("Choose a file."))
    elif form.is_submitted() and not is_whole:
        form.form_errors.append(_("One of the files is gone."))
    page = render_template("sendings/form.html", form=form, space=sending.space, files=files, sending=sending,
                           known=lookup.people_of(sending.space, current_user))
    return (page, 422) if form.errors else page


def _said_moment(sending: Sending, form: SendingForm) -> datetime:
    """When it was; the form knows minutes, and what is left as it was is no change."""
    before = sending.happened_at
    return before if form.moment == before.replace(second=0, microsecond=0) else form.moment


def _change_form(sending: Sending) -> SendingForm:
    there = list(sending.contacts)
    form = SendingForm(
        channel=sending.channel, body=sending.body, contact_ids=[each.id for each in there],
        happened_at=sending.happened_at.astimezone(zone_of(current_user.timezone)).replace(tzinfo=None))
    others = lookup.people_of(sending.space, current_user, lookup.OFFERED)
    form.offer([*there, *(each for each in others if each not in there)])
    return form


def _files(space: Space, form: SendingForm) -> tuple[list[Chosen], bool]:
    """What the form or the address names, and whether all of it is there."""
    ids = [key for key in request.values.getlist("asset", type=int) if 0 < key <= LARGEST_KEY]
    numbers = {key: request.values.get(f"version-{key}", type=int) for key in ids}
    channel = form.channel.data if form.channel.data in CHANNEL_NAMES else "mail"
    files = chosen(ids, numbers, space.account, channel, current_user)
    return files, len(files) == len(set(ids))


@sendings.get("/sendings/<int:key>")
def show(key: int):
    sending = fetch(Sending, key)
    [entry] = cards([key])
    return render_template("sendings/show.html", entry=entry, **thread_context(sending))


@sendings.get("/assets/<int:key>/send")
def choose(key: int):
    """To which account; `?account=` goes on to the form."""
    asset = fetch(Asset, key)
    if asset.is_deleted:
        abort(404)
    if current_user.is_guest:
        abort(403)
    if slug := request.args.get("account"):
        space = _for_writers(slug)
        return redirect(f"{space.url}/sendings/new?{urlencode({'asset': asset.id})}", code=303)
    return render_template("sendings/choose.html", asset=asset, accounts=accounts_for(current_user))
