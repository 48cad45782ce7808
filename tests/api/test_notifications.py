"""The bell counts what the list shows, wherever it is asked."""

from app.activity.delivery import commit
from app.entries.actions import comment, post, share
from app.spaces.actions import remove_member


def unread(browser) -> int:
    return browser.get("/unread").json["notifications"]


def test_the_bell_counts_what_the_list_shows(app, world, browser_of, api_of, monkeypatch):
    closed, lena = world.space("project", "closed"), world.lena
    hidden = post(closed, "@jon only here", actor=lena)
    shared = post(closed, "@jon also there", actor=lena)
    share(shared, world.commons, actor=lena)
    comment(hidden, "@jon an answer", actor=lena)
    commit()
    jon, everything = browser_of(world.jon), unread(browser_of(world.jon))
    remove_member(closed, world.jon, actor=lena)
    commit()
    listed = api_of(world.jon).everything("/notifications", 100)
    waiting = [each for each in listed if each["read_at"] is None]
    assert shared.id in [each["entry_id"] for each in waiting] and len(waiting) < everything
    told = []
    monkeypatch.setattr("app.activity.delivery.realtime.notify", lambda person_id, count: told.append(count))
    post(world.commons, "@jon one more", actor=lena)
    commit()
    expected = len(waiting) + 1
    assert (unread(jon), api_of(world.jon).get("/me").json["unread_notifications"], told) == (
        expected, expected, [expected])
    left = api_of(world.jon).post("/notifications/read", {"ids": [waiting[0]["id"]]}).json["unread"]
    assert left == expected - 1


def test_what_one_is_done_with_and_puts_off(world, api_of):
    root = post(world.commons, "Which hall?", actor=world.jon)
    comment(root, "Hall 4", actor=world.lena)
    comment(root, "No, hall 5", actor=world.lena)
    commit()
    jon = api_of(world.jon)
    newest = jon.get("/notifications").json["items"][0]
    assert newest["thread_id"] == root.id
    address = f"/notifications/{newest['id']}"
    assert jon("PUT", f"{address}/snooze", {"until": "hour"}).json["snoozed_until"]
    assert len(jon.get("/notifications?view=snoozed").json["items"]) == 2
    assert jon("DELETE", f"{address}/snooze").json["snoozed_until"] is None
    assert jon("PUT", f"{address}/done").json["done_at"]
    assert jon("DELETE", f"{address}/done").json["done_at"] is None
    assert api_of(world.otto)("PUT", f"{address}/done").status_code == 404


def test_rules_mutes_and_mail(world, api_of):
    jon, commons = api_of(world.jon), world.commons.id
    secret = world.space("project", "secret").id
    assert jon("PUT", "/notification-rules", {"space_id": commons, "level": "all"}).json["kind"] == ""
    assert jon("PUT", "/notification-rules", {"kind": "nonsense", "level": "all"}).status_code == 422
    otto = api_of(world.otto)
    assert otto("PUT", "/notification-rules", {"space_id": secret, "level": "all"}).status_code == 404
    assert otto("PUT", f"/spaces/{secret}/mute", {"length": "good"}).status_code == 404
    [rule] = jon.get("/notification-rules").json["items"]
    assert otto("DELETE", f"/notification-rules/{rule['id']}").status_code == 404
    assert jon("DELETE", f"/notification-rules/{rule['id']}").status_code == 204
    assert jon("PUT", f"/spaces/{commons}/mute", {"length": "good"}).json["until"] is None
    assert [each["space_id"] for each in jon.get("/mutes").json["items"]] == [commons]
    assert jon("DELETE", f"/spaces/{commons}/mute").status_code == 204 and not jon.get("/mutes").json["items"]
    told = jon("PATCH", "/me/notification-settings", {"mail": "weekly", "weekday": 4}).json
    assert told["next_at"] and (told["hour"], told["on_desktop"]) == (8, True)
    assert jon("PATCH", "/me/notification-settings", {"mail": "none"}).json["next_at"] is None
