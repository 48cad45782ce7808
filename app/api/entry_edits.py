"""What of an entry can be changed, by its kind, and how."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import Schema, fields
from marshmallow.validate import Length

from app.api.conversation_inputs import ConversationEdit, change_by_ids
from app.api.fields import Day, Input, Text, key
from app.api.handoff_inputs import HandoffFields
from app.api.learning_inputs import ScopesIn
from app.api.problems import Invalid
from app.api.reading import load
from app.api.review_inputs import ReviewFields, columns, with_steps
from app.api.sending_inputs import SendingEdit, change_sending_by_ids
from app.api.showing import expect_usable, living
from app.api.task_inputs import change_task_by_ids
from app.assets.models import Asset
from app.decisions.actions import change_decision
from app.entries import actions
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH, Entry
from app.learnings.actions import change_learning
from app.reviews.actions import change_review
from app.reviews.currencies import rate_errors
from app.reviews.models import Review


class CommentEdit(Input):
    body = Text(BODY_LENGTH, needed=True, required=False)


class PostEdit(CommentEdit):
    title = Text(TITLE_LENGTH)


class TitledEdit(Input):
    title = Text(TITLE_LENGTH, needed=True, required=False)
    body = Text(BODY_LENGTH)


class AssetEdit(TitledEdit):
    pass


class ReviewEdit(ReviewFields):
    pass


class LearningEdit(TitledEdit):
    holds_for = Text(300)
    narrowed_to = fields.Nested(ScopesIn)
    review_by = fields.Date()
    advice = Text(4000)


class DecisionEdit(TitledEdit):
    choice = Text(2000, needed=True, required=False)
    options = fields.List(Text(1000, needed=True), validate=Length(max=100))
    decided_on = fields.Date()
    needed_by = fields.Date(allow_none=True)


class TaskEdit(TitledEdit):
    owner_id = key(allow_none=True)
    due_on = Day(allow_none=True)
    milestone_id = key(allow_none=True)


class NewsEdit(Input):
    """Nobody here wrote it: nothing of it can be changed."""


class HandoffEdit(TitledEdit, HandoffFields):
    pass


EDITS: dict[str, Schema] = {
    "post": PostEdit(), "comment": CommentEdit(), "review": ReviewEdit(), "learning": LearningEdit(),
    "asset": AssetEdit(), "decision": DecisionEdit(), "task": TaskEdit(),
    "handoff": HandoffEdit(), "conversation": ConversationEdit(), "sending": SendingEdit(), "news": NewsEdit(),
}


class AnyEdit:
    """Stands where a schema stands; which one reads the edit is known once the entry is."""

    def load(self, data: dict) -> dict:
        return data


def apply_edit(entry: Entry, sent: dict) -> None:
    """Change the entry. Raises Invalid for what its kind does not have."""
    changes = columns(load(EDITS[entry.kind], sent))
    if isinstance(entry, Review):
        changes = with_steps(changes, entry)
        _check_review(entry, changes)
    own = {"learning": change_learning, "review": change_review, "decision": change_decision,
           "task": change_task_by_ids, "conversation": change_by_ids, "sending": change_sending_by_ids}
    change = own.get(entry.kind, actions.edit)
    try:
        change(entry, actor=current_user, **changes)
    except actions.TooLong as error:
        raise Invalid({"body": [str(error)]}) from None


def _check_review(review: Review, changes: dict) -> None:
    """What is right or wrong only together with what the review says already. Raises Invalid."""
    if changes.get("deck_id") not in (None, review.deck_id):
        expect_usable("deck_id", living(Asset, changes["deck_id"]))
    starts, ends = (changes.get(name, getattr(review, name)) for name in ("starts_on", "ends_on"))
    if starts and ends and ends < starts:
        raise Invalid({"ends_on": [_("It ends before it starts.")]})
    # In another currency the rate that was stated is gone.
    stays = changes.get("currency", review.currency) == review.currency
    rate, day = (changes.get(name, getattr(review, name) if stays else None) for name in ("rate", "rate_on"))
    if wrong := rate_errors(changes.get("currency", review.currency), rate, day):
        raise Invalid({name: [message] for name, message in wrong.items()})
