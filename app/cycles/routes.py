"""Review cycles: all of them, the board of one, starting and changing one, and beginning a review that is owed."""

from datetime import timedelta

from flask import Blueprint, abort, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from app import mail
from app.access import can, fetch, managed_spaces
from app.activity.delivery import commit
from app.cycles import actions
from app.cycles.board import board, cycles_of, owed_by, progress
from app.cycles.forms import QUESTIONS_FOR, CycleForm, written
from app.cycles.models import OwedReview, ReviewCycle
from app.cycles.reminding import remind
from app.cycles.suggesting import reported
from app.db import now
from app.entries.places import usual_place
from app.people.days import today_for
from app.reviews.models import Review
from app.reviews.quarters import bounds, quarter_of
from app.reviews.routes import beginning
from app.spaces.models import Space
from app.web import done

cycles = Blueprint("cycles", __name__)
DUE_AFTER = timedelta(days=20)
"""How long after the end of a quarter its reviews are due, unless somebody says otherwise."""


def _today():
    return today_for(current_user)


@cycles.get("/reviews/cycles")
def index():
    found, key = cycles_of(current_user), current_user.calendar_key
    calendar_url = mail.absolute("cycles.calendar", key=key) if key else None
    return render_template(
        "cycles/index.html", cycles=[(each, progress(each, _today())) for each in found], mine=owed_by(current_user),
        may_start=bool(managed_spaces(current_user)), calendar_url=calendar_url,
    )


@cycles.get("/reviews/cycles/<int:key>")
def show(key: int):
    cycle = fetch(ReviewCycle, key, options=[joinedload(ReviewCycle.space), selectinload(ReviewCycle.reviewers)])
    return render_template("cycles/show.html", board=board(current_user, cycle, _today()), cycle=cycle)


@cycles.route("/reviews/cycles/new", methods=["GET", "POST"])
def new():
    places = managed_spaces(current_user)
    if not places:
        abort(403)
    form = CycleForm(**_first(places))
    if form.validate_on_submit():
        space = fetch(Space, form.space_id.data, "manage")
        try:
            cycle = actions.start_cycle(
                space, form.quarter.data, actor=current_user, due_on=form.due_on.data, closes_on=form.closes_on.data,
                owed=form.lines, reviewers=form.people,
            )
        except actions.AlreadyThere:
            form.quarter.errors = [_("%(space)s has a cycle for this quarter.", space=space.name)]
        else:
            commit()
            return done(_("Everybody who owes a review has been told."), cycle.url)
    page = render_template("cycles/form.html", form=form, spaces=places, cycle=None)
    return (page, 422) if form.errors else page


def _first(places: list[Space]) -> dict:
    """The quarter that ended last or is about to; what reported before is what is owed now."""
    usual = usual_place(current_user, Review)
    communities = [each.id for each in places if each.kind == "community"]
    place = usual if usual in communities else next(iter(communities), places[0].id)
    quarter = quarter_of(now() - timedelta(days=45))
    due = bounds(quarter)[1].date() + DUE_AFTER
    due = max(due, _today() + timedelta(days=7))
    return {"space_id": place, "quarter": quarter, "due_on": due, "closes_on": due + QUESTIONS_FOR,
            "owed": written(reported(current_user, quarter))}


@cycles.route("/reviews/cycles/<int:key>/edit", methods=["GET", "POST"])
def edit(key: int):
    cycle = fetch(ReviewCycle, key, "manage")
    form = CycleForm(
        space_id=cycle.space_id, quarter=cycle.quarter, due_on=cycle.due_on, closes_on=cycle.closes_on,
        owed=written(cycle.owed), reviewers=", ".join(f"@{each.handle}" for each in cycle.reviewers),
    )
    form.cycle = cycle
    if form.validate_on_submit():
        actions.change_cycle(
            cycle, actor=current_user, due_on=form.due_on.data, closes_on=form.closes_on.data, owed=form.lines,
            reviewers=form.people,
        )
        commit()
        return done(_("Saved."), cycle.url)
    page = render_template("cycles/form.html", form=form, spaces=[cycle.space], cycle=cycle)
    return (page, 422) if form.errors else page


@cycles.post("/reviews/cycles/<int:key>/next")
def start_next(key: int):
    """Last quarter's once more, in one click."""
    cycle = fetch(ReviewCycle, key, "manage")
    try:
        following = actions.start_next(cycle, actor=current_user)
    except actions.AlreadyThere:
        return done(_("The next quarter has a cycle already."), "/reviews/cycles")
    commit()
    return done(_("Everybody who owes a review has been told."), following.url)


@cycles.post("/reviews/cycles/<int:key>/reminders")
def remind_all(key: int):
    """Remind everybody who still owes, now, but nobody twice a day."""
    cycle = fetch(ReviewCycle, key, "manage")
    waiting = [each for each in cycle.owed if each.posted_at is None and each.reminded_on != today_for(each.owner)]
    reminded = sum(remind(each) for each in waiting)
    commit()
    if not reminded:
        return done(_("Everybody who owes a review has been reminded today."), cycle.url)
    return done(ngettext("%(num)s person was reminded.", "%(num)s people were reminded.", reminded), cycle.url)


@cycles.route("/owed/<int:key>", methods=["GET", "POST"])
def owed(key: int):
    """To what became of it, a review or a draft of mine; else to the board. POST begins the draft."""
    found = fetch(OwedReview, key, options=[joinedload(OwedReview.cycle)])
    draft = found.draft if found.draft and can(current_user, "draft", found.draft) else None
    if found.review and can(current_user, "read", found.review):
        return redirect(found.review.url, code=303)
    if request.method == "POST" and found.draft is None and found.posted_at is None:
        if found.owner_id != current_user.id:
            abort(403)
        draft = actions.begin_review(found, _typed(beginning()), actor=current_user)
        commit()
    return redirect(draft.url if draft else f"{found.cycle.url}#owed-{key}", code=303)


def _typed(values: dict) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}
