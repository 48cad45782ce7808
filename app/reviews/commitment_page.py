"""What the page of a review shows of commitments."""

from flask_login import current_user

from app.access import can
from app.reviews.commitment_forms import SettleForm, TellForm
from app.reviews.models import Review
from app.reviews.quarters import neighbour
from app.reviews.said import promised, said_for


def promises(review: Review) -> dict:
    """What a review promises, and what it opens with: for `reviews/_commitments.html` and `reviews/_said.html`."""
    if review.is_deleted:
        return {}
    said = said_for(current_user, review)
    tells = can(current_user, "edit", review)
    tellable = {each.id for each in said if tells and each.is_open and can(current_user, "comment", each.review)}
    return {"promised": promised(review), "settle_form": SettleForm(), "said": said, "tellable": tellable,
            "last_quarter": neighbour(review.quarter, -1), "tell_form": TellForm()}
