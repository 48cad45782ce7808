"""The duplicate radar through the API."""

import io

from app.activity.delivery import commit
from app.assets.actions import hold, keep, upload

TEXT = b"Short invitations brought twice as many people to the webinar as the long ones that we sent in the spring. " \
       b"Sales called everybody within a day, and four of ten became a pilot before the quarter was over in Parma."


def share(world, name: str, space=None, data: bytes = TEXT, actor=None) -> int:
    asset = upload(space or world.space("project", "open"), keep(io.BytesIO(data), name), actor=actor or world.lena)
    commit()
    return asset.id


def test_what_is_like_what_is_told_and_dismissed(world, lena, api_of):
    one = share(world, "one.txt", actor=world.jon)
    near = share(world, "near.txt", world.commons, TEXT + b" And more.")
    share(world, "secret.txt", world.space("project", "secret"))
    otto = api_of(world.otto)
    [copy] = otto.get(f"/assets/{one}/duplicates").json["copies"]
    assert (copy["asset_id"], copy["exact"]) == (near, False) and copy["share"] > 0.8
    [group] = otto.get("/duplicates").json["items"]
    assert [each["asset_id"] for each in group["members"]] == [one, near] and not group["exact"]
    assert len(lena.get("/duplicates").json["items"][0]["members"]) == 3
    dismissal = f"/assets/{one}/duplicates/{near}/dismissal"
    assert otto("PUT", dismissal).status_code == 403
    assert lena("PUT", dismissal).status_code == lena("PUT", dismissal).status_code == 204
    assert otto.get("/duplicates").json["items"] == [] and otto.get(f"/assets/{one}/duplicates").json["copies"] == []
    assert lena("DELETE", dismissal).status_code == 204
    assert len(otto.get("/duplicates").json["items"]) == 1
    assert lena("PUT", f"/assets/{one}/duplicates/{one}/dismissal").status_code == 404


def test_a_file_that_has_arrived_is_compared_for_its_owner_alone(world, api_of):
    one = share(world, "one.txt")
    held = hold(keep(io.BytesIO(TEXT), "again.txt"), actor=world.jon)
    commit()
    [found] = api_of(world.jon).get(f"/uploads/{held.id}/similar").json["items"]
    assert (found["asset_id"], found["kind"], found["version"]) == (one, "exact", 1)
    assert api_of(world.lena).get(f"/uploads/{held.id}/similar").status_code == 404
    assert api_of(world.jon).get("/uploads/0/similar").status_code == 404


def test_the_report_is_paged_by_key(world, lena):
    for number in range(3):
        data = b"%d " % number + b" ".join(b"word%d-%d" % (number, each) for each in range(40))
        share(world, "a.txt", data=data)
        share(world, "b.txt", data=data)
    groups = lena.everything("/duplicates", 2)
    ids = [max(member["asset_id"] for member in group["members"]) for group in groups]
    assert len(ids) == 3 and ids == sorted(ids, reverse=True)
