"""Taking a step in the thread of a hand-off: from its card at once, or with a word from its page."""

from flask import render_template
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.entries.cards import bookmarked, cards
from app.handoffs import actions
from app.handoffs.models import Handoff
from app.handoffs.routes import handoffs, page
from app.handoffs.steps import STEPS
from app.web import done, is_fragment


def _take(key: int, name: str):
    step = STEPS[name]
    handoff = fetch(Handoff, key, step.verb)
    form = step.form(handoff)
    if not form.validate():
        return page(key, step, form), 422
    try:
        step.act(handoff, form, current_user)
    except actions.TooLate as error:
        return done(str(error), handoff.url)
    except actions.Unfit as error:
        form[error.field].errors = [str(error)]
        return page(key, step, form), 422
    commit()
    if is_fragment():
        [entry] = cards([key])
        return render_template("components/_entry.html", entry=entry, bookmarked_ids=bookmarked([entry]))
    return done(str(step.done), handoff.url)


@handoffs.post("/handoffs/<int:key>/acceptance")
def accept(key: int):
    return _take(key, "acceptance")


@handoffs.post("/handoffs/<int:key>/questions")
def ask_back(key: int):
    return _take(key, "questions")


@handoffs.post("/handoffs/<int:key>/answers")
def answer(key: int):
    return _take(key, "answers")


@handoffs.post("/handoffs/<int:key>/passings")
def pass_on(key: int):
    return _take(key, "passings")


@handoffs.post("/handoffs/<int:key>/declinations")
def decline(key: int):
    return _take(key, "declinations")


@handoffs.post("/handoffs/<int:key>/withdrawal")
def withdraw(key: int):
    return _take(key, "withdrawal")


@handoffs.post("/handoffs/<int:key>/outcomes")
def tell_outcome(key: int):
    return _take(key, "outcomes")
