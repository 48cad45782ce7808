"""What the search box offers."""

import pytest

from app.search.completion import complete


def labels(person, prefix: str) -> list[str]:
    return [offer.label for offer in complete(person, prefix)]


def test_offers_spaces_people_and_titles_by_the_beginning_of_a_word(world):
    world.write(title="The acme review")

    assert labels(world.lena, "ac") == ["Acme Robotics", "The acme review"]
    assert labels(world.lena, "PARK") == ["Jon Park"]
    assert labels(world.lena, "me") == []


def test_offers_nothing_that_may_not_be_seen(world):
    world.write(title="Zephyr plan", space=world.secret, by=world.jon)

    assert labels(world.jon, "zep") == ["Zephyr", "Zephyr plan"]
    assert labels(world.lena, "zep") == labels(world.gia, "zep") == []


@pytest.mark.parametrize("prefix", ["", "  ", "%", "_", "\x00", "\ud800"])
def test_offers_nothing_for_nothing(world, prefix):
    assert complete(world.lena, prefix) == []
