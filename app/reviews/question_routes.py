"""The question queue of a review: asking, voting, accepting an answer."""

from flask import abort, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.entries.actions import CannotAnswer, TooLong
from app.entries.forms import CommentForm
from app.entries.models import Comment
from app.entries.routes import fragment, thread_context
from app.reviews import questions
from app.reviews.models import Review
from app.reviews.question_models import Question
from app.reviews.routes import reviews
from app.web import done, is_fragment, whole_number


def say(key: int, action, verb: str = "comment"):
    """Post what the composer of a review's thread holds as more than a comment: a question, a key point."""
    review = fetch(Review, key, verb)
    form = CommentForm()
    if form.validate():
        try:
            about = form.about()
            del about["at"]
            said = action(review, form.body.data, actor=current_user, **about)
            commit()
            return fragment(said.id) if is_fragment() else redirect(f"/e/{said.id}", code=303)
        except CannotAnswer:
            abort(400)
        except TooLong as error:
            form.body.errors = [str(error)]
    return render_template("entries/show.html", entry=review, composer_value=form.body.data,
                           composer_errors=form.body.errors, **thread_context(review)), 422


@reviews.post("/reviews/<int:key>/questions")
def ask(key: int):
    return say(key, questions.ask, "ask")


@reviews.post("/questions/<int:key>/vote")
def vote(key: int):
    question = fetch(Question, key, "vote")
    added = questions.vote(question, actor=current_user)
    if not added:
        questions.withdraw_vote(question, actor=current_user)
    commit()
    if is_fragment():
        return render_template("reviews/_vote.html", comment=question.comment, votes=question.votes, voted=added)
    return redirect(f"/reviews/{question.comment.thread_id}#question-{key}", code=303)


@reviews.post("/questions/<int:key>/accepted")
def accept(key: int):
    question = fetch(Question, key, "accept")
    answer = fetch(Comment, whole_number(request.form, "comment_id") or 0)
    try:
        questions.accept(question, answer, actor=current_user)
    except questions.NotAnAnswer:
        abort(400)
    commit()
    return done(_("The question is answered."), f"/e/{answer.id}")


@reviews.post("/questions/<int:key>/accepted/end")
def unaccept(key: int):
    question = fetch(Question, key, "accept")
    questions.unaccept(question, actor=current_user)
    commit()
    return done(_("The question is open again."), f"/e/{key}")
