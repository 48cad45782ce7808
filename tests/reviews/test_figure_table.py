"""The figures of a review beside their targets, last quarter and the company's currency; the form that takes them."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from app.activity.delivery import commit
from app.extensions import db
from app.reviews.actions import change_review, post_review
from app.reviews.choosing import choose
from app.reviews.comparison import COLUMNS, compare
from app.reviews.converting import at_stated_rates
from app.reviews.currencies import last_rates
from app.reviews.figure_table import figure_table
from app.reviews.last_quarter import last_quarter
from app.reviews.models import Review
from app.reviews.standings import standings

RATED = {"currency": "USD", "rate": Decimal("0.5"), "rate_on": date(2026, 9, 30)}


def review_of(world, title: str = "Clinic", *, space=None, **fields) -> Review:
    named = {"quarter": "2026-Q3", "programme": "Leak Clinic", "region": "DACH"} | fields
    return post_review(space or world.commons, title, actor=world.lena, **named)


def lines(world, review) -> dict:
    return {line.name: line for line in figure_table(world.jon, review).lines}


def test_targets_stand_beside_what_was_with_how_much_is_reached(world):
    found = lines(world, review_of(world, budget=1000, cost=900, leads=30, target_leads=20, sqls=3, margin=-5,
                                   target_margin=-10))
    assert (found["cost"].target, found["cost"].reached) == ("€1,000", "90% of target")
    assert (found["leads"].target, found["leads"].reached) == ("20", "150% of target")
    assert (found["sqls"].actual, found["sqls"].target, found["sqls"].reached) == ("3", None, None)
    assert (found["margin"].target, found["margin"].reached) == ("-€10.00", None)
    assert (found["cpl"].actual, found["cpl"].target, found["cpl"].reached) == ("€30.00", "€50.00", "60% of target")
    assert found["budget_use"].target is None and found["cac"].target is None


def test_a_computed_figure_shows_what_it_was_computed_from(world):
    found = lines(world, review_of(world, cost=12000, leads=300, margin=18000))
    assert (str(found["cpl"].definition), found["cpl"].inputs) == ("Cost ÷ leads", "€12,000 ÷ 300")
    assert found["romi"].inputs == "(€18,000 − €12,000) ÷ €12,000"
    assert (found["cac"].actual, found["cac"].missing) == (None, "because new customers are missing")


def test_the_quarter_before_shows_what_changed_and_judges_only_where_it_can(world):
    review_of(world, quarter="2026-Q2", cost=1000, leads=20, sent=100, responses=10, sqls=4, mqls=0)
    found = lines(world, review_of(world, cost=900, leads=30, sent=50, responses=10, sqls=3, mqls=5))
    changes = {name: (line.last, line.change and (line.change.text, line.change.verdict))
               for name, line in found.items()}
    assert changes["cost"] == ("€1,000", ("−10%", ""))
    assert changes["leads"] == ("20", ("+50%", "better")) and changes["sqls"] == ("4", ("−25%", "worse"))
    assert changes["cpl"] == ("€50.00", ("−40%", "better"))
    assert changes["response_rate"] == ("10%", ("+10.0 points", "better"))
    assert changes["responses"] == ("10", ("unchanged", "")) and changes["mqls"] == ("0", None)
    assert changes["romi"] == (None, None)


def test_last_quarter_is_of_the_same_programme_and_region_and_for_the_readers_eyes(world):
    now = review_of(world, segment="Food")
    assert last_quarter(world.jon, now) is None
    secret = world.space("project", "secret")
    for title, fields in {"Old": {"quarter": "2026-Q1"}, "Same quarter": {}, "Elsewhere": {"region": "Italy"},
                          "Other": {"programme": "Search"}}.items():
        review_of(world, title, **{"quarter": "2026-Q2"} | fields if title != "Same quarter" else {})
    assert last_quarter(world.jon, now) is None
    review_of(world, "Open", quarter="2026-Q2")
    review_of(world, "Hidden", quarter="2026-Q2", segment="Food", space=secret)
    assert last_quarter(world.jon, now).title == "Hidden"
    assert last_quarter(world.otto, now).title == "Open"
    assert last_quarter(world.otto, review_of(world, programme="")) is None


def test_amounts_in_another_currency_are_told_in_the_companys_too(world):
    review_of(world, quarter="2026-Q2", cost=500)
    review = review_of(world, cost=900, leads=3, **RATED)
    found = lines(world, review)
    assert (found["cost"].actual, found["cost"].worth, found["leads"].worth) == ("$900.00", "€450.00", None)
    assert (found["cost"].last, found["cost"].change.text) == ("$1,000", "−10%")
    assert figure_table(world.jon, review).rate.sentence == "1 USD = 0.5 EUR on Sep 30, 2026"
    change_review(review, actor=world.lena, rate=None, rate_on=None)
    found = lines(world, review)
    assert (found["cost"].worth, found["cost"].last, found["cost"].change) == (None, "€500.00", None)


def test_a_rate_goes_with_its_currency(world):
    review = review_of(world, **RATED)
    change_review(review, actor=world.lena, currency="GBP")
    assert (review.rate, review.rate_on) == (None, None)
    change_review(review, actor=world.lena, **RATED)
    assert (review.currency, review.rate) == ("USD", Decimal("0.5"))


@pytest.mark.parametrize("wrong", [{"rate": Decimal(1)}, {"rate_on": date(2026, 1, 1)}, {"target_leads": -1},
                                   {"rate": Decimal(0), "rate_on": date(2026, 1, 1)}])
def test_the_database_keeps_rates_and_targets_sound(world, wrong):
    with pytest.raises(IntegrityError):
        review_of(world, currency="USD", **wrong)


def test_the_rate_of_the_latest_day_is_proposed_and_a_secret_one_is_not(world):
    review_of(world, **RATED)
    review_of(world, **RATED | {"rate": Decimal("0.6"), "rate_on": date(2026, 6, 30)})
    later = RATED | {"rate": Decimal(9), "rate_on": date(2026, 10, 1)}
    review_of(world, space=world.space("project", "secret"), **later)
    assert last_rates(world.otto)["USD"].rate == Decimal("0.5") and last_rates(world.lena)["USD"].rate == 9


def test_reviews_that_state_their_rate_are_compared_and_others_are_named(world):
    titles = {"Euro": {"currency": "EUR"}, "Dollar": RATED, "Pound": {"currency": "GBP"}}
    for title, fields in titles.items():
        review_of(world, title, cost=100, leads=10, **fields)
    found = compare(at_stated_rates(choose(world.jon).rows), "EUR")
    assert [row.title for row in found.left_out] == ["Pound"]
    assert sorted(found.values(COLUMNS["cpl"])) == [5, 10]
    [dollar] = [row for row in found.rows if row.converted_from]
    assert (dollar.title, dollar.converted_from, dollar.metrics["leads"]) == ("Dollar", "USD", 10)


def test_peers_are_converted_into_the_currency_of_the_review(world):
    for number in range(4):
        review_of(world, f"Euro {number}", channels=["webinar"], cost=100, leads=10)
    review = review_of(world, channels=["webinar"], cost=100, leads=10, **RATED)
    found = standings(world.jon, review)
    assert found.notes["cpl"].text == "Better than all 4, median $20.00"
    assert found.money == "4 reviews were converted into USD at the rates they state."


FORM = {"title": "Clinic", "quarter": "2026-Q3", "currency": "USD", "rate": "0,1285", "rate_on": "2026-09-30",
        "leads": "9", "target_leads": "1.200", "target_won": "9,5", "budget": "10"}


def test_the_form_takes_targets_and_rates_as_people_write_them(world, browser_of):
    browser_of(world.lena).post("/reviews/new", data=FORM | {"space_id": world.commons.id})
    review = db.session.scalars(db.select(Review)).one()
    assert (review.rate, review.rate_on) == (Decimal("0.1285"), date(2026, 9, 30))
    assert (review.target_leads, review.target_won, review.targets["cost"]) == (1200, Decimal("9.5"), 10)
    page = browser_of(world.lena).get(f"{review.url}/edit").text
    assert 'value="0.1285"' in page and 'value="1200"' in page and 'value="9.50"' in page
    browser_of(world.lena).post(f"{review.url}/edit", data=FORM | {"space_id": world.commons.id, "currency": "EUR"})
    db.session.expire_all()
    assert (review.currency, review.rate, review.target_leads) == ("EUR", None, 1200)


@pytest.mark.parametrize(("wrong", "message"), [
    ({"rate_on": ""}, "Say of which day this rate is."), ({"rate": ""}, "Say the rate of this day"),
    ({"rate": "0"}, "A rate is above zero"), ({"rate": "much"}, "This is not a number."),
    ({"target_leads": "-1"}, "This cannot be negative."), ({"target_leads": "Infinity"}, "This is not a number."),
])
def test_what_does_not_fit_is_said_beside_its_field_and_stays(world, browser_of, wrong, message):
    answer = browser_of(world.lena).post("/reviews/new", data=FORM | wrong | {"space_id": world.commons.id})
    assert answer.status_code == 422 and message in answer.text
    for typed in (FORM | wrong).values():
        assert not typed or f'value="{typed}"' in answer.text or f">{typed}<" in answer.text


def test_the_form_proposes_the_rate_that_was_last_used(world, browser_of):
    review_of(world, **RATED)
    unrated = review_of(world, currency="USD")
    commit()
    page = browser_of(world.lena).get(f"{unrated.url}/edit").text
    assert 'value="0.5"' in page and 'value="2026-09-30"' in page and "1 USD = 0.5 EUR on Sep 30, 2026" in page


def test_a_review_begins_in_the_companys_currency(world, app, browser_of):
    app.config["COMPANY_CURRENCY"] = "SEK"
    try:
        assert '<option selected value="SEK">' in browser_of(world.lena).get("/reviews/new").text
        assert review_of(world).currency == "SEK"
    finally:
        app.config["COMPANY_CURRENCY"] = "EUR"
