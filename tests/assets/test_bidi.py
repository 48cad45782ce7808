"""Words from the right inside a line from the left are written down as they are seen."""

import pytest

from app.assets.rendering.bidi import MARK, mirrored, needs_order, visual


def seen(text):
    return "".join(shape for shape, _ in visual(text)).replace(MARK, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("abc שלום def", "abc םולש def"),
        ("abc שלום עולם.", "abc םלוע םולש."),
        ("שלום 2026", "2026 םולש"),
        ("2026 abc שלום", "2026 abc םולש"),
        ("a שלום 12.5% b", "a 12.5% םולש b"),
        ("a (שלום) b", "a (םולש) b"),
        ("a שלום (12) b", "a (12) םולש b"),
        ("a\tשלום\tאב", "a\tםולש\tבא"),
        ("שלום a אב", "םולש a בא"),
    ],
)
def test_hebrew_letters_and_numbers(text, expected):
    assert seen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("שלום 2026", "שלום 6202"),
        ("אב Q3 גד (הו)", "אב 3Q גד (הו)"),
        ("אב 12%, abc", "אב %21, cba"),
    ],
)
def test_what_will_be_mirrored_has_its_numbers_written_backwards(text, expected):
    assert mirrored(text) == expected


@pytest.mark.parametrize(
    ("word", "shapes"),
    [
        ("بب", "FE91 FE90"),  # initial and final
        ("ببب", "FE91 FE92 FE90"),  # and medial
        ("دب", "FEA9 FE8F"),  # dal never joins to the left, so beh stands alone
        ("سلا", "FEB3 FEFC"),  # lam takes alef in
        ("بَب", "FE91 064E FE90"),  # an accent does not part letters
        ("پچ", "FB58 FB7B"),  # Persian ones
        ("دپ", "FEA9 067E 200C"),  # a form that fonts lack
        ("ـب", "0640 FE90"),
    ],
)
def test_arabic_letters_are_joined(word, shapes):
    placed = sorted(visual(word), key=lambda each: each[1])
    assert " ".join(f"{ord(each):04X}" for shape, _ in placed for each in shape if each != MARK) == shapes


def test_accents_stay_behind_their_letter():
    assert seen("a שָלום").endswith("םולשָ")


def test_every_character_tells_where_it_came_from():
    assert visual("aאבb") == [("a", 0), (MARK + "ב", 2), ("א", 1), ("b", 3)]


def test_only_letters_from_the_right_need_it():
    assert needs_order("a א") and needs_order("ع")
    assert not needs_order("a 1 市 😀 é")
