"""Decisions: writing one down, promoting a comment to one, deciding what is open, its page."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch, root_of
from app.activity.delivery import commit
from app.decisions import actions, log
from app.decisions.forms import LONGEST_CHOICE, DecisionForm
from app.decisions.models import Decision
from app.entries.beside import beside_thread
from app.entries.cards import cards
from app.entries.models import Entry
from app.entries.routes import thread_context
from app.spaces.models import Space
from app.spaces.naming import written
from app.web import done, whole_number

decisions = Blueprint("decisions", __name__)


@beside_thread("decisions/_about.html")
def about(root: Entry) -> list[Decision]:
    return log.about(root, current_user)


@decisions.get("/decisions/<int:key>")
def show(key: int):
    decision = fetch(Decision, key)
    [entry] = cards([key])
    return render_template("decisions/show.html", entry=entry, replaced=log.replaced_by(decision, current_user),
                           **thread_context(entry))


@decisions.route("/spaces/<slug>/decisions/new", methods=["GET", "POST"])
def new(slug: str):
    space = fetch(Space, verb="post", slug=slug)
    form = DecisionForm(**_begun(space))
    form.space = space
    about = fetch(Entry, form.about_id.data) if form.about_id.data else None
    older = fetch(Decision, form.supersedes_id.data, "decide") if form.supersedes_id.data else None
    if form.validate_on_submit():
        try:
            decision = actions.decide(space, form.question.data, actor=current_user, why=form.why.data, about=about,
                                      supersedes=older, **form.said())
            commit()
            return done(_("The decision is on record.") if decision.choice else _("The question waits for a decision."),
                        decision.url)
        except actions.CannotSupersede:
            form.choice.errors = [_("Say what was chosen: an open question cannot replace a decision.")]
    page = render_template("decisions/form.html", form=form, space=space, about=about, older=older, decision=None)
    return (page, 422) if form.errors else page


def _begun(space: Space) -> dict:
    """What the form begins with: the words of the comment it is made of, or the question that is asked again."""
    if older := whole_number(request.args, "supersedes"):
        asked = fetch(Decision, older, "decide")
        return {"question": asked.title, "supersedes_id": older, "about_id": asked.about_id,
                "options": "\n".join(asked.options)}
    if key := whole_number(request.args, "about"):
        said = fetch(Entry, key)
        words = said.body[:LONGEST_CHOICE] if said.kind in ("comment", "post") else ""
        return {"about_id": key, "question": root_of(said).title, "choice": words,
                "deciders": f"@{said.author.handle}" if words else ""}
    return {}


@decisions.route("/decisions/<int:key>/edit", methods=["GET", "POST"])
def change(key: int):
    decision = fetch(Decision, key, "decide")
    known = {name: getattr(decision, name) for name in ("choice", "decided_on", "needed_by")}
    form = DecisionForm(question=decision.title, why=decision.body, options="\n".join(decision.options),
                        deciders=written(decision.deciders), **known)
    form.space = decision.space
    if form.validate_on_submit() and not (decision.choice and not form.choice.data):
        actions.change_decision(decision, actor=current_user, title=form.question.data, body=form.why.data,
                                **form.said())
        commit()
        return done(_("Saved. How it read before is kept."), decision.url)
    if form.is_submitted() and not form.errors:
        form.choice.errors = [_("It was decided. To take it up again, write down a new decision that supersedes it.")]
    page = render_template("decisions/form.html", form=form, space=decision.space, decision=decision, about=None,
                           older=None)
    return (page, 422) if form.errors else page
