"""The proposals of a deck beside its review: seen, taken over or put aside by who may change the review."""

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.reviews import proposing
from app.reviews.deck_reading import will_read
from app.reviews.models import Review
from app.reviews.presentation import FIELD_NAMES, proposed_value
from app.reviews.proposal_models import DeckProposal
from app.reviews.routes import reviews
from app.web import done, is_fragment

reviews.add_app_template_filter(proposed_value)
HEAD = ("title", "quarter", "region", "programme", "channels")


def proposals_context(review: Review) -> dict:
    """What `reviews/_proposals.html` needs."""
    version = review.newest_version
    reading = version is not None and will_read(version) and review.deck_read_version_id != version.id
    waiting = proposing.waiting(review)
    currency = next((each.value for each in waiting if each.field == "currency"), review.currency)
    return {"review": review, "proposals": waiting, "certain": proposing.certain(review, waiting), "reading": reading,
            "field_names": FIELD_NAMES, "currency": currency}


@reviews.get("/reviews/<int:key>/proposals")
def proposals(key: int):
    review = fetch(Review, key, "edit")
    template = "reviews/_proposals.html" if is_fragment() else "reviews/proposals.html"
    return render_template(template, **proposals_context(review))


def _answer(review: Review, message: str, *, names: bool = False):
    """The proposals that are left. What the page tells of the review is asked for anew by the event of the header;
    where its head may have changed (`names`), the whole page is.
    """
    if not is_fragment():
        return done(message, f"{review.url}/proposals")
    if names:
        return "", 200, {"HX-Refresh": "true"}
    html = render_template("reviews/_proposals.html", **proposals_context(review))
    return html, 200, {"HX-Trigger": "review-changed"}


@reviews.post("/proposals/<int:key>/acceptance")
def accept_proposal(key: int):
    proposed = fetch(DeckProposal, key, "edit")
    review = proposed.review
    if proposed.state == "open":
        proposing.accept(proposed, actor=current_user)
        commit()
    return _answer(review, _("Taken over."), names=proposed.field in HEAD)


@reviews.post("/proposals/<int:key>/dismissal")
def dismiss_proposal(key: int):
    proposed = fetch(DeckProposal, key, "edit")
    review = proposed.review
    if proposed.state == "open":
        proposing.dismiss(proposed)
        commit()
    return _answer(review, _("Put aside."))


@reviews.post("/reviews/<int:key>/proposals/acceptance")
def accept_sure(key: int):
    """All at once that are certain and take no one's word away."""
    review = fetch(Review, key, "edit")
    for proposed in proposing.certain(review, proposing.waiting(review)):
        proposing.accept(proposed, actor=current_user)
    commit()
    return _answer(review, _("Taken over."), names=True)
