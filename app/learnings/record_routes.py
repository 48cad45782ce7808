"""What keeps a learning alive: trials and their results, evidence, and who vouches."""

import re
from urllib.parse import parse_qs, urlsplit

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.entries.models import Entry
from app.learnings import actions
from app.learnings.forms import EvidenceForm, ResultForm, TrialForm
from app.learnings.models import Learning, Trial
from app.learnings.routes import learnings, offer_places, page
from app.spaces.models import Space
from app.web import done

ADDRESS = re.compile(r"/(?:e|reviews|learnings|assets|posts|decisions|tasks)/(\d{1,9})(?:/|$)")


@learnings.post("/learnings/<int:key>/trials")
def apply(key: int):
    learning = fetch(Learning, key, "comment")
    form = TrialForm()
    offer_places(form)
    if not form.validate():
        return page(key, trial_form=form), 422
    space = fetch(Space, form.trial_space_id.data, "post") if form.trial_space_id.data else None
    actions.apply_learning(
        learning, form.place.data, actor=current_user, adaptation=form.adaptation.data, space=space,
        due_on=form.due_on.data,
    )
    commit()
    return done(_("Your trial has begun. Report here what came of it."), learning.url)


@learnings.post("/trials/<int:key>/result")
def report(key: int):
    trial = fetch(Trial, key)
    if trial.person_id != current_user.id:
        abort(403)
    form = ResultForm()
    if not form.validate():
        return page(trial.learning_id, result_form=form), 422
    actions.end_trial(trial, form.result.data, actor=current_user, note=form.note.data, lift=form.lift.data)
    commit()
    return done(_("Thank you: the record of this learning is richer now."), trial.learning.url)


@learnings.post("/learnings/<int:key>/evidence")
def add_evidence(key: int):
    learning = fetch(Learning, key, "comment")
    form = EvidenceForm()
    ground = _ground(form.address.data or "") if form.validate() else None
    if ground is None:
        reason = _("This is no address of a review, a slide, a file or a comment.")
        form.address.errors = form.address.errors or [reason]
        return page(key, evidence_form=form), 422
    actions.add_ground(learning, ground, actor=current_user)
    commit()
    return done(_("The evidence is linked."), learning.url)


def _ground(address: str) -> actions.Ground | None:
    """The entry an address of ours leads to, with its slide; 404 when the reader may not see it."""
    parts = urlsplit(address)
    comment = re.fullmatch(r"entry-(\d{1,9})", parts.fragment)
    found = comment or ADDRESS.search(parts.path)
    if not found:
        return None
    slide = re.fullmatch(r"[1-9]\d{0,3}", parse_qs(parts.query).get("slide", [""])[0])
    return actions.Ground(fetch(Entry, int(found[1])), int(slide[0]) if slide else None)


@learnings.post("/learnings/<int:key>/vouch")
def vouch(key: int):
    learning = fetch(Learning, key, "comment")
    actions.vouch(learning, actor=current_user)
    commit()
    return done(_("You vouch for it; it is fresh for another year."), learning.url)
