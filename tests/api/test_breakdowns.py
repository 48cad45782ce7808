"""Targets, rates and rows of a review's figures through the API; a file of figures in one call."""

import io

import pytest

from tests.api.conftest import errors

CSV = "Channel;Cost;Leads;Clicks\nWebinar;1.000,50;10;7\nMail;500;5;3\nTotal;1.500,50;15;10\n"


@pytest.fixture
def review(world, lena) -> dict:
    return lena.post("/reviews", json={
        "space_id": world.commons.id, "title": "Clinic", "quarter": "2026-Q3", "currency": "USD", "rate": 0.92,
        "rate_on": "2026-09-30", "metrics": {"cost": 100}, "targets": {"cost": 90, "leads": 20},
    }).json


def edit(caller, review, change: dict):
    return caller("PATCH", f"/entries/{review['id']}", change)


def test_targets_and_rates_are_given_changed_and_read(lena, review):
    assert (review["rate"], review["rate_on"], review["metrics"]["budget"]) == (0.92, "2026-09-30", 90)
    assert (review["targets"]["cost"], review["targets"]["leads"], review["targets"]["won"]) == (90, 20, None)
    changed = edit(lena, review, {"targets": {"leads": None, "responses": 8}, "rate": 0.5}).json
    assert (changed["targets"]["leads"], changed["targets"]["cost"], changed["rate"]) == (None, 90, 0.5)
    assert changed["metrics"]["expected_responses"] == 8
    assert edit(lena, review, {"currency": "GBP"}).json["rate"] is None


@pytest.mark.parametrize(("change", "field"), [
    ({"rate": None}, "rate"), ({"rate_on": None}, "rate_on"), ({"currency": "EUR", "rate": 1}, "rate"),
    ({"rate": 0}, "rate"), ({"rate": "0.9"}, "rate"), ({"targets": {"leads": -1}}, "targets.leads"),
    ({"targets": {"budget": 1}}, "targets.budget"),
])
def test_rates_and_targets_that_do_not_fit_are_refused(lena, review, change, field):
    answer = edit(lena, review, change)
    assert answer.status_code == 422 and field in errors(answer)


def test_rows_are_put_by_kind_with_figures_of_their_own(lena, review, api_of, world):
    url = f"/reviews/{review['id']}/breakdown"
    rows = [{"label": "W27", "metrics": {"cost": 10, "leads": 2}}, {"label": "W28"}]
    answer = lena("PUT", url, {"kind": "week", "rows": rows}).json
    assert [(row["kind"], row["label"]) for row in answer["breakdown"]] == [("week", "W27"), ("week", "W28")]
    assert answer["breakdown"][0]["kpis"]["cpl"]["value"] == 5 and answer["metrics"]["cost"] == 100
    lena("PUT", url, {"kind": "channel", "rows": [{"label": "Mail", "metrics": {"leads": 2}}]})
    assert lena("PUT", url, {"kind": "week", "rows": []}).json["breakdown"][0]["label"] == "Mail"
    assert api_of(world.jon)("PUT", url, {"kind": "week", "rows": []}).status_code == 403


def send(browser, review, text: str = CSV, **fields):
    data = {"file": (io.BytesIO(text.encode()), "figures.csv"), **fields}
    return browser.post(f"/reviews/{review['id']}/figures-file", data=data, content_type="multipart/form-data")


def test_a_file_becomes_figures_and_rows_in_one_call(lena, review):
    answer = send(lena, review).json
    assert (answer["metrics"]["cost"], answer["metrics"]["leads"]) == (1500.5, 15)
    assert [(row["label"], row["metrics"]["leads"]) for row in answer["breakdown"]] == [("Webinar", 10), ("Mail", 5)]
    answer = send(lena, review, columns='{"Clicks": "responses", "Cost": "ignored"}', figures="responses").json
    assert (answer["metrics"]["responses"], answer["metrics"]["cost"]) == (10, 1500.5)
    assert send(lena, review, "Channel;Clicks\nMail;4").json["metrics"]["responses"] == 4


@pytest.mark.parametrize(("text", "fields", "field"), [
    ("nothing", {}, "file"), (CSV, {"columns": '{"Cost": "gold"}'}, "columns"), (CSV, {"columns": "["}, "columns"),
    (CSV, {"columns": '{"Channel": "ignored"}'}, "columns"), (CSV, {"figures": "gold"}, "figures"),
])
def test_a_file_that_does_not_fit_changes_nothing(lena, review, text, fields, field):
    answer = send(lena, review, text, **fields)
    assert answer.status_code == 422 and field in errors(answer)
    assert lena.get(f"/reviews/{review['id']}").json["breakdown"] == []


def test_money_is_compared_at_the_rates_that_reviews_state(lena, world, review):
    own = lena.post("/reviews", json={"space_id": world.commons.id, "title": "Own", "quarter": "2026-Q3",
                                      "metrics": {"cost": 50, "leads": 1}}).json
    edit(lena, review, {"metrics": {"leads": 1}})
    ids = f"ids={own['id']},{review['id']}"
    assert lena.get(f"/reviews/compare?{ids}").json["summary"]["cpl"]["n"] == 1
    answer = lena.get(f"/reviews/compare?{ids}&convert=true").json
    assert (answer["currency"], answer["left_out"], answer["summary"]["cpl"]["max"]) == ("EUR", [], 92.0)
    [converted] = [each for each in answer["items"] if each["converted_from"]]
    assert (converted["converted_from"], converted["currency"], converted["metrics"]["cost"]) == ("USD", "EUR", 92)
