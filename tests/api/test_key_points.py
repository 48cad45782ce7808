"""Key points through the API."""

import pytest

from app.activity.delivery import commit
from app.entries.actions import comment
from app.reviews.actions import post_review
from app.reviews.models import Review
from tests.api.conftest import errors


@pytest.fixture
def review(world) -> Review:
    posted = post_review(world.space("project", "open"), "Webinars", actor=world.lena, quarter="2026-Q3")
    commit()
    return posted


def test_key_points_are_comments_that_say_so(world, api_of, review):
    jon, path = api_of(world.jon), f"/reviews/{review.id}/key-points"
    made = jon.post(path, {"body": "It works"})
    assert made.status_code == 201 and made.headers["Location"].endswith(f"/entries/{made.json['id']}")
    assert (made.json["kind"], made.json["key_point"], made.json["thread_id"]) == ("comment", True, review.id)
    assert [each["id"] for each in jon.everything(path, 1)] == [made.json["id"]]
    assert errors(jon.post(path, {"body": "x" * 281})).keys() == {"body"}
    assert errors(jon.post(path, {"body": "Here", "page": 3})).keys() == {"page"}


def test_marking_a_comment_and_taking_it_back(world, api_of, review):
    said = comment(review, "It works", actor=world.jon)
    commit()
    jon, path = api_of(world.jon), f"/entries/{said.id}/key-point"
    assert api_of(world.lena)("PUT", path).status_code == 403
    assert jon("PUT", path).status_code == jon("PUT", path).status_code == 204
    assert jon.get(f"/entries/{said.id}").json["key_point"] is True
    assert errors(jon("PATCH", f"/entries/{said.id}", {"body": "x" * 281})).keys() == {"body"}
    assert jon("DELETE", path).status_code == jon("DELETE", path).status_code == 204
    assert jon.get(f"/entries/{said.id}").json["key_point"] is False
    asked = jon.post(f"/reviews/{review.id}/questions", {"body": "Why?"}).json["id"]
    assert errors(jon("PUT", f"/entries/{asked}/key-point")).keys() == {"entry_id"}


def test_a_secret_space_keeps_its_key_points(world, api_of):
    hidden = post_review(world.space("project", "secret"), "Hidden", actor=world.lena, quarter="2026-Q3")
    said = comment(hidden, "Between us", actor=world.jon)
    commit()
    otto = api_of(world.otto)
    assert otto.get(f"/reviews/{hidden.id}/key-points").status_code == 404
    assert otto.post(f"/reviews/{hidden.id}/key-points", {"body": "Me too"}).status_code == 404
    assert otto("PUT", f"/entries/{said.id}/key-point").status_code == 404
