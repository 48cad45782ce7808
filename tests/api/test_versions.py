"""Comparing and restoring versions through the API."""

from tests.api.conftest import errors
from tests.api.test_assets import upload
from tests.making.documents import pdf

FIRST = ("The whole plan", "What it costs in May", "Who is in the team")
SECOND = ("Who is in the team", "The whole plan", "What it costs in June", "A word of thanks")


def test_versions_are_compared_page_by_page_and_one_comes_back(lena, world, api_of, tmp_path):
    first = pdf(tmp_path / "1.pdf", FIRST).read_bytes()
    key = upload(lena, first, space_id=world.space("project", "closed").id).json["id"]
    upload(lena, pdf(tmp_path / "2.pdf", SECOND).read_bytes(), path=f"/assets/{key}/versions")
    told = lena.get(f"/assets/{key}/compare?from=1&to=2").json
    assert not told["same_file"]
    assert [(each["change"], each["previous_page"], each["page"], each["moved"]) for each in told["pages"]] == [
        ("moved", 3, 1, True), ("same", 1, 2, False), ("changed", 2, 3, False), ("new", None, 4, False)]
    pieces = [(each["state"], each["text"].strip()) for each in told["pages"][2]["text"]]
    assert pieces == [
        ("same", "What it costs in"), ("gone", "May"), ("new", "June"), ("same", "")]
    assert told["pages"][0]["text"] is None
    assert "to" in errors(lena.get(f"/assets/{key}/compare?from=1"))
    assert lena.get(f"/assets/{key}/compare?from=1&to=3").status_code == 404

    restored = lena.post(f"/assets/{key}/versions/1/restorations")
    assert restored.status_code == 201
    now = lena.get(f"/assets/{key}").json["versions"]
    assert (now[2]["sha256"], now[2]["pages"], now[2]["note"]) == (now[0]["sha256"], 3, "Version 1 again")
    assert list(errors(lena.post(f"/assets/{key}/versions/3/restorations"))) == ["number"]
    otto = api_of(world.otto)
    assert otto.get(f"/assets/{key}/compare?from=1&to=2").status_code == 404
    assert otto.post(f"/assets/{key}/versions/1/restorations").status_code == 404
