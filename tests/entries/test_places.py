"""What a form offers first as the place of a new thing."""

from app.activity.delivery import commit
from app.entries.models import Post
from app.entries.places import usual_place
from app.reviews.actions import post_review
from app.reviews.models import Review
from app.spaces.actions import remove_member


def review(world, space) -> None:
    post_review(space, "Fair", actor=world.jon, quarter="2026-Q3", channels=[])
    commit()


def test_it_is_the_commons_for_who_wrote_none_of_the_kind(world):
    assert usual_place(world.jon, Review) == world.commons.id


def test_it_is_where_the_last_one_of_the_kind_went(world):
    review(world, world.space("project", "open"))
    review(world, world.space("account", "closed"))
    assert usual_place(world.jon, Review) == world.space("account", "closed").id
    assert usual_place(world.jon, Post) == world.commons.id


def test_it_is_nowhere_one_may_no_longer_write(world):
    space = world.space("project", "secret")
    review(world, space)
    remove_member(space, world.jon, actor=world.lena)
    commit()
    assert usual_place(world.jon, Review) == world.commons.id


def test_the_form_chooses_it(world, browser_of):
    space = world.space("project", "open")
    review(world, space)
    assert f'<option value="{space.id}" selected>' in browser_of(world.jon).get("/reviews/new").text
