"""The question queue of a review: ask, vote, accept an answer."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select

from app.access import allow, fetch
from app.api.entries import MOST_PAGES
from app.api.entry_schemas import AnchorSchema
from app.api.fields import Input, Moment, Output, Text, Whole, key
from app.api.operation import Answer, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.showing import living
from app.entries.actions import CannotAnswer
from app.entries.forms import BODY_LENGTH
from app.entries.models import Comment
from app.extensions import db
from app.reviews import questions
from app.reviews.models import Review
from app.reviews.question_models import Question
from app.reviews.queue import asked
from app.web import Page


class QuestionIn(Input):
    body = Text(BODY_LENGTH, needed=True, metadata={"description": "Markdown with #tag, @handle, $account-slug."})
    page = Whole(1, MOST_PAGES, allow_none=True, load_default=None, metadata={
        "description": "The slide it is about, from 1."})


class AcceptedIn(Input):
    comment_id = key(required=True, metadata={"description": "A comment whose `parent_id` is the question."})


class QuestionSchema(Output):
    id = fields.Integer(attribute="comment.id", metadata={"description": "Also the id of the comment that asks."})
    review_id = fields.Integer(attribute="comment.thread_id")
    author_id = fields.Integer(attribute="comment.author_id")
    body = fields.String(attribute="comment.body")
    anchor = fields.Nested(AnchorSchema, attribute="comment.anchor", allow_none=True)
    created_at = Moment(attribute="comment.created_at")
    url = fields.String(attribute="comment.url")
    votes = fields.Integer(attribute="question.votes")
    voted = fields.Boolean(metadata={"description": "Whether the caller voted for it."})
    answers = fields.Integer(metadata={"description": "How many comments answer it."})
    accepted_id = fields.Integer(attribute="question.accepted_id", allow_none=True, metadata={
        "description": "The comment that settled it; null while it is open."})


def _one(question: Question, status: int | None = None) -> Answer:
    db.session.flush()
    [found] = asked([question.id], current_user)
    return Answer(found, status, location=f"/api/v1/entries/{question.id}" if status == 201 else None)


@operation("GET", "/reviews/<key:review_id>/questions", query=paged_query(), returns=QuestionSchema(), paged=True)
def list_questions(review_id, query):
    """What was asked in a review, newest first."""
    review = fetch(Review, review_id)
    ids = select(Question.id).join(Question.comment).where(Comment.thread_id == review.id)
    found = page(ids, Question.id, **query)
    return Page(asked(found.items, current_user), found.next)


@operation("POST", "/reviews/<key:review_id>/questions", body=QuestionIn(), returns=QuestionSchema(), status=201)
def ask_question(review_id, body):
    """Ask about a review as a whole, or with `page` about one slide of its deck."""
    review = living(Review, review_id)
    allow("ask", review)
    try:
        question = questions.ask(review, body["body"], actor=current_user, page=body["page"])
    except CannotAnswer:
        raise Invalid({"page": [_("Its deck has no such slide.")]}) from None
    return _one(question, 201)


@operation("PUT", "/questions/<key:question_id>/vote", status=204)
def vote_for_question(question_id):
    """Say that I would like to know too. Nobody votes for a question of their own."""
    questions.vote(fetch(Question, question_id, "vote"), actor=current_user)


@operation("DELETE", "/questions/<key:question_id>/vote", status=204)
def withdraw_vote(question_id):
    """Take my vote back; nothing happens if there was none."""
    questions.withdraw_vote(fetch(Question, question_id, "vote"), actor=current_user)


@operation("PUT", "/questions/<key:question_id>/accepted", body=AcceptedIn(), returns=QuestionSchema())
def accept_answer(question_id, body):
    """Settle a question by one of its answers: for who asked, and for the review's author."""
    question = fetch(Question, question_id, "accept")
    try:
        questions.accept(question, fetch(Comment, body["comment_id"]), actor=current_user)
    except questions.NotAnAnswer:
        raise Invalid({"comment_id": [_("This does not answer the question.")]}) from None
    return _one(question)


@operation("DELETE", "/questions/<key:question_id>/accepted", status=204)
def reopen_question(question_id):
    """Open a question again; nothing happens if it is open."""
    questions.unaccept(fetch(Question, question_id, "accept"), actor=current_user)
