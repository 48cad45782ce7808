"""Signed words in mail addresses and links: nobody can make one, and none has a second spelling."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.db import now
from app.notifications import tokens

DATABASES = ("sqlite",)
ALPHABET = string.ascii_lowercase + "234567"
IDS = st.integers(0, 2**32 - 1)


@pytest.fixture(autouse=True)
def house(app):
    """Tokens are signed with the key of a house."""


@given(person=IDS, entry=IDS)
def test_a_token_says_whom_and_what_it_is_for_in_any_case(person, entry):
    made = tokens.make("reply", person, entry)
    assert tokens.read("reply", made) == tokens.read("reply", made.upper()) == (person, entry, now().date())
    assert tokens.read("unsubscribe", made) is None, "worth nothing for another purpose"


@settings(max_examples=10)
@given(person=IDS, entry=IDS)
def test_a_token_with_another_letter_is_none(person, entry):
    made = tokens.make("reply", person, entry)
    for place, kept in enumerate(made):
        for letter in set(ALPHABET) - {kept}:
            assert tokens.read("reply", made[:place] + letter + made[place + 1:]) is None


@pytest.mark.parametrize("text", ["", "a", "=", "é", "\x00", "1" * 42, "a" * 42, "a" * 5_000])
def test_anything_else_is_none(text):
    assert tokens.read("reply", text) is None
