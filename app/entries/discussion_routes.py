"""Discussions: a post with a subject; opened new, or of comments that grew beyond their thread."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.entries import actions, moving
from app.entries.forms import DiscussionForm, SubjectForm
from app.entries.models import Comment
from app.entries.routes import entries
from app.spaces.models import Space
from app.web import done


@entries.route("/spaces/<slug>/discussions/new", methods=["GET", "POST"])
def discuss(slug: str):
    space = fetch(Space, verb="post", slug=slug)
    form = DiscussionForm()
    if form.validate_on_submit():
        discussion = actions.post(space, form.body.data, actor=current_user, title=form.title.data)
        commit()
        return done(_("The discussion is open."), discussion.url)
    page = render_template("entries/discuss.html", form=form, space=space)
    return (page, 422) if form.errors else page


@entries.route("/e/<int:key>/move", methods=["GET", "POST"])
def move(key: int):
    comment = fetch(Comment, key, "move")
    form = SubjectForm()
    if form.validate_on_submit():
        try:
            discussion = moving.move_out(comment, form.title.data, actor=current_user)
        except moving.CannotMove:
            abort(400)
        commit()
        return done(_("It is a discussion of its own now; a pointer stays where it was."), discussion.url)
    page = render_template("entries/move.html", form=form, comment=comment, moving=moving.sub_thread(comment))
    return (page, 422) if form.errors else page
