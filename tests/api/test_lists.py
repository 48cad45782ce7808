"""Lists and saved filters through the API."""

from app.activity.delivery import commit
from app.entries.actions import post


def test_a_list_is_made_filled_read_and_deleted(world, api_of):
    entry = post(world.commons, "Mei says", actor=world.mei)
    commit()
    lena, jon = api_of(world.lena), api_of(world.jon)
    made = lena.post("/lists", {"name": "Launch"}).json
    path = f"/lists/{made['id']}"
    found = lena.post(f"{path}/items", {"person_id": world.mei.id}).json
    assert [each["person_id"] for each in found["items"]] == [world.mei.id]
    assert [each["id"] for each in lena.get(f"{path}/entries").json["items"]] == [entry.id]
    assert lena.post(f"{path}/items", {"person_id": 1, "tag": "x"}).status_code == 422
    assert lena.post(f"{path}/items", {"tag": "nowhere"}).status_code == 404
    assert lena.post("/lists", {"name": "launch"}).status_code == 409
    assert jon.get(path).status_code == 404 and jon.get("/lists").json["items"] == []
    assert lena("DELETE", f"{path}/items/{found['items'][0]['id']}").status_code == 204
    assert lena("PATCH", path, {"name": "Fair"}).json["name"] == "Fair"
    assert lena("DELETE", path).status_code == 204


def test_a_filter_is_kept_for_its_owner(world, api_of):
    made = api_of(world.lena).post("/filters", {"name": "Fairs", "place": "/search", "query": "?q=fair&cursor=1"}).json
    assert made["url"] == "/search?q=fair"
    assert api_of(world.jon).get("/filters").json["items"] == []
    assert api_of(world.jon)("DELETE", f"/filters/{made['id']}").status_code == 404
    nothing = {"name": "All", "place": "/search", "query": "cursor=1"}
    assert api_of(world.lena).post("/filters", nothing).status_code == 422
