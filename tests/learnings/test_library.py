"""The library: its filters, its order, and what suits whom; never more than one may see."""

import pytest

from app.activity.delivery import commit
from app.extensions import db
from app.feed.streams import Window
from app.learnings import actions, library
from app.learnings.models import Learning
from app.reviews.actions import post_review
from app.search.similar import similar
from tests.world import World


def titles(ids) -> list[str]:
    return [db.session.get(Learning, key).title for key in ids]


def shelf(person, window=None, **wanted) -> list[str]:
    return titles(library.browse(person, library.Shelf(**wanted), window or Window())[0])


def state(world: World, claim: str, *results: str, space=None, **narrowed_to) -> Learning:
    learning = actions.state_learning(space or world.commons, claim, actor=world.lena, narrowed_to=narrowed_to)
    for number, result in enumerate(results):
        trial = actions.apply_learning(learning, f"Market {number}", actor=world.jon)
        actions.end_trial(trial, result, actor=world.jon)
    return learning


@pytest.fixture
def books(world) -> World:
    state(world, "Untested", channel=["webinar"])
    state(world, "Once", "worked", channel=["e-mail"], region=["DACH"])
    state(world, "Replicated", "worked", "worked", "worked", channel=["webinar"], region=["EMEA"])
    state(world, "Contested", "worked", "worked", "failed", channel=["webinar"])
    state(world, "Refuted", "failed", "failed", channel=["fair"])
    state(world, "Secret", "worked", "worked", space=world.space("project", "secret"), channel=["webinar"])
    commit()
    return world


def test_the_best_proven_come_first_and_what_failed_last(books):
    assert shelf(books.otto) == ["Replicated", "Once", "Contested", "Untested", "Refuted"]
    assert shelf(books.otto, order="newest") == ["Refuted", "Contested", "Replicated", "Once", "Untested"]


def test_it_is_narrowed_by_where_things_hold_and_by_their_record(books):
    assert shelf(books.otto, scopes={"channel": "webinar"}) == ["Replicated", "Contested", "Untested"]
    assert shelf(books.otto, scopes={"channel": "webinar", "region": "EMEA"}) == ["Replicated"]
    for standing, expected in {"proven": "Replicated", "contested": "Contested", "promising": "Once",
                               "untested": "Untested", "refuted": "Refuted"}.items():
        assert shelf(books.otto, standing=standing) == [expected]


@pytest.mark.parametrize("order", library.ORDERS)
def test_paging_shows_everything_once(books, order):
    found, before = [], None
    while True:
        ids, before = library.browse(books.lena, library.Shelf(order=order), Window(before=before, limit=2))
        found += titles(ids)
        if before is None:
            break
    assert found == shelf(books.lena, order=order) and "Secret" in found


def test_what_is_superseded_is_off_the_shelves(books):
    by_title = {each.title: each for each in db.session.scalars(db.select(Learning))}
    actions.supersede(by_title["Once"], by_title["Replicated"], actor=books.lena)
    commit()
    assert "Once" not in shelf(books.lena)


def test_the_choices_are_those_of_what_one_may_see(books):
    assert library.choices(books.otto)["channel"] == ["e-mail", "fair", "webinar"]
    state(books, "Hidden", space=books.space("project", "secret"), channel=["hush"])
    commit()
    assert "hush" not in library.choices(books.otto)["channel"]


def test_what_suits_a_campaign_shares_most_with_it_and_failures_count_as_much(books):
    suits = titles(library.suiting(books.otto, {"channel": ["webinar"], "region": ["EMEA"]}))
    assert suits[0] == "Replicated" and "Secret" not in suits
    assert titles(library.suiting(books.otto, {"channel": ["fair"]})) == ["Refuted"]
    assert library.suiting(books.otto, {"channel": []}) == []


def test_for_me_is_what_suits_the_campaigns_i_reviewed(books):
    post_review(books.commons, "Mine", actor=books.mei, quarter="2026-Q3", channels=["e-mail"], region="DACH")
    commit()
    assert titles(library.for_me(books.mei)) == ["Once"]
    assert library.for_me(books.otto) == []


def test_before_money_is_spent_one_sees_what_was_tried_failures_included(books):
    post_review(books.commons, "Hannover fair 2025", actor=books.jon, quarter="2025-Q2", channels=["fair"])
    post_review(books.space("project", "secret"), "Hannover secret", actor=books.lena, quarter="2025-Q2", channels=[])
    commit()
    found = similar(books.otto, "Hannover fair 2026", {"channel": ["fair"]})
    assert [each.title for each in found.learnings] == ["Refuted"]
    assert [each.title for each in found.reviews] == ["Hannover fair 2025"]
