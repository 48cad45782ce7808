"""Requests to join, what somebody does in a space, the archive."""

from app.access import can
from app.activity.models import Activity, Notification
from app.extensions import db
from app.spaces.archiving import archive
from app.spaces.joining import ask_to_join, waiting
from app.spaces.models import JoinRequest, Membership


def told(person) -> list[str]:
    query = db.select(Activity.kind).join(Notification).where(Notification.person_id == person.id)
    return list(db.session.scalars(query.order_by(Notification.id.desc())))


def test_who_stands_at_a_closed_door_asks_once_and_the_owners_hear_of_it(browser_of, world):
    space, otto = world.space("project", "closed"), browser_of(world.otto)
    assert "Ask to join" in otto.get(space.url).text
    for _again in range(2):
        otto.post(f"/spaces/{space.slug}/requests", data={"note": "I sell to them"})
    assert [each.note for each in waiting(space)] == ["I sell to them"]
    assert told(world.lena)[0] == "space.join_requested"
    assert "Your request waits" in otto.get(space.url).text


def test_an_owner_takes_in_who_asked(browser_of, world):
    space = world.space("project", "closed")
    ask_to_join(space, actor=world.otto, note="I sell to them")
    db.session.commit()
    lena = browser_of(world.lena)
    assert "I sell to them" in lena.get(f"/spaces/{space.slug}/people").text
    [asked] = waiting(space)
    lena.post(f"/join-requests/{asked.id}/answer", data={"accept": "yes"})
    assert can(world.otto, "post", space) and told(world.otto)[0] == "space.member_added"


def test_a_request_is_declined_and_may_be_made_again(browser_of, world):
    space = world.space("project", "closed")
    ask_to_join(space, actor=world.otto)
    db.session.commit()
    [asked] = waiting(space)
    browser_of(world.lena).post(f"/join-requests/{asked.id}/answer", data={"accept": "no"})
    assert not can(world.otto, "read", space) and told(world.otto)[0] == "space.join_declined"
    assert ask_to_join(space, actor=world.otto)


def test_only_who_runs_the_space_answers(browser_of, world):
    space = world.space("project", "closed")
    ask_to_join(space, actor=world.otto)
    db.session.commit()
    [asked] = waiting(space)
    for who in (world.jon, world.otto):
        assert browser_of(who).post(f"/join-requests/{asked.id}/answer", data={"accept": "yes"}).status_code == 403
    assert "Asks to join" not in browser_of(world.jon).get(f"/spaces/{space.slug}/people").text
    assert db.session.get(JoinRequest, asked.id).accepted is None


def test_people_say_what_they_do_here_and_nobody_says_it_for_them_but_an_owner(browser_of, world):
    space = world.space("project", "open")
    query = db.select(Membership).where(Membership.space_id == space.id, Membership.person_id == world.jon.id)
    mine = db.session.scalars(query).one().id
    browser_of(world.jon).post(f"/memberships/{mine}/duty", data={"duty": "Copy"})
    assert browser_of(world.otto).post(f"/memberships/{mine}/duty", data={"duty": "None"}).status_code == 403
    assert db.session.get(Membership, mine, populate_existing=True).duty == "Copy"


def test_a_space_is_archived_read_found_and_restored(browser_of, world):
    space, lena = world.space("project", "open"), browser_of(world.lena)
    lena.post(f"/spaces/{space.slug}/archive")
    page = lena.get(space.url).text
    assert "Archived on" in page and "data-composer" not in page
    assert lena.post("/posts", data={"space_id": space.id, "body": "One more"}).status_code == 403
    assert "Hello from project-open" in lena.get("/search?q=hello").text
    lena.post(f"/spaces/{space.slug}/archive/end")
    assert lena.post("/posts", data={"space_id": space.id, "body": "One more"}).status_code == 303


def test_the_community_of_all_is_never_archived(browser_of, world):
    assert browser_of(world.ada).post("/spaces/commons/archive").status_code == 403


def test_who_runs_it_hears_of_the_archive(world):
    archive(world.space("project", "open"), actor=world.ada)
    db.session.commit()
    assert told(world.lena)[0] == "space.archived"
