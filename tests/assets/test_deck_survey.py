"""What a deck asks of fonts is read off its parts."""

import pytest

from app.assets.rendering.deck_survey import survey
from tests.making import scripts


@pytest.mark.parametrize(
    ("words", "japanese"),
    [
        ("四半期レビューの結果", True),
        ("第三季度营销回顾：网络研讨会", False),
        ("优の良品：第三季度营销回顾网络研讨会", False),
        ("分기 리뷰", False),
        ("Results", False),
    ],
)
def test_kana_tell_japanese_ideographs_from_chinese_ones(tmp_path, words, japanese):
    assert survey(scripts.everywhere(tmp_path / "deck", words)).japanese is japanese


def test_the_families_a_deck_names_are_found(tmp_path):
    families = survey(scripts.everywhere(tmp_path / "deck", "words", "微软雅黑")).families
    assert {"微软雅黑", "Calibri"} <= set(families)
