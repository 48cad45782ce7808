"""What a deck proposes for its review: read by a process of its own, taken over or put aside by who may change it."""

import io
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Notification
from app.assets.actions import keep
from app.extensions import db
from app.reviews import proposing
from app.reviews.actions import change_review, post_review
from app.reviews.deck_reading import read
from app.reviews.models import Review
from app.reviews.proposal_models import DeckProposal
from app.reviews.proposals import Known, Proposal
from tests.making import documents
from tests.making.campaign_deck import CampaignDeck

DATABASES = ("sqlite",)
"""What a deck says is read by a process that knows no database."""


def deck(folder, cost: str = "€12,400"):
    """A cover, a table of figures, what worked."""
    made = CampaignDeck("Leak Clinic", "Campaign review Q3 2026 · DACH")
    made.table("Results", ("Figure", "Actual"), ("Cost", cost), ("Leads", "310"), ("MQLs", "84"))
    made.bullets("What worked", "Recordings before the webinar", "Tuesday at ten")
    return made.save(folder / "review.pptx")


def post_with(path, world, **fields) -> Review:
    with path.open("rb") as file:
        kept = keep(file, path.name)
    review = post_review(world.space("project", "open"), "Leak Clinic", actor=world.lena, deck=kept,
                         **{"quarter": "2026-Q3"} | fields)
    commit()
    db.session.expire_all()
    return review


@pytest.fixture
def review(world, tmp_path) -> Review:
    """Lena's review, its deck drawn and read."""
    return post_with(deck(tmp_path), world)


def waiting(review) -> dict[str, DeckProposal]:
    return {each.field: each for each in proposing.waiting(review)}


def test_a_deck_that_is_drawn_is_read_and_its_author_is_told(review, world):
    found = waiting(review)
    assert {"cost", "leads", "mqls", "region", "what_worked"} <= set(found)
    assert found["cost"].proposal.value == Decimal("12400.00") and found["cost"].page == 2
    assert "€12,400" in found["cost"].quote
    told = select(Notification.reason).where(Notification.person_id == world.lena.id, Notification.reason == "deck")
    assert len(db.session.scalars(told).all()) == 1


def test_what_the_review_says_already_is_not_proposed(world, tmp_path):
    assert "leads" not in waiting(post_with(deck(tmp_path), world, leads=310))


def test_taking_over_changes_the_review_and_keeps_how_it_read(review, world):
    proposing.accept(waiting(review)["leads"], actor=world.lena)
    commit()
    assert review.leads == 310 and len(review.revisions) == 1 and "leads" not in waiting(review)


def test_texts_are_added_to_what_is_there(review, world):
    change_review(review, actor=world.lena, what_worked="The short form.")
    proposing.accept(waiting(review)["what_worked"], actor=world.lena)
    assert review.what_worked.startswith("The short form.") and "Tuesday at ten" in review.what_worked


def test_a_value_settles_its_rivals(review, world):
    version = review.page_version
    other = Proposal("cost", Decimal("13000"), 3, "Cost | 13,000", "likely")
    db.session.add(DeckProposal(review_id=review.id, version_id=version.id, **other.as_json()))
    db.session.flush()
    first = waiting(review)["leads"]
    costs = [each for each in proposing.waiting(review) if each.field == "cost"]
    proposing.accept(costs[0], actor=world.lena)
    assert costs[1].state == "dismissed" and first.state == "open"


def test_only_what_nobody_chose_is_taken_over_unseen(world, tmp_path):
    review = post_with(deck(tmp_path), world, cost=Decimal("99"))
    taken = {each.field for each in proposing.certain(review, proposing.waiting(review))}
    assert "leads" in taken and not {"cost", "title"} & taken


def test_a_newer_deck_proposes_anew(review, world, tmp_path):
    proposing.dismiss(waiting(review)["leads"])
    with deck(tmp_path, cost="€15,000").open("rb") as file:
        change_review(review, actor=world.lena, deck=keep(file, "review.pptx"))
    commit()
    db.session.expire_all()
    costs = [each.proposal.value for each in proposing.waiting(review) if each.field == "cost"]
    assert costs == [Decimal("15000.00")]


def test_a_pdf_is_read_from_its_pages(world, tmp_path):
    review = post_with(documents.pdf(tmp_path / "plan.pdf"), world)
    assert review.deck_read_version_id == review.page_version.id


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not a deck at all"])
def test_a_deck_that_cannot_be_read_proposes_nothing(tmp_path, content):
    path = tmp_path / "deck.pptx"
    path.write_bytes(content)
    assert read(path, [], Known()) == []


@pytest.mark.parametrize("who", ["jon", "otto", "gus"])
def test_nobody_else_sees_or_settles_them(review, world, browser_of, who):
    browser, proposed = browser_of(world.person(who)), waiting(review)["leads"]
    assert browser.get(f"{review.url}/proposals").status_code == 403
    for verb in ("acceptance", "dismissal"):
        assert browser.post(f"/proposals/{proposed.id}/{verb}").status_code == 403
    assert browser.post(f"{review.url}/proposals/acceptance").status_code == 403
    assert waiting(review)["leads"].state == "open"


def test_they_are_settled_in_the_page_and_without_script(review, world, browser_of):
    lena, found = browser_of(world.lena), waiting(review)
    page = lena.get(f"{review.url}/proposals").text
    assert "12,400" in page and "?slide=2" in page
    answer = lena.post(f"/proposals/{found['leads'].id}/acceptance", headers={"HX-Request": "true"})
    assert answer.headers["HX-Trigger"] == "review-changed" and "<html" not in answer.text
    assert lena.post(f"/proposals/{found['mqls'].id}/dismissal").status_code == 303
    db.session.expire_all()
    assert review.leads == 310 and review.mqls is None
    lena.post(f"{review.url}/proposals/acceptance")
    db.session.expire_all()
    assert review.cost == Decimal("12400.00") and "leads" not in waiting(review)


def test_a_deck_may_rest_in_a_review_without_words(world):
    review = post_review(world.commons, "No pages", actor=world.lena, quarter="2026-Q3",
                         deck=keep(io.BytesIO(b"not a deck"), "deck.txt"))
    commit()
    assert proposing.waiting(review) == []
