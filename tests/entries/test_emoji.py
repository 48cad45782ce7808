"""A reaction is one emoji, however many characters it takes to write it."""

import pytest

from app.entries.emoji import is_emoji


@pytest.mark.parametrize("text", [
    "👍", "👍🏽", "❤️", "❤", "1️⃣", "#⃣", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🧑🏿‍🤝‍🧑🏻", "👁️‍🗨️", "⛹🏽‍♀️", "‼️", "ℹ️", "↔️", "™",
    "🫠", "\U0001fae9",
], ids=ascii)
def test_one_emoji(text):
    assert is_emoji(text)


@pytest.mark.parametrize("text", [
    "", "a", "1", "👍👎", "👍👍", "👍 ", "👍\n", "👍a", ":+1:", "🇩", "🇩🇪🇫🇷", "👍\u200d", "\u200d👍", "🏽🏽", "👍🏽🏽",
    "\ufe0f", "─", "№", "王", "👍‍" * 30,
], ids=ascii)
def test_anything_else(text):
    assert not is_emoji(text)
