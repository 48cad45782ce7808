"""Files of figures: whatever their dialect, the same rows and the same sums; and what cannot be read is said."""

import csv
import io
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reviews.adding_up import add_up
from app.reviews.figure_words import guess, names_total
from app.reviews.figures_file import Percentage, Unreadable, decimal_sign, number, read, totals

NARROW = "\u202f"
STYLES = st.sampled_from([(",", "."), (",", ""), (",", " "), (",", NARROW), (".", ","), (".", ""), (".", "'")])
MARKS = st.sampled_from(["{}", "{} €", "€{}", "EUR {}", " {} "])
LABELS = st.text("aß,;|\t\n\"'. 1", max_size=12).map(lambda text: f"ch {text}".strip())
ROWS = st.lists(
    st.tuples(LABELS, st.none() | st.decimals(0, 10**9, places=2), st.none() | st.integers(0, 10**6)),
    min_size=1, max_size=6, unique_by=lambda row: " ".join(row[0].split()),
).filter(lambda rows: any(cost is not None for _label, cost, _leads in rows))


def written(value, style: tuple[str, str]) -> str:
    decimal, group = style
    return "" if value is None else f"{value:,}".replace(",", "\0").replace(".", decimal).replace("\0", group)


@given(ROWS, STYLES, MARKS, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
       st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_rows_written_in_any_dialect_come_back_with_the_same_sums(rows, style, mark, separator, encoding, end, padded):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=end)
    if padded:
        writer.writerows([["Quarterly report"], []])
    writer.writerow(["Channel", "Kosten (EUR)", "Leads"])
    writer.writerows([label, cost is not None and mark.format(written(cost, style)) or "", written(leads, style)]
                     for label, cost, leads in rows)
    sheet = read(text.getvalue().encode(encoding))
    found = add_up(sheet, [guess(header) for header in sheet.headers], range(len(sheet.rows)))
    assert not found.errors and not found.left_out
    assert found.sums.get("cost") == sum(cost for _label, cost, _leads in rows if cost is not None)
    leads = [each[2] for each in rows if each[2] is not None]
    assert found.sums.get("leads") == (sum(leads) if leads else None)
    assert list(found.rows) == [" ".join(label.split()) for label, *figures in rows if figures != [None, None]]


@pytest.mark.parametrize(("text", "value"), [
    ("1.234,50 €", "1234.50"), ("€ 1,234.50", "1234.50"), ("1 234,5", "1234.5"), ("1'234.50", "1234.50"),
    ("(1,200.00)", "-1200"), ("1.200,00-", "-1200"), ("−3,5", "-3.5"), ("0,128", "0.128"), ("1.234.567", "1234567"),
])
def test_numbers_as_files_write_them(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "-", "–", "n/a", "k.A.", "NULL"])
def test_an_empty_cell_is_no_zero(text):
    assert number(text) is None


@pytest.mark.parametrize(("text", "error"), [
    ("12 %", Percentage), ("1,2k", InvalidOperation), ("NaN1", InvalidOperation), ("1e9", InvalidOperation),
    ("3 of 4", InvalidOperation),
])
def test_what_is_no_number_is_not_guessed(text, error):
    with pytest.raises(error):
        number(text)


def test_a_column_is_read_by_the_sign_that_one_of_its_cells_gives_away():
    assert decimal_sign(["1.234", "12,5"]) == "," and number("1.234", ",") == 1234
    assert decimal_sign(["1.234", "12.5"]) == "." and number("1.234", ".") == Decimal("1.234")
    assert decimal_sign(["1.234", "987"]) is None and decimal_sign(["12.5", "12,5"]) is None


@pytest.mark.parametrize(("rows", "found"), [
    ("Webinar;10;1\nMail;20;2\nGesamt;30;3", {2}), ("Webinar;10;1\nMail;20;2\n;30;3", {2}),
    ("Webinar;10;1\nMail;20;2\nAlles zusammen;30;3", {2}), ("Webinar;10;1\nMail;20;2\nAds;30;4", set()),
    ("DACH;;\nWebinar;10;1\nTotal DACH;10;1\nMail;5;1\nGrand total;15;2", {2, 4}), ("Webinar;10;1\nMail;10;1", set()),
])
def test_totals_are_known_by_their_name_or_by_being_the_sum(rows, found):
    assert totals(read(f"Kanal;Kosten;Leads\n{rows}".encode()), 0, [1, 2]) == found


def test_one_column_alone_may_add_up_by_chance():
    assert totals(read(b"Channel;Leads\nWebinar;5\nMail;5\nAds;10"), 0, [1]) == set()


@pytest.mark.parametrize(("header", "meaning"), [
    ("KW", "week"), ("Kanal", "channel"), ("Kosten (EUR)", "cost"), ("Amount spent", "cost"),
    ("Planned cost", "budget"), ("Anzahl Leads", "leads"), ("Neukunden", "new_customers"), ("线索", "leads"),
    ("CTR", "ignored"), ("CPL", "ignored"), ("Leads target", "ignored"),
    ("Lead Status", "ignored"), ("MQL rate", "ignored"), ("", "ignored"),
])
def test_what_headers_mean_by_their_words(header, meaning):
    assert guess(header) == meaning


def test_thousands_that_a_header_states_count(app):
    found = add_up(read(b"Channel;Cost (kEUR)\nWebinar;1,5\nMail;2"), ["channel", "cost"], [0, 1])
    assert found.sums == {"cost": 3500} and found.rows["Webinar"] == {"cost": 1500}


def test_rows_of_one_name_are_one_and_so_are_columns_of_one_meaning(app):
    sheet = read(b"Channel,Media,Agency\nWebinar,10,1\nMail,5,\nWebinar,20,2")
    found = add_up(sheet, ["channel", "cost", "cost"], [0, 1, 2])
    assert found.rows == {"Webinar": {"cost": 33}, "Mail": {"cost": 5}} and found.sums == {"cost": 38}


@pytest.mark.parametrize(("text", "meanings", "column", "message"), [
    ("Channel;Leads\na;1,5\nb;2", ["channel", "leads"], 1, "whole"),
    ("Channel;Leads\na;-1\nb;0", ["channel", "leads"], 1, "negative"),
    ("Channel;Leads\na;1 %\nb;2 %", ["channel", "leads"], 1, "added up"),
    ("Channel;Leads\na;9999999999", ["channel", "leads"], 1, "larger"),
    ("Channel;Leads\na;1", ["ignored", "leads"], None, "which one"),
    ("Channel;Leads\na;1", ["channel", "ignored"], None, "hold figures"),
])
def test_what_a_review_cannot_keep_is_said_beside_its_column(app, text, meanings, column, message):
    assert message in add_up(read(text.encode()), meanings, [0]).errors[column]


def test_a_word_among_numbers_is_left_out_and_named(app):
    found = add_up(read(b"Channel;Leads\nWebinar;many\nMail;3"), ["channel", "leads"], [0, 1])
    assert found.sums == {"leads": 3} and found.left_out == ["Webinar, Leads: “many” is no number"]


def test_exports_as_they_come(app):
    huge = "x" * 200_000
    wide = ";".join(f"Field {at}" for at in range(220))
    text = f'sep=;\r\nChannel;Leads;"Note\r\nof sales";{wide}\r\nWebinar;3;"{huge}";\r\n;;;\r\n'
    sheet = read(text.encode("utf-8-sig"))
    assert sheet.headers[:3] == ("Channel", "Leads", "Note of sales") and len(sheet.headers) == 223
    assert [row[:2] for row in sheet.rows] == [("Webinar", "3")] and len(sheet.rows[0][2]) <= 120


@pytest.mark.parametrize(("data", "message"), [
    (b"", "No table"), (b"just words", "No table"), (b"Channel;Leads", "No table"),
    (b"PK\x03\x04\0\0\0\1\2\3" * 9, "no text"),
    (b"Channel,Leads\nWebinar,1,200", "more cells"), (b"Channel,Leads\n" + b"a,1\n" * 501, "at most 500 rows"),
    (b"x" * (5 * 1024**2 + 1), "at most 5 MB"),
])
def test_what_is_no_table_of_figures_says_why(app, data, message):
    with pytest.raises(Unreadable, match=message):
        read(data)


@pytest.mark.parametrize(("label", "is_total"), [
    ("Total", True), ("Gesamtsumme", True), ("Zwischensumme", True), ("Total webinar", True), ("合计", True),
    ("Webinar", False), ("Totally new channel", False), ("", False),
])
def test_words_for_totals(label, is_total):
    assert names_total(label) is is_total
