"""Places and moments that comments speak of, through the API."""

import pytest

from tests.api.conftest import errors
from tests.api.test_assets import upload
from tests.making.documents import pdf
from tests.making.sound import tone


def test_comments_are_listed_by_page_and_by_what_is_settled(lena, world, tmp_path):
    key = upload(lena, pdf(tmp_path / "plan.pdf").read_bytes(), space_id=world.commons.id).json["id"]
    comments = f"/entries/{key}/comments"
    first, second = (lena.post(comments, {"body": "Here", "anchor": {"page": page, "x": 0.5, "y": 0.5}}).json["id"]
                     for page in (1, 2))
    whole = lena.post(comments, {"body": "All"}).json["id"]
    lena("PUT", f"/entries/{second}/resolution")
    listed = {query: [each["id"] for each in lena.get(f"{comments}?{query}").json["items"]]
              for query in ("", "page=2", "resolved=true", "resolved=false", "page=1&resolved=true")}
    assert listed == {"": [first, second, whole], "page=2": [second], "resolved=true": [second],
                      "resolved=false": [first, whole], "page=1&resolved=true": []}


def test_a_comment_speaks_of_a_moment(lena, world):
    made = upload(lena, tone(), "call.wav", space_id=world.commons.id).json
    comments = f"/entries/{made['id']}/comments"
    said = lena.post(comments, {"body": "Too loud", "anchor": {"at": 1.25}}).json
    assert said["anchor"] == {"version_id": made["versions"][0]["id"], "at": 1.25}


@pytest.mark.parametrize(("anchor", "wrong"), [
    ({"at": -1}, "anchor.at"), ({"at": 1, "page": 1}, "anchor.page"), ({}, "anchor.page"), ({"at": 1}, "anchor.at"),
    ({"at": "1"}, "anchor.at"), ({"at": 10**9}, "anchor.at"),
])
def test_what_is_no_moment_is_refused(lena, world, anchor, wrong):
    key = upload(lena, b"Words", "words.txt", space_id=world.commons.id).json["id"]
    assert list(errors(lena.post(f"/entries/{key}/comments", {"body": "Here", "anchor": anchor}))) == [wrong]
