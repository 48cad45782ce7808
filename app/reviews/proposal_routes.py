"""The proposals of a deck beside its review or draft: seen, taken over or put aside by who may change it."""

from flask import render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.reviews import proposing
from app.reviews.deck_reading import will_read
from app.reviews.draft_models import ReviewDraft
from app.reviews.drafting import tell_authors
from app.reviews.holders import Holder, currency
from app.reviews.models import Review
from app.reviews.presentation import FIELD_NAMES, proposed_value
from app.reviews.proposal_models import DeckProposal, DraftProposal, ProposedValue
from app.reviews.routes import reviews
from app.web import done, is_fragment

reviews.add_app_template_filter(proposed_value)
VERBS = {DeckProposal: "edit", DraftProposal: "draft"}
HEAD = ("title", "quarter", "region", "programme", "channels")


def proposals_context(holder: Holder) -> dict:
    """What `reviews/_proposals.html` needs."""
    version = holder.newest_version
    reading = version is not None and will_read(version) and holder.deck_read_version_id != version.id
    waiting = proposing.waiting(holder)
    proposed = next((each.value for each in waiting if each.field == "currency"), currency(holder))
    return {"holder": holder, "proposals": waiting, "certain": proposing.certain(holder, waiting), "reading": reading,
            "field_names": FIELD_NAMES, "currency": proposed}


@reviews.get("/reviews/<int:key>/proposals")
def proposals(key: int):
    return _proposals(fetch(Review, key, "edit"))


@reviews.get("/reviews/drafts/<int:key>/proposals")
def draft_proposals(key: int):
    return _proposals(fetch(ReviewDraft, key, "draft"))


def _proposals(holder: Holder):
    template = "reviews/_proposals.html" if is_fragment() else "reviews/proposals.html"
    return render_template(template, **proposals_context(holder))


def _answer(holder: Holder, message: str, *, names: bool = False):
    """The proposals that are left. What the page tells of the review is asked for anew by the event of the header;
    where its head may have changed (`names`), the whole page is. The form of a draft fetches what it says now.
    """
    if not is_fragment():
        return done(message, f"{holder.url}/proposals")
    if isinstance(holder, ReviewDraft):
        tell_authors(holder)
    elif names:
        return "", 200, {"HX-Refresh": "true"}
    html = render_template("reviews/_proposals.html", **proposals_context(holder))
    return html, 200, {"HX-Trigger": "draft-changed" if isinstance(holder, ReviewDraft) else "review-changed"}


@reviews.post("/proposals/<int:key>/acceptance", defaults={"model": DeckProposal})
@reviews.post("/draft-proposals/<int:key>/acceptance", defaults={"model": DraftProposal})
def accept_proposal(model: type[ProposedValue], key: int):
    proposed = fetch(model, key, VERBS[model])
    holder = proposed.holder
    if proposed.state == "open":
        proposing.accept(proposed, actor=current_user)
        commit()
    return _answer(holder, _("Taken over."), names=proposed.field in HEAD)


@reviews.post("/proposals/<int:key>/dismissal", defaults={"model": DeckProposal})
@reviews.post("/draft-proposals/<int:key>/dismissal", defaults={"model": DraftProposal})
def dismiss_proposal(model: type[ProposedValue], key: int):
    proposed = fetch(model, key, VERBS[model])
    holder = proposed.holder
    if proposed.state == "open":
        proposing.dismiss(proposed)
        commit()
    return _answer(holder, _("Put aside."))


@reviews.post("/reviews/<int:key>/proposals/acceptance")
def accept_sure(key: int):
    return _accept_sure(fetch(Review, key, "edit"))


@reviews.post("/reviews/drafts/<int:key>/proposals/acceptance")
def accept_sure_of_draft(key: int):
    return _accept_sure(fetch(ReviewDraft, key, "draft"))


def _accept_sure(holder: Holder):
    """All at once that are certain and take no one's word away."""
    for proposed in proposing.certain(holder, proposing.waiting(holder)):
        proposing.accept(proposed, actor=current_user)
    commit()
    return _answer(holder, _("Taken over."), names=True)
