"""Polls through the API."""


def test_a_poll_is_asked_and_answered(api_of, world):
    lena, jon = api_of(world.lena), api_of(world.jon)
    made = lena.post("/polls", {"space_id": world.commons.id, "body": "Tea?", "options": ["Yes", "No"]}).json
    yes = made["poll"]["options"][0]["id"]
    chosen = jon("PUT", f"/polls/{made['id']}/choice", {"option_ids": [yes]}).json
    assert [(each["text"], each["votes"], each["is_mine"]) for each in chosen["poll"]["options"]] == [
        ("Yes", 1, True), ("No", 0, False)]
    assert jon("PUT", f"/polls/{made['id']}/choice", {"option_ids": [10**9]}).status_code == 422
    assert lena.post("/polls", {"space_id": world.commons.id, "body": "Tea?", "options": ["A", "A"]}).status_code == 422
