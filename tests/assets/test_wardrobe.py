"""What a face lacks is set in one that has it, together with what is drawn as one with it."""

import pytest

from app.assets.rendering.bidi import MARK
from app.assets.rendering.fonts import Fonts
from app.assets.rendering.render import BUILT_FONTS
from app.assets.rendering.wardrobe import Wardrobe


@pytest.fixture
def wardrobe():
    return Wardrobe(Fonts([BUILT_FONTS], system=[]), ["Calibri"])


def cut(wardrobe, text, family="Arial"):
    """The parts of a text that get another face."""
    return [text[start:end] for start, end, _ in wardrobe.stretches(text, family, False)]


@pytest.mark.parametrize("joined", ["👩\u200d💻", "❤\ufe0f", "👍🏽", "🇩🇪", "が\u3099"])
def test_what_is_drawn_as_one_stays_in_one_face(wardrobe, joined):
    assert cut(wardrobe, f"a {joined} b") == [joined]


def test_only_what_is_lacking_changes_its_face(wardrobe):
    assert cut(wardrobe, "Q3 营销 and 回顾.") == ["营销", "回顾"]
    assert cut(wardrobe, "Łódź 2026") == []


def test_each_family_is_asked_for_what_it_has(wardrobe):
    assert cut(wardrobe, "שלום", "Arial") == []
    assert cut(wardrobe, "שלום", "Calibri") == ["שלום"]
    assert cut(wardrobe, "שלום", None) == ["שלום"]


def test_brackets_go_with_words_from_the_right_unless_those_are_in_order_already(wardrobe):
    assert cut(wardrobe, "x (عع) y") == [" (عع) "]
    assert cut(wardrobe, f"x ({MARK}عع) y") == ["عع"]


def test_a_chart_is_set_in_one_face_only_if_that_shows_more(wardrobe):
    assert wardrobe.whole("Leads Москва") is None
    assert wardrobe.whole("Leads 🚀") is None
    assert wardrobe.whole("苏州 Leads") == wardrobe.stretches("苏", None, False)[0].family


def test_without_fonts_there_is_nothing_to_wear(tmp_path):
    with pytest.raises(LookupError):
        Wardrobe(Fonts([tmp_path], system=[]), [])
