"""What came of a next step: told in its own review, or in the next one that opens with it."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import allow, fetch
from app.activity.delivery import commit
from app.reviews import commitments
from app.reviews.commitment_forms import OPEN, SettleForm, TellForm
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.reviews.routes import reviews
from app.reviews.said import OUTCOME_NAMES, said_for, variance
from app.web import done

reviews.add_app_template_filter(variance)
reviews.add_app_template_global(OUTCOME_NAMES, "outcome_names")


@reviews.route("/commitments/<int:key>/outcome", methods=["GET", "POST"])
def settle(key: int):
    commitment = fetch(Commitment, key, "settle")
    form = SettleForm(data={"outcome": commitment.outcome or "done", "day": commitment.done_on,
                            "told": commitment.did or commitment.reason})
    if not form.validate_on_submit():
        return _page(form, commitment, f"/commitments/{key}/outcome", commitment.review)
    try:
        if form.outcome.data == OPEN:
            commitments.reopen(commitment, actor=current_user)
        else:
            commitments.settle(commitment, form.outcome.data, actor=current_user, **form.told_fields())
    except commitments.IsCarried:
        return done(_("It was carried over: what came of it is told in the next review."), commitment.review.url)
    commit()
    return done(_("Written down."), f"{commitment.review.url}#step-{key}")


@reviews.route("/reviews/<int:key>/said/<int:said>/outcome", methods=["GET", "POST"])
def tell(key: int, said: int):
    """What the author of the next review says of a commitment it opens with."""
    review = fetch(Review, key, "edit")
    commitment = next((each for each in said_for(current_user, review) if each.id == said), None) or abort(404)
    allow("comment", commitment.review)
    form = TellForm()
    if not commitment.is_open:
        return done(_("What came of it is told already."), f"{review.url}#said")
    if not form.validate_on_submit():
        return _page(form, commitment, f"/reviews/{key}/said/{said}/outcome", review)
    try:
        if form.outcome.data == "carried":
            commitments.carry(commitment, review, actor=current_user, due_on=form.day.data, did=form.told.data)
        else:
            commitments.settle(commitment, form.outcome.data, actor=current_user, told_in=review,
                               **form.told_fields())
    except (commitments.IsCarried, commitments.IsSettled):
        return done(_("Somebody settled it meanwhile."), f"{review.url}#said")
    except commitments.CannotOwe as error:
        form.outcome.errors = [str(error)]
        return _page(form, commitment, f"/reviews/{key}/said/{said}/outcome", review)
    commit()
    return done(_("Written down."), f"{review.url}#said")


def _page(form: SettleForm, commitment: Commitment, action: str, review: Review):
    """The form alone: where a refused one is corrected, and where a link from elsewhere leads."""
    page = render_template("reviews/settle.html", form=form, commitment=commitment, action=action, review=review)
    return (page, 422) if form.errors else page

