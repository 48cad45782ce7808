"""Hand-offs: what waits, handing over, the page of one, and each step both sides take in its thread."""

from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.accounts.models import Account
from app.activity.delivery import commit
from app.entries.cards import cards
from app.entries.models import Entry
from app.entries.routes import thread_context
from app.forms import Form
from app.handoffs import actions, forms, reading, waiting
from app.handoffs.levels import levels
from app.handoffs.models import Handoff
from app.handoffs.queue_models import Queue, leads
from app.handoffs.steps import STEPS, Step, steps_for
from app.handoffs.telling import day_and_time, queue_hours, told, working_time
from app.reviews.models import Review
from app.reviews.quarters import spoken
from app.search.suggestions import titled
from app.spaces.models import Space
from app.spaces.naming import written
from app.web import done, is_fragment, whole_number

handoffs = Blueprint("handoffs", __name__)
handoffs.add_app_template_filter(told, "handoff_clock")
handoffs.add_app_template_filter(day_and_time)
handoffs.add_app_template_filter(queue_hours)
handoffs.add_app_template_filter(working_time)
handoffs.add_app_template_filter(steps_for, "steps_now")


@handoffs.get("/handoffs")
def index():
    wanted = waiting.read(request.args)
    rows, after = waiting.found(current_user, wanted, request.args.get("after", ""))
    older_url = f"/handoffs?{urlencode(wanted.address(after=after))}" if after else None
    if is_fragment() and "after" in request.args:
        return render_template("handoffs/_rows.html", rows=rows, older_url=older_url)
    return render_template("handoffs/index.html", rows=rows, older_url=older_url, wanted=wanted,
                           counts=waiting.counts(current_user), queues=waiting.queues(current_user),
                           may_lead=leads(current_user))


@handoffs.route("/accounts/<slug>/handoffs/new", methods=["GET", "POST"])
def new(slug: str):
    space = fetch(Space, verb="post", slug=slug, kind="account")
    if current_user.is_guest:
        abort(403)
    form = _offering(forms.HandoffForm(**_begun(space.account)))
    form.space = space
    if form.validate_on_submit():
        queue = fetch(Queue, form.queue_id.data) if form.queue_id.data else None
        try:
            handoff = actions.hand_over(
                space, form.title.data, actor=current_user, body=form.body.data, person=form.addressee, queue=queue,
                reads=form.reads.entries, review=_review(form), tier=form.tier.data, **form.said())
            commit()
            return done(_("It is handed over. You hear what comes of it."), handoff.url)
        except actions.Unfit as error:
            form.queue_id.errors = [str(error)]
    page = render_template("handoffs/form.html", form=form, space=space, handoff=None, picked=_picked(form))
    return (page, 422) if form.errors else page


def _begun(account: Account) -> dict:
    """What the form begins with: the tier of the account, and who owns it in sales."""
    owner = account.sales_owner
    to = {"person": written([owner])} if owner and owner.is_active and owner.id != current_user.id else {}
    return {"tier": account.tier} | to


def _offering(form: forms.DetailsForm, kept: Review | None = None) -> forms.DetailsForm:
    """The form with the campaigns and queues there are."""
    offered = {each.id: each for each in [*([kept] if kept else []), *reading.reviews_offered(current_user)]}
    form.review_id.choices = [(forms.NOBODY, _("none")), *(
        (key, f"{spoken(each.quarter)} · {each.title}") for key, each in offered.items())]
    if "queue_id" in form:
        form.queue_id.choices = [(forms.NOBODY, _("none")), *(
            (each.id, each.name) for each in waiting.queues(current_user))]
        form.tier.choices = [
            (tier, _("%(tier)s: answer within %(time)s", tier=tier, time=working_time(each.answer_minutes * 60)))
            for tier, each in levels().items()]
    return form


def _picked(form: forms.DetailsForm) -> list[Entry]:
    """What was picked as read, as far as it can be seen."""
    return list(reading.readable(current_user, form.read.data or ()).values())


@handoffs.get("/handoffs/campaigns")
def campaigns():
    """The choices of a form's campaign, narrowed to those whose name has a word that begins like that."""
    text = request.args.get("find-review", "").strip()[:forms.LINE]
    chosen = reading.readable(current_user, [whole_number(request.args, "review_id") or 0]).values()
    found = titled(current_user, text, ["review"]) if text else reading.reviews_offered(current_user)
    return render_template("handoffs/_campaigns.html", reviews=dict.fromkeys(
        each for each in (*chosen, *found) if isinstance(each, Review)))


def _review(form: forms.DetailsForm) -> Review | None:
    return fetch(Review, form.review_id.data) if form.review_id.data else None


@handoffs.get("/handoffs/<int:key>")
def show(key: int):
    handoff, step = fetch(Handoff, key), STEPS.get(request.args.get("do", ""))
    is_open = step is not None and step.is_open_to(current_user, handoff)
    return page(key, step, step.form(handoff)) if is_open else page(key)


def page(key: int, step: Step | None = None, form: Form | None = None) -> str:
    """The page of a hand-off: its card, the form of a step where one is taken, and its thread."""
    [entry], course = cards([key]), reading.course(key)
    return render_template(
        "handoffs/show.html", entry=entry, step=step, form=form, course=course, holders=reading.holders(entry, course),
        reads=reading.reads_of([key], current_user)[key], **thread_context(entry))


@handoffs.route("/handoffs/<int:key>/edit", methods=["GET", "POST"])
def change(key: int):
    handoff = fetch(Handoff, key, "edit")
    reads, review = reading.reads_of([key], current_user)[key], reading.review_of(handoff, current_user)
    known = {name: getattr(handoff, name) for name in (*forms.COLUMNS, "title", "body")}
    form = _offering(forms.DetailsForm(**known, review_id=review.id if review else forms.NOBODY,
                                       read=[each.id for each in reads]), review)
    if form.validate_on_submit():
        # What they cannot see they cannot take out either.
        kept = review is None and not form.review_id.data
        actions.change_handoff(handoff, actor=current_user, title=form.title.data, body=form.body.data,
                               shown=reads, reads=form.reads.entries, **form.said(),
                               review_id=handoff.review_id if kept else form.review_id.data or None)
        commit()
        return done(_("Saved. How it read before is kept."), handoff.url)
    page = render_template("handoffs/form.html", form=form, space=handoff.space, handoff=handoff,
                           picked=_picked(form))
    return (page, 422) if form.errors else page
