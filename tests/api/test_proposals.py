"""Proposals of a deck through the API."""

import pytest

from app.activity.delivery import commit
from app.assets.actions import keep
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.proposal_models import DeckProposal
from app.reviews.proposals import Proposal
from tests.making import documents


@pytest.fixture
def proposed(world, tmp_path) -> DeckProposal:
    """Lena's deck says how many leads there were."""
    with documents.pdf(tmp_path / "plan.pdf").open("rb") as file:
        review = post_review(world.space("project", "open"), "Fair", actor=world.lena, quarter="2026-Q3",
                             deck=keep(file, "plan.pdf"))
    commit()
    told = Proposal("leads", 310, 1, "Leads | 310", "sure").as_json()
    one = DeckProposal(review=review, version=review.page_version, **told)
    db.session.add(one)
    db.session.commit()
    return one


def test_what_waits_is_listed_for_who_may_change_the_review(proposed, world, api_of):
    path = f"/reviews/{proposed.review_id}/proposals"
    listed = [each for each in api_of(world.lena).get(path).json["items"] if each["field"] == "leads"]
    assert [(each["value"], each["page"], each["quote"]) for each in listed] == [(310, 1, "Leads | 310")]
    assert api_of(world.jon).get(path).status_code == 403


def test_it_is_taken_over_once(proposed, world, api_of):
    lena = api_of(world.lena)
    assert lena.post(f"/proposals/{proposed.id}/acceptance").json["metrics"]["leads"] == 310
    assert lena.post(f"/proposals/{proposed.id}/acceptance").status_code == 422
    assert lena.post(f"/proposals/{proposed.id}/dismissal").status_code == 422


def test_it_is_put_aside(proposed, world, api_of):
    assert api_of(world.jon).post(f"/proposals/{proposed.id}/dismissal").status_code == 403
    assert api_of(world.lena).post(f"/proposals/{proposed.id}/dismissal").status_code == 204
