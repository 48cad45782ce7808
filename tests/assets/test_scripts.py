"""Slides in every script are drawn with the front end's fonts alone, as on a machine that has none."""

import pytest

from app.assets.rendering.deck_pictures import Painter
from app.assets.rendering.job import Job
from app.assets.rendering.render import BUILT_FONTS
from app.assets.rendering.results import Limits
from tests.making import scripts

WORDS = {
    "simplified Chinese": "第三季度营销回顾：网络研讨会",
    "traditional Chinese": "第三季度行銷回顧、線上研討會",
    "Japanese": "四半期レビューの結果",
    "Korean": "3분기 마케팅 리뷰",
    "Arabic": "النتائج الفصلية",
    "Persian": "گزارش پاییز چاپ",
    "Hebrew": "תוצאות הרבעון",
    "Greek and Russian": "Ελλάδα Москва",
    "Polish and Vietnamese": "Łódź Việt Nam",
}


@pytest.fixture
def lines(tmp_path):
    """The runs of a deck's first slide, as laid out without any font of the system."""

    def laid_out(path):
        limits = Limits()
        job = Job(path, "", tmp_path, tmp_path, [BUILT_FONTS], [], True, 60, limits.pages, limits.pixels, 10_000)
        return list(_runs(Painter(job).layout(0).to_dict()))

    return laid_out


def _runs(part):
    if isinstance(part, list):
        for each in part:
            yield from _runs(each)
    elif isinstance(part, dict):
        if "glyphs" in part:
            yield part
        for each in part.values():
            yield from _runs(each)


def boxes(runs):
    """Texts that hold a character drawn as the empty box that is glyph 0."""
    return [run["text"] for run in runs if any(glyph["glyphId"] == 0 for glyph in run["glyphs"])]


@pytest.mark.parametrize("font", [None, "Calibri", "微软雅黑", "Wingdings"])
@pytest.mark.parametrize("script", WORDS)
def test_no_place_on_a_slide_shows_boxes(lines, tmp_path, script, font):
    runs = lines(scripts.everywhere(tmp_path / "deck", WORDS[script], font))
    assert boxes(runs) == []
    letters = sum(len(run["text"].strip()) for run in runs if not run["text"].isascii())
    assert letters >= len("".join(WORDS[script].split())) * (len(scripts.PLACES) - 2)


def test_emoji_and_symbols_in_text(lines, tmp_path):
    words = "Launch 🚀 done ✅ ❤️ 👍🏽 👩‍💻 ① ✓ ★ → ≥ 🇩🇪"
    assert boxes(lines(scripts.everywhere(tmp_path / "deck", words, charts=False))) == []


def test_latin_keeps_its_face_beside_chinese(lines, tmp_path):
    runs = lines(scripts.everywhere(tmp_path / "deck", "Q3 营销", "Arial"))
    assert "Arial" in {run["fontFamily"] for run in runs if "Q3" in run["text"]}
    assert not [run for run in runs if "营" in run["text"] and run["fontFamily"] == "Arial"]


def test_a_chart_that_lacks_nothing_keeps_its_face(lines, tmp_path):
    runs = lines(scripts.everywhere(tmp_path / "deck", "Résumé", "Arial"))
    assert not [run for run in runs if run["fontFamily"].startswith("fallback")]


def test_bold_chinese_is_bold(lines, tmp_path):
    """The chart's title is bold, its legend is not: the same words are wider or narrower, or other glyphs."""
    runs = lines(scripts.everywhere(tmp_path / "deck", "营销"))
    in_chart = {(run["bold"], run["fontId"]) for run in runs if run["text"].strip() == "营销"}
    assert len({font for bold, font in in_chart if bold} & {font for bold, font in in_chart if not bold}) == 0
    assert {bold for bold, _ in in_chart} == {True, False}


def test_brackets_close_around_a_word_from_the_right(lines, tmp_path):
    """The engine orders a line face by face; a bracket in another face than its word lands on the wrong side."""
    runs = lines(scripts.right_to_left(tmp_path / "deck", "مرحبا (بالعالم) نعم"))
    assert {run["fontFamily"] for run in runs} == {"fallback 0"}


def test_arabic_in_a_line_from_the_left_is_joined_and_in_order(lines, tmp_path):
    runs = lines(scripts.everywhere(tmp_path / "deck", "See بب now"))
    texts = "".join(run["text"] for run in runs)
    assert "\ufe90\ufe91" in texts
    assert "بب" not in texts


@pytest.mark.parametrize("words", ["תוצאות 2026", "النتائج 2026"])
def test_numbers_in_a_chart_from_the_right_are_not_mirrored(lines, tmp_path, words):
    """The engine mirrors a run of a chart whose first letter runs from the right, numbers and all."""
    runs = lines(scripts.everywhere(tmp_path / "deck", words))
    assert {_number(run) for run in runs if set("2026") <= set(run["text"])} == {"2026"}


def _number(run):
    """The digits of a run as they are seen from the left."""
    glyphs = sorted(run["glyphs"], key=lambda glyph: glyph["x"])
    return "".join(filter(str.isdigit, (run["text"][glyph["cluster"] - run["start"]] for glyph in glyphs)))
