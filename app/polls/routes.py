"""Polls: asking, and choosing where they are read."""

from flask import Blueprint, abort, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.polls import actions
from app.polls.forms import PollForm
from app.polls.models import Poll
from app.spaces.models import Space
from app.web import done, is_fragment, whole_number

polls = Blueprint("polls", __name__)


@polls.route("/spaces/<slug>/polls/new", methods=["GET", "POST"])
def new(slug: str):
    space, form = fetch(Space, verb="post", slug=slug), PollForm()
    if form.validate_on_submit():
        asked = actions.ask(space, form.question.data, form.options.data.splitlines(), actor=current_user,
                            is_multiple=form.is_multiple.data, closes_on=form.closes_on.data)
        commit()
        return done(_("The poll is open."), asked.url)
    page = render_template("polls/form.html", form=form, space=space)
    return (page, 422) if form.errors else page


@polls.route("/polls/new", methods=["GET", "POST"])
def begin():
    """From what somebody began to write: it becomes the question. Who opens its address anew goes back to writing."""
    if request.method == "GET":
        return redirect("/write")
    space = fetch(Space, whole_number(request.form, "space_id") or 0, "post")
    form = PollForm(formdata=None, question=request.form.get("body", ""))
    return render_template("polls/form.html", form=form, space=space, is_begun=True)


@polls.post("/polls/<int:key>/choice")
def choose(key: int):
    """What I choose now, in place of what I chose before."""
    poll = fetch(Poll, key, "choose")
    try:
        actions.choose(poll, request.form.getlist("option", type=int), actor=current_user)
    except actions.NoChoice:
        abort(400)
    commit()
    if is_fragment():
        return render_template("polls/_poll.html", poll=poll)
    return redirect(poll.post.url, code=303)
