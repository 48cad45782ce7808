"""Conversations: logging and changing one, its page, what was promised, and what an account's page shows of them."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import can, fetch
from app.activity.delivery import commit
from app.conversations import actions, lookup, promises, receiving
from app.conversations.forms import OPEN, ChangeForm, ConversationForm, SettleForm
from app.conversations.models import Conversation, Promise
from app.conversations.words import CHANNEL_ICONS, CHANNEL_NAMES, DROPPED, OUTCOME_WORDS, TROUBLES
from app.db import now
from app.entries.cards import cards
from app.entries.markdown import as_typed
from app.entries.routes import thread_context
from app.people.days import today_for, zone_of
from app.spaces.models import Space
from app.web import done, is_fragment

conversations = Blueprint("conversations", __name__)
conversations.add_app_template_global(CHANNEL_NAMES, "channel_names")
conversations.add_app_template_global(CHANNEL_ICONS, "channel_icons")
conversations.add_app_template_global(OUTCOME_WORDS, "promise_outcomes")
conversations.add_app_template_global(DROPPED, "mail_dropped")
conversations.add_app_template_global(TROUBLES, "mail_troubles")
conversations.add_app_template_filter(as_typed, "as_typed")


@conversations.get("/conversations/<int:key>")
def show(key: int):
    conversation = fetch(Conversation, key)
    [entry] = cards([key])
    return render_template("conversations/show.html", entry=entry, settle_form=SettleForm(formdata=None),
                           today=today_for(current_user), **thread_context(conversation))


@conversations.route("/accounts/<slug>/conversations/new", methods=["GET", "POST"])
def new(slug: str):
    """The page of the form; for htmx the form alone, which the account's page opens over itself."""
    space = fetch(Space, verb="post", slug=slug, kind="account")
    form = _form(ConversationForm, space)
    if form.validate_on_submit():
        conversation = actions.log_conversation(
            space.account, form.body.data, actor=current_user, channel=form.channel.data, title=form.title.data,
            happened_at=form.moment, promised=form.promised, **form.there())
        commit()
        return done(_("Logged: %(title)s", title=conversation.title), space.url)
    template = "conversations/_form.html" if is_fragment() else "conversations/form.html"
    page = render_template(template, form=form, space=space, conversation=None, known=lookup.people_of(
        space, current_user))
    return (page, 422) if form.errors else page


def _form(kind: type[ConversationForm], space: Space, **data) -> ConversationForm:
    form = kind(**data)
    form.space = space
    form.offer(lookup.people_of(space, current_user, lookup.OFFERED))
    if not form.is_submitted() and not data:
        form.happened_at.data = now().astimezone(zone_of(current_user.timezone)).replace(tzinfo=None)
    return form


@conversations.route("/conversations/<int:key>/edit", methods=["GET", "POST"])
def change(key: int):
    conversation = fetch(Conversation, key, "edit")
    form = _change_form(conversation)
    if form.validate_on_submit():
        fields = {} if conversation.by_mail else {
            "body": form.body.data, "channel": form.channel.data, "happened_at": form.moment}
        actions.change_conversation(conversation, actor=current_user, title=form.title.data, promised=form.promised,
                                    **fields, **form.there())
        commit()
        return done(_("Saved. How it read before is kept."), conversation.url)
    page = render_template("conversations/form.html", form=form, space=conversation.space, conversation=conversation,
                           known=lookup.people_of(conversation.space, current_user))
    return (page, 422) if form.errors else page


def _change_form(conversation: Conversation) -> ChangeForm:
    there = list(conversation.contacts)
    form = ChangeForm(
        title=conversation.title, body=conversation.body, channel=conversation.channel,
        contact_ids=[each.id for each in there], ours=conversation.said("ours"), theirs=conversation.said("theirs"),
        happened_at=conversation.happened_at.astimezone(zone_of(current_user.timezone)).replace(tzinfo=None),
    )
    form.space = conversation.space
    others = lookup.people_of(conversation.space, current_user, lookup.OFFERED)
    form.offer([*there, *(each for each in others if each not in there)])
    form.shape(conversation)
    return form


@conversations.route("/promises/<int:key>/outcome", methods=["GET", "POST"])
def settle(key: int):
    promise = fetch(Promise, key, "settle")
    form = SettleForm(data={"outcome": promise.outcome or "kept", "note": promise.note})
    if form.validate_on_submit():
        if form.outcome.data == OPEN:
            promises.reopen(promise, actor=current_user)
        else:
            promises.settle(promise, form.outcome.data, actor=current_user, note=form.note.data)
        commit()
        return done(_("Written down."), promise.url)
    page = render_template("conversations/settle.html", form=form, promise=promise)
    return (page, 422) if form.errors else page


@conversations.get("/accounts/<slug>/commitments")
def beside(slug: str):
    """What an account's page shows beside its stream: people, how mail gets here, and what is open on both sides;
    `?people=1` leaves that out where it stands above the stream.
    """
    space = fetch(Space, verb="read", slug=slug, kind="account")
    template = "conversations/_commitments.html" if is_fragment() else "conversations/commitments.html"
    # Whoever knows the address can write here for as long as it holds, and a guest is here for a while.
    knows_address = can(current_user, "post", space) and not current_user.is_guest
    return render_template(
        template, space=space,
        promises=None if "people" in request.args else promises.open_in(space, current_user),
        people=lookup.people_of(space, current_user, lookup.SHOWN),
        address=receiving.address_of(space.account) if knows_address else "")


@conversations.post("/accounts/<slug>/mail-address")
def make_address(slug: str):
    space = fetch(Space, verb="manage", slug=slug, kind="account")
    receiving.make_address(space.account, actor=current_user)
    commit()
    return done(_("Mail to %(address)s stands here from now on.", address=receiving.address_of(space.account)),
                space.url)

