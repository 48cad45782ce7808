"""Figures by channel and week: kept and replaced, taken from a file over two pages, shown with what they answer."""

import io
import json

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Activity
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.breakdown_models import BreakdownRow, FigureHeader
from app.reviews.breakdown_view import breakdown_tables
from app.reviews.breaking_down import meanings_of, remember, replace_breakdown
from app.reviews.models import Review

FILE = ("Kanal;Kosten;Leads;Klicks\nWebinar;1.234,50;12;99\nE-Mail;800;3;44\nGesamt;2.034,50;15;143\n"
        "Erstellt von admin;;;\n")


@pytest.fixture
def review(world) -> Review:
    review = post_review(world.commons, "Clinic", actor=world.lena, quarter="2026-Q3", cost=5, leads=7)
    commit()
    return review


def upload(browser, review, data: bytes | str = FILE):
    content = data.encode() if isinstance(data, str) else data
    return browser.post(f"{review.url}/figures-file", data={"file": (io.BytesIO(content), "figures.csv")},
                        content_type="multipart/form-data")


def sent_back(*meanings: str, **fields) -> dict:
    rows = [line.split(";") for line in FILE.splitlines()]
    said = {f"meaning-{at}": each for at, each in enumerate(meanings)}
    return {"table": json.dumps({"headers": rows[0], "rows": rows[1:]}), "shown": ",".join(meanings),
            "use": ["0", "1"], "take": ["cost", "leads"], "do": "take", **said} | fields


def rows_of(review) -> list[tuple]:
    db.session.expire_all()
    return [(row.kind, row.label, row.cost, row.leads) for row in review.breakdown]


def take(browser, review, *meanings: str, **fields):
    return browser.post(f"{review.url}/figures-file/figures", data=sent_back(*meanings, **fields))


def test_a_file_shows_its_sums_beside_the_review_and_changes_nothing_yet(world, browser_of, review):
    page = upload(browser_of(world.lena), review, FILE.encode("utf-16")).text
    assert "€2,034" in page and "€5.00" in page and "2 of 4 rows count" in page
    assert '<option value="channel" selected>' in page and '<option value="ignored" selected>' in page
    db.session.expire_all()
    assert (review.cost, review.leads, rows_of(review)) == (5, 7, [])


def test_a_column_of_shares_is_not_taken_for_a_figure(world, browser_of, review):
    page = upload(browser_of(world.lena), review, "Kanal;Leads;Antworten\nWebinar;5;1,5 %\nMail;6;2 %\n").text
    assert "In the file" in page and "added up." not in page


def test_what_is_ticked_is_taken_over_and_the_rows_are_kept(world, browser_of, review):
    answer = take(browser_of(world.lena), review, "channel", "cost", "leads", "ignored", take=["cost"])
    assert answer.status_code == 303 and answer.headers["Location"] == f"{review.url}#figures"
    assert rows_of(review) == [("channel", "Webinar", 1234.5, 12), ("channel", "E-Mail", 800, 3)]
    assert (float(review.cost), review.leads) == (2034.5, 7)
    page = browser_of(world.jon).get(review.url).text
    assert "The cheapest leads came from Webinar: €102.88 each; the dearest from E-Mail: €266.67" in page
    take(browser_of(world.lena), review, "channel", "ignored", "leads", "ignored", use=["1"])
    assert rows_of(review) == [("channel", "E-Mail", None, 3)] and review.leads == 3


def test_other_meanings_are_shown_before_they_count(world, browser_of, review):
    shown = "channel,cost,leads,ignored"
    answer = take(browser_of(world.lena), review, "channel", "cost", "sqls", "ignored", shown=shown)
    assert answer.status_code == 200 and "The columns changed" in answer.text and rows_of(review) == []
    assert "SQLs" in answer.text and "2 of 4 rows count" in answer.text


def test_what_was_said_of_a_header_is_remembered_by_whoever_comes_next(world, browser_of, review):
    take(browser_of(world.lena), review, "week", "cost", "ignored", "leads")
    assert meanings_of(["KANAL ", "Klicks", "leads", "Neu"]) == ["week", "leads", "ignored", "ignored"]
    remember(["Kanal", "Kanal"], ["channel", "ignored"])
    assert meanings_of(["kanal"]) == ["ignored"]
    assert db.session.scalars(select(FigureHeader).where(FigureHeader.header == "kanal")).one().meaning == "ignored"


@pytest.mark.parametrize(("meanings", "message"), [
    (("channel", "cost", "leads", "week"), "Say which one column"),
    (("channel", "leads", "ignored", "ignored"), "no whole numbers"),
])
def test_what_does_not_fit_changes_nothing(world, browser_of, review, meanings, message):
    answer = take(browser_of(world.lena), review, *meanings)
    assert answer.status_code == 422 and message in answer.text and rows_of(review) == []


@pytest.mark.parametrize("used", [[], ["3"]])
def test_where_no_row_counts_what_is_there_stays(world, browser_of, review, used):
    replace_breakdown(review, "channel", [("Mail", {"leads": 7})], actor=world.lena)
    answer = take(browser_of(world.lena), review, "channel", "cost", "leads", "ignored", use=used)
    assert answer.status_code == 422 and "tick at least one row" in answer.text and "are in." not in answer.text
    assert rows_of(review) == [("channel", "Mail", None, 7)] and (review.cost, review.leads) == (5, 7)


@pytest.mark.parametrize("table", [
    "", "[]", '{"headers": ["a"], "rows": [[1]]}', '{"headers": 1, "rows": 2}', "[" * 100_000,
])
def test_what_is_no_table_of_ours_is_refused(world, browser_of, review, table):
    answer = take(browser_of(world.lena), review, "channel", "leads", table=table)
    assert answer.status_code == 422 and "Choose the file again" in answer.text


def test_a_file_that_cannot_be_read_says_why_beside_the_field(world, browser_of, review):
    lena = browser_of(world.lena)
    for answer in (upload(lena, review, b"\x89PNG\0\0\1"), upload(lena, review, "one column")):
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert "Choose a file first." in lena.post(f"{review.url}/figures-file").text


def test_only_who_may_change_the_review_may_bring_figures(world, browser_of, review):
    jon = browser_of(world.jon)
    assert jon.get(f"{review.url}/figures-file").status_code == 403
    assert upload(jon, review).status_code == 403 and take(jon, review, "channel", "cost").status_code == 403
    assert jon.post(f"{review.url}/breakdown/channel/delete").status_code == 403


def test_rows_of_one_kind_are_replaced_and_the_other_kind_stays(world, browser_of, review):
    replace_breakdown(review, "week", [("W27", {"leads": 3}), ("W28", {"leads": 4})], actor=world.lena)
    replace_breakdown(review, "channel", [("Mail", {"leads": 7})], actor=world.lena)
    assert replace_breakdown(review, "channel", [("Webinar", {"leads": 6})], actor=world.lena)
    edits = select(db.func.count()).select_from(Activity).where(Activity.kind == "entry.edited")
    before = db.session.scalar(edits)
    assert not replace_breakdown(review, "channel", [("Webinar", {"leads": 6})], actor=world.lena)
    assert db.session.scalar(edits) == before
    commit()
    assert [row[:2] for row in rows_of(review)] == [("channel", "Webinar"), ("week", "W27"), ("week", "W28")]
    browser_of(world.lena).post(f"{review.url}/breakdown/week/delete")
    assert [row[:2] for row in rows_of(review)] == [("channel", "Webinar")]
    browser_of(world.lena).post(f"/e/{review.id}/delete")
    assert db.session.scalars(select(BreakdownRow)).all() == []


def drawn(review, kind: str, rows: dict, name: str):
    review.breakdown = [BreakdownRow(kind=kind, position=at, label=label, **{name: value})
                        for at, (label, value) in enumerate(rows.items())]
    [table] = breakdown_tables(review)
    return table


def test_weeks_are_drawn_as_a_line_that_says_when_the_most_came(review):
    table = drawn(review, "week", {"W27": 2, "W28": 8, "W29": 4}, "leads")
    assert table.drawing.title == "Leads: the most in W28, 8 of 14" and table.sums == ["14"]
    assert table.drawing.line.points == "6.0,69.0 160.0,6.0 314.0,48.0" and table.drawing.line.peak == (160.0, 6.0)


@pytest.mark.parametrize(("kind", "rows"), [
    ("week", {"W27": 2, "W28": 8}), ("week", {"W27": 2, "W28": None, "W29": 3}),
    ("week", {"W27": 2, "W28": 2, "W29": 2}), ("channel", {"Mail": 3}), ("channel", {"Mail": 3, "Ads": 3}),
])
def test_nothing_is_drawn_that_answers_nothing(review, kind, rows):
    assert drawn(review, kind, rows, "leads").drawing is None


def test_channels_without_costs_are_drawn_by_what_they_brought(review):
    bars = drawn(review, "channel", {"Mail": 2, "Ads": 8}, "leads").drawing
    assert bars.title == "Leads: the most from Ads, 8; the least from Mail, 2"
    assert [(bar.label, bar.width, bar.is_best) for bar in bars.bars] == [("Ads", 100.0, True), ("Mail", 25.0, False)]
