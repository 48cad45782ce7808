"""The question queue through the API."""

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


def test_asking_voting_and_accepting(world, api_of, review):
    jon, mei, lena = api_of(world.jon), api_of(world.mei), api_of(world.lena)
    asked = jon.post(f"/reviews/{review.id}/questions", {"body": "Where from?"})
    assert asked.status_code == 201 and asked.headers["Location"].endswith(f"/entries/{asked.json['id']}")
    path, key = f"/questions/{asked.json['id']}", asked.json["id"]
    assert (asked.json["votes"], asked.json["accepted_id"], asked.json["anchor"]) == (0, None, None)

    assert mei("PUT", f"{path}/vote").status_code == mei("PUT", f"{path}/vote").status_code == 204
    assert jon("PUT", f"{path}/vote").status_code == 403
    answer = mei.post(f"/entries/{key}/comments", {"body": "From the fair"}).json["id"]
    [listed] = mei.get(f"/reviews/{review.id}/questions").json["items"]
    assert (listed["votes"], listed["voted"], listed["answers"]) == (1, True, 1)

    assert mei("PUT", f"{path}/accepted", {"comment_id": answer}).status_code == 403
    assert errors(lena("PUT", f"{path}/accepted", {"comment_id": key})).keys() == {"comment_id"}
    assert lena("PUT", f"{path}/accepted", {"comment_id": answer}).json["accepted_id"] == answer
    shown = lena.get(f"/reviews/{review.id}").json
    assert (shown["asked"], shown["answered"]) == (1, 1)

    assert lena("DELETE", f"{path}/accepted").status_code == mei("DELETE", f"{path}/vote").status_code == 204
    [listed] = mei.get(f"/reviews/{review.id}/questions").json["items"]
    assert (listed["votes"], listed["voted"], listed["accepted_id"]) == (0, False, None)


def test_the_list_is_paged_and_forgets_what_was_deleted(world, api_of, review):
    jon = api_of(world.jon)
    keys = [jon.post(f"/reviews/{review.id}/questions", {"body": f"Question {step}"}).json["id"] for step in range(5)]
    comment(review, "No question", actor=world.mei)
    commit()
    assert jon("DELETE", f"/entries/{keys.pop(2)}").status_code == 204
    assert [each["id"] for each in jon.everything(f"/reviews/{review.id}/questions", 2)] == keys[::-1]


def test_a_slide_that_is_not_there_is_refused(api_of, world, review):
    refused = api_of(world.jon).post(f"/reviews/{review.id}/questions", {"body": "Here?", "page": 3})
    assert refused.status_code == 422 and errors(refused).keys() == {"page"}


def test_a_secret_space_keeps_its_questions(world, api_of):
    hidden = post_review(world.space("project", "secret"), "Hidden", actor=world.lena, quarter="2026-Q3")
    commit()
    key = api_of(world.jon).post(f"/reviews/{hidden.id}/questions", {"body": "Between us?"}).json["id"]
    otto = api_of(world.otto)
    assert otto.get(f"/reviews/{hidden.id}/questions").status_code == 404
    assert otto.post(f"/reviews/{hidden.id}/questions", {"body": "?"}).status_code == 404
    for method, path in (("PUT", "vote"), ("DELETE", "vote"), ("DELETE", "accepted")):
        assert otto(method, f"/questions/{key}/{path}").status_code == 404
