"""An address may be long: the application says what it cannot do with it, not the web server."""

import pytest


@pytest.mark.parametrize("text", ["a" * 5000, "策略" * 600])
def test_a_search_that_is_too_long_shows_how_it_begins(world, browser_of, text):
    answer = browser_of(world.lena).get("/search", query_string={"q": text})
    assert answer.status_code == 422 and "longer than a search may be" in answer.text
    assert text[:1000] in answer.text and text[:1001] not in answer.text


def test_five_hundred_characters_of_chinese_are_searched(world, browser_of):
    assert browser_of(world.lena).get("/search", query_string={"q": "策" * 500}).status_code == 200
