"""A new version: what is said of a page goes along with it, whatever comes when."""

from sqlalchemy import select, update

from app.activity.delivery import commit
from app.assets.carrying import compare_missed
from app.assets.models import Page, Version
from app.entries.actions import remove
from app.extensions import db
from app.learnings.actions import Ground, add_ground, state_learning
from app.learnings.models import Evidence
from app.reviews.actions import post_review
from app.reviews.questions import ask
from tests.assets.conftest import spot

COST, RESULTS = "What it cost\nMoney", "Results\nMany leads"
NEXT, TEAM = "Next steps\nDo it again", "Team\nLena and Jon"
FIRST = f"{COST}\n\n{RESULTS}\n\n{NEXT}"
SECOND = f"{NEXT}\n\n{TEAM}\n\n{COST}"
"""The results are gone, the other two have changed places around a new slide."""


def test_comments_go_along_and_those_on_a_page_that_is_gone_stay(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    region = {"x": 0.25, "y": 0.5}
    cost = decks.say(asset, 1, "Dear", actor=world.jon, region=region)
    results = decks.say(asset, 2, "Many", actor=world.jon)
    taken_back = decks.say(asset, 3, "Never", actor=world.jon)
    remove(taken_back, actor=world.jon)
    second = decks.renew(asset, SECOND)
    assert [spot(each) for each in (cost, results, taken_back)] == [(2, 3), (1, 2), (2, 1)]
    assert (cost.x, cost.y) == (0.25, 0.5)
    assert second.follows_id == asset.versions[0].id
    before = [each.id for each in asset.versions[0].pages]
    assert [each.continues_id for each in second.pages] == [before[2], None, before[0]]


def test_the_deck_of_a_review_takes_its_questions_along_in_both_threads(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", deck=asset)
    question = ask(review, "How much?", actor=world.jon, page=1).comment
    beside = decks.say(asset, 1, "On the file itself", actor=world.mei)
    commit()
    decks.renew(asset, SECOND)
    assert spot(question) == spot(beside) == (2, 3)


def test_what_is_written_beside_an_older_version_goes_where_the_page_is_now(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    first = asset.versions[0].id
    second = decks.renew(asset, SECOND, drawn=False)
    assert asset.page_version.number == 1 and asset.current.number == 2
    meanwhile = decks.say(asset, 1, "While it is drawn", actor=world.jon)
    assert spot(meanwhile) == (1, 1)
    decks.draw(second)
    assert spot(meanwhile) == (2, 3)
    assert spot(decks.say(asset, 3, "From an old tab", actor=world.jon, version=first)) == (2, 1)
    assert spot(decks.say(asset, 2, "On what is gone", actor=world.jon, version=first)) == (1, 2)
    assert spot(decks.say(asset, 2, "On what is new", actor=world.jon)) == (2, 2)


def test_a_version_that_cannot_be_drawn_changes_nothing(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    said = decks.say(asset, 1, "Dear", actor=world.jon)
    decks.renew(asset, "!")
    decks.renew(asset, "")
    assert [each.status for each in asset.versions] == ["ready", "failed", "ready"] and not asset.current.page_count
    assert spot(said) == (1, 1) and asset.page_version.number == 1
    fourth = decks.renew(asset, SECOND)
    assert spot(said) == (4, 3) and fourth.follows_id == asset.versions[0].id


def test_two_versions_drawn_in_the_wrong_order_are_put_in_line(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    on_results, on_cost = (decks.say(asset, page, "So", actor=world.jon) for page in (2, 1))
    second = decks.renew(asset, f"{COST}\n\nResults\nMany leads from trade fairs\n\n{NEXT}", drawn=False)
    third = decks.renew(asset, f"Fairs\nMany leads from trade fairs\n\n{COST}")
    assert (spot(on_results), spot(on_cost)) == ((1, 2), (3, 2))
    decks.draw(second)
    assert (second.follows_id, third.follows_id) == (asset.versions[0].id, second.id)
    assert (spot(on_results), spot(on_cost)) == ((3, 1), (3, 2))


def test_a_page_that_comes_back_brings_back_what_was_said_of_it(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    said = decks.say(asset, 2, "Many", actor=world.jon)
    decks.renew(asset, SECOND)
    decks.renew(asset, f"{SECOND}\n\n{RESULTS}")
    assert spot(said) == (3, 4)


def test_evidence_stays_on_its_slide(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", deck=asset)
    said = decks.say(review, 2, "Many", actor=world.jon)
    learning = state_learning(world.commons, "Short forms win", actor=world.lena, origin=Ground(said, 2))
    for ground in (Ground(review, 1), Ground(asset, 3, "cost"), Ground(asset, 1, "cost"), Ground(review, 2)):
        add_ground(learning, ground, actor=world.lena)
    commit()
    decks.renew(asset, SECOND)
    rests_on = db.session.scalars(select(Evidence).order_by(Evidence.id)).all()
    assert [spot(each) for each in rests_on] == [(1, 2), (2, 3), (2, 1), (2, 3), (1, 2)]
    assert [each.is_of_older_version for each in rests_on] == [True, False, False, False, True]
    assert not add_ground(learning, Ground(review, 3), actor=world.lena)
    assert add_ground(learning, Ground(review, 2), actor=world.lena), "slide 2 is another one now"


def test_versions_of_before_are_compared_once(world, decks):
    asset = decks.share(world.commons, FIRST, actor=world.lena)
    said = decks.say(asset, 1, "Dear", actor=world.jon)
    second = decks.renew(asset, SECOND)
    said.version_id, said.page = asset.versions[0].id, 1
    db.session.execute(update(Page).values(continues_id=None))
    db.session.execute(update(Version).values(follows_id=None))
    commit()
    assert (compare_missed(), compare_missed()) == (1, 0)
    assert spot(said) == (2, 3)
    db.session.refresh(second)
    assert second.follows_id == asset.versions[0].id
