"""What trends: more different people than before, nobody by repeating, only what one may see."""

from datetime import timedelta

import pytest

from app.activity.delivery import commit
from app.db import at, now
from app.entries.actions import post
from app.feed.trending import BEFORE, LATELY, about, rank, score, trending
from app.lists.showing import known_tag


@pytest.mark.parametrize(("lately", "before", "trends"), [(1, 0, False), (2, 0, True), (5, 20, False), (6, 20, True)])
def test_more_people_than_before_is_a_trend(lately, before, trends):
    assert bool(score(lately, before, LATELY / BEFORE)) is trends


def test_nobody_pushes_a_tag_by_repeating_it():
    assert rank([("spam", 1, True)] * 50 + [("fair", 1, True), ("fair", 2, True)]) == [("fair", 2)]


def test_what_everybody_always_uses_is_behind_what_is_new():
    steady = [("webinar", person, late) for person in range(6) for late in (True, False)]
    assert [tag for tag, _count in rank([*steady, *(("fair", person, True) for person in range(5))])][0] == "fair"


def test_only_what_the_reader_may_see_counts(world, browser_of):
    for who in (world.lena, world.jon):
        post(world.space("project", "secret"), "#merger", actor=who)
        post(world.commons, "#fair and #booth", actor=who)
    with at(now() - timedelta(days=20)):
        post(world.commons, "#fair", actor=world.mei)
    commit()
    assert {tag for tag, _count in trending(world.lena)} == {"merger", "fair", "booth"}
    assert {tag for tag, _count in trending(world.otto)} == {"fair", "booth"}
    page = browser_of(world.otto).get("/tags/fair").text
    assert "merger" not in page and "#booth" in page and "王梅" in page
    assert known_tag("merger", world.otto) is None and browser_of(world.otto).get("/tags/merger").status_code == 404
    writers, related = about(known_tag("fair", world.otto), world.otto)
    assert {each.handle for each in writers} == {"lena", "jon", "mei"} and related == ["booth"]
    assert "Trending tags" in browser_of(world.otto).get("/").text
