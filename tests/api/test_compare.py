"""Reviews side by side, for scripts."""

import pytest

from app.activity.delivery import commit
from app.reviews.actions import post_review
from tests.api.conftest import errors


@pytest.fixture
def reviews(world) -> list[int]:
    """Ids of five webinars in EMEA, cost per lead 10 to 50, the last in dollars, and of a secret sixth."""
    places = [world.commons] * 5 + [world.space("project", "secret")]
    found = [
        post_review(place, f"Webinar {step}", actor=world.lena, quarter="2026-Q2", region="EMEA", channels=["webinar"],
                    cost=100 * step, leads=10, currency="USD" if step == 5 else "EUR")
        for step, place in enumerate(places, start=1)
    ]
    commit()
    return [each.id for each in found]


def test_chosen_reviews_with_their_figures_and_how_they_are_spread(lena, reviews):
    one, two, three = reviews[:3]
    answer = lena.get(f"/reviews/compare?ids={one},{two},{three}").json
    assert {each["id"] for each in answer["items"]} == {one, two, three}
    assert answer["items"][0]["metrics"]["leads"] == 10 and answer["items"][0]["kpis"]["romi"]["missing"] == ["margin"]
    assert answer["summary"]["cpl"] == {"n": 3, "min": 10.0, "q1": 15.0, "median": 20.0, "q3": 25.0, "max": 30.0,
                                        "unit": "money", "better": "lower"}
    assert answer["summary"]["romi"] == {"n": 0, "min": None, "q1": None, "median": None, "q3": None, "max": None,
                                         "unit": "ratio", "better": "higher"}
    assert (answer["currency"], answer["left_out"], answer["more"], answer["next"]) == ("EUR", [], False, None)


def test_filters_and_currencies(lena, reviews):
    answer = lena.get("/reviews/compare?quarter=2026&region=EMEA&channel=webinar").json
    assert len(answer["items"]) == 6 and answer["left_out"] == [reviews[4]] and answer["summary"]["cpl"]["n"] == 5
    dollars = lena.get("/reviews/compare?region=EMEA&currency=USD").json
    assert dollars["currency"] == "USD" and dollars["summary"]["cpl"]["n"] == 1
    assert lena.get("/reviews/compare?region=Nowhere").json["items"] == []
    assert len(lena.get("/reviews?quarter=2026").json["items"]) == 6


def test_what_the_caller_may_not_see_counts_nowhere(world, api_of, reviews):
    otto = api_of(world.otto)
    for query in ("region=EMEA", f"ids={','.join(map(str, reviews))}", f"peers_of={reviews[0]}"):
        answer = otto.get(f"/reviews/compare?{query}").json
        assert reviews[5] not in [each["id"] for each in answer["items"]], query
        assert answer["summary"]["cpl"]["max"] == 40, query
    assert otto.get(f"/reviews/compare?peers_of={reviews[5]}").status_code == 404


def test_peers_are_summed_up_without_the_review_itself(lena, reviews):
    answer = lena.get(f"/reviews/compare?peers_of={reviews[0]}").json
    assert answer["items"][0]["id"] == reviews[0] and answer["summary"]["cpl"]["n"] == 4
    assert answer["summary"]["cpl"]["min"] == 20


@pytest.mark.parametrize("query", ["ids=1,x", "ids=0", "ids=99999999999", "currency=XXX", "peers_of=0"])
def test_what_cannot_be_understood_is_refused(lena, query):
    answer = lena.get(f"/reviews/compare?{query}")
    assert answer.status_code == 422 and list(errors(answer)) == [query.partition("=")[0]]
