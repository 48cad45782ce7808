"""Lists and saved filters: views of one's own, nobody else's, and always with today's rights."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.activity.delivery import commit
from app.entries.actions import post
from app.extensions import db
from app.lists import actions
from app.lists.models import FeedList, ListItem, SavedFilter
from app.lists.showing import items_of, named, own
from app.spaces.actions import remove_member


@pytest.fixture
def launch(world) -> FeedList:
    """Lena's list: Mei, #launch, and the secret account's group."""
    post(world.commons, "About the #launch", actor=world.jon)
    found = actions.begin_list("EMEA launch", actor=world.lena)
    for text in ("@mei", "#launch", "$account-secret"):
        actions.put(found, **named(text, world.lena))
    commit()
    return found


def test_a_list_is_one_feed_of_what_stands_on_it(world, launch, browser_of):
    post(world.commons, "Mei says", actor=world.mei)
    post(world.space("account", "secret"), "In the group", actor=world.jon)
    post(world.commons, "None of it", actor=world.jon)
    commit()
    page = browser_of(world.lena).get(launch.url).text
    assert all(text in page for text in ("Mei says", "In the group", "About the", "EMEA launch"))
    assert "None of it" not in page and 'href="/lists/' in browser_of(world.lena).get("/").text


def test_a_list_is_for_nobody_else(world, launch, browser_of):
    for who in (world.jon, world.ada):
        browser = browser_of(who)
        assert browser.get(launch.url).status_code == 404
        for what in ("items", "delete", "items/1/end"):
            assert browser.post(f"{launch.url}/{what}", data={"person": "jon"}).status_code == 404
        assert browser.post(launch.url, data={"name": "Mine"}).status_code == 404
    assert launch.name not in browser_of(world.jon).get("/lists").text


def test_what_one_may_no_longer_know_of_is_named_and_shown_no_more(world, launch, browser_of):
    secret = world.space("account", "secret")
    found = actions.begin_list("Jon's", actor=world.jon)
    actions.put(found, space=secret)
    post(secret, "Between us", actor=world.lena)
    commit()
    assert "Between us" in browser_of(world.jon).get(found.url).text
    remove_member(secret, world.jon, actor=world.lena)
    commit()
    page = browser_of(world.jon).get(found.url).text
    assert "Between us" not in page and "account-secret" not in page and items_of(found, world.jon) == []


@pytest.mark.parametrize("text", ["@nobody", "#nothing", "$account-secret", "account-secret", "", "@"])
def test_nobody_learns_by_naming_what_there_is(world, launch, text):
    assert named(text, world.otto) is None


def test_a_guest_names_only_whom_they_know(world):
    assert named("@mei", world.gus) is None and named("@lena", world.gus) == {"person": world.lena}


def test_it_is_edited_in_place_and_keeps_what_was_typed(world, launch, browser_of):
    lena = browser_of(world.lena)
    assert lena.post(f"{launch.url}/items", data={"what": "@otto"}).status_code == 303
    refused = lena.post(f"{launch.url}/items", data={"what": "@nowhere"})
    assert refused.status_code == 422 and "@nowhere" in refused.text and "of this name" in refused.text
    item = next(each for each in items_of(launch, world.lena) if each.member and each.member.handle == "mei")
    lena.post(f"{launch.url}/items/{item.id}/end")
    lena.post(launch.url, data={"name": "DACH launch"})
    db.session.expire_all()
    assert launch.name == "DACH launch" and "王梅" not in lena.get(launch.url).text
    assert lena.post("/lists", data={"name": "dach LAUNCH"}).status_code == 422
    assert "Put Jon Park on a list" in lena.get("/lists/choose?person=jon").text
    assert lena.post("/lists", data={"name": "Sales", "person": "jon"}).status_code == 303
    assert lena.post(f"{launch.url}/delete").status_code == 303
    assert [each.name for each in own(world.lena)] == ["Sales"]


def test_an_item_is_one_thing_once(world, launch):
    assert not actions.put(launch, person=world.mei)
    db.session.add(ListItem(list_id=launch.id, member_id=world.jon.id, space_id=world.commons.id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_filter_is_kept_without_where_one_had_read_to_and_run_with_todays_rights(world, browser_of):
    lena = browser_of(world.lena)
    assert "Save this filter" not in lena.get("/reviews").text
    assert "Save this filter" in lena.get("/reviews?region=EMEA").text
    answer = lena.post("/filters", data={"name": "EMEA", "place": "/reviews", "query": "region=EMEA&before=7&run=1"})
    assert answer.headers["Location"] == "/reviews?region=EMEA"
    assert '<a class="rail-link" href="/reviews?region=EMEA"' in lena.get("/").text
    [kept] = db.session.scalars(db.select(SavedFilter))
    assert browser_of(world.jon).post(f"/filters/{kept.id}/delete").status_code == 404
    assert lena.post(f"/filters/{kept.id}/delete").status_code == 303 and own(world.lena) == []


@pytest.mark.parametrize(("place", "query"), [
    ("https://example.com/", "q=a"), ("/search", ""), ("/search", "cursor=x"), ("/sign-out", "q=a"), ("//x", "q=a"),
    ("/search", "q=" + "a" * 3000), ("/search", "&".join(f"a{number}=1" for number in range(70))),
])
def test_what_is_no_filter_is_refused_with_a_word(world, browser_of, place, query):
    answer = browser_of(world.lena).post("/filters", data={"name": "X", "place": place, "query": query})
    assert answer.status_code == 422 and "narrows nothing" in answer.text
