"""Tokens."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.analysis import TOKEN_LENGTH, query_tokens, tokens, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pricing, PRICES and priced", ["price", "price", "and", "price"]),
        ("Kunde Kunden", ["kund", "kund"]),
        ("Verträge Vertrag Vertraege", ["vertrag", "vertrag", "vertraeg"]),
        ("Straße STRASSE", ["strass", "strass"]),
        ("naïve café ŁÓDŹ İstanbul", ["naiv", "cafe", "lodz", "istanbul"]),
        ("ISO-9001 Q3 v2 snake_case", ["iso", "9001", "q3", "v2", "snake", "case", "iso9001"]),
        ("34,5 % 34.5 1.234,50 ٣٤٫٥", ["34.5", "34.5", "1.234.50", "34.5"]),
        ("lena@acme.com", ["lena", "acm", "com"]),
        ("don't O’Brien’s", ["dont", "obri"]),
        ("价格策略", ["价格", "格策", "策略", "略"]),
        ("税", ["税"]),
        ("Q3价格abc", ["q3", "价格", "格", "abc"]),
        ("ｶﾀｶﾅ ＡＢＣ", ["カタ", "タカ", "カナ", "ナ", "abc"]),
        ("العُملاء أسعار", ["عملاء", "اسعار"]),
        ("שָׁלוֹם", ["שלום"]),
        ("हिन्दी", ["हिन्दी"]),
        ("…!? \x00 \ud800 _", []),
    ],
)
def test_tokens(text, expected):
    assert tokens(text) == expected


def test_a_query_may_stop_where_the_text_goes_on():
    assert query_tokens("策略") == ["策略"]
    assert query_tokens("Q3价格abc") == tokens("Q3价格abc")


def test_words_for_corrections_are_whole_and_without_numbers():
    assert words("Webinars in 2026: the Q3 plan, 价格策略") == {"webinars", "plan"}


@given(st.text(max_size=200))
def test_sqlite_keeps_our_tokens_as_they_are(text):
    expected = tokens(text)
    connection = sqlite3.connect(":memory:")
    connection.execute("""CREATE VIRTUAL TABLE t USING fts5(x, tokenize = "ascii tokenchars '.'")""")
    connection.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
    connection.execute("INSERT INTO t VALUES (?)", [" ".join(expected)])

    kept = [term for (term,) in connection.execute("SELECT term FROM v ORDER BY offset")]

    assert kept == expected
    assert all(len(token) <= TOKEN_LENGTH for token in kept)
    connection.close()
