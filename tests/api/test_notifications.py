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
