"""The loop: counts, amounts that are never added across currencies, and the median of what was answered."""

from decimal import Decimal

from app.handoffs.loop import Given, grouped, total

EURO = (Decimal(100), "EUR")


def given(state: str = "accepted", **fields) -> Given:
    return Given("2026-Q3", "Webinars", "Fair", "EMEA", state, **fields)


def test_what_was_won_was_an_opportunity_and_what_was_taken_back_was_never_given():
    loop = total([given(opportunity=EURO, won=(Decimal(80), "EUR"), answered_after=60), given("withdrawn"),
                  given(won=(Decimal(50), "USD"), answered_after=240), given("waiting"),
                  given("declined", declined_because="Too small", answered_after=120)])
    assert (loop.given, loop.accepted, loop.declined, loop.opportunities, loop.won) == (4, 2, 1, 2, 2)
    assert loop.pipeline == {"EUR": 100, "USD": 50} and loop.revenue == {"EUR": 80, "USD": 50}
    assert loop.reasons == {"Too small": 1} and loop.median_answer == 120
    assert total([given("waiting")]).median_answer is None


def test_groups_stand_by_size_and_what_nobody_said_last():
    rows = [Given("2026-Q3", name, "", "", "waiting") for name in ("", "", "", "Fairs", "Letters", "letters")]
    assert [(each.label, each.given) for each in grouped(rows, "programme")] == [("Letters", 2), ("Fairs", 1), ("", 3)]
    quarters = [Given(quarter, "", "", "", "waiting") for quarter in ("2025-Q4", "2026-Q2", "2026-Q2", "2026-Q3")]
    assert [each.label for each in grouped(quarters, "quarter")] == ["2026-Q3", "2026-Q2", "2025-Q4"]
