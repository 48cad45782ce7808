"""The library and collections through the API."""

import io

from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.entries.actions import share


def file(world, name: str, space=None):
    asset = upload(space or world.commons, keep(io.BytesIO(name.encode()), f"{name}.txt"), actor=world.lena)
    commit()
    return asset


def test_assets_are_filtered_ordered_and_counted(world, lena, api_of):
    one, two = file(world, "one"), file(world, "two", world.space("project", "open"))
    share(one, world.space("project", "open"), actor=world.lena)
    commit()
    assert [each["id"] for each in lena.everything("/assets", 1)] == [two.id, one.id]
    assert [each["id"] for each in lena.get("/assets?order=reuse").json["items"]] == [one.id, two.id]
    assert [each["id"] for each in lena.get(f"/assets?space_id={world.commons.id}").json["items"]] == [one.id]
    assert [each["id"] for each in lena.get("/assets?q=two").json["items"]] == [two.id]
    offered = lena.get("/assets/facets").json
    assert offered["total"] == 2 and offered["choices"]["kind"][0]["count"] == 2
    assert api_of(world.gita).get("/assets/facets").json == {"total": 0, "total_is_more": False, "choices": {}}
    assert lena.get("/assets?state=lost").status_code == 422


def test_a_collection_is_made_filled_ordered_and_deleted(world, lena, api_of):
    one, two = file(world, "one"), file(world, "two", world.space("account", "secret"))
    made = lena.post("/collections", {"space_id": world.commons.id, "name": "Munich", "note": "Fair"})
    path = made.headers["Location"].removeprefix("/api/v1")
    for each in (one, two, one):
        assert lena("PUT", f"{path}/assets/{each.id}").status_code == 204
    assert lena.get(path).json["asset_ids"] == [one.id, two.id]
    assert lena("PUT", f"{path}/order", {"asset_ids": [two.id, one.id]}).json["asset_ids"] == [two.id, one.id]
    otto = api_of(world.otto)
    assert otto.get(path).json["asset_ids"] == [one.id]
    assert [each["name"] for each in otto.everything("/collections", 1)] == ["Munich"]
    assert otto("PUT", f"{path}/assets/{two.id}").status_code == 404
    assert otto("DELETE", path).status_code == 403 and api_of(world.gita).get(path).status_code == 404
    assert lena("PATCH", path, {"name": "Hanover"}).json["name"] == "Hanover"
    assert lena("DELETE", f"{path}/assets/{one.id}").status_code == 204
    assert lena("DELETE", path).status_code == 204 and lena.get(path).status_code == 404
