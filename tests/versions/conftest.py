"""Decks of paragraphs, as in the tests of assets."""

from tests.assets.conftest import decks as decks
