"""The library: filters, orders, counts and paging, within what one may see."""

import io
from datetime import timedelta

import pytest

from app.assets.actions import add_version, keep, upload
from app.assets.models import Asset
from app.assets.pages import make_pages
from app.db import at, now
from app.entries.actions import remove, share
from app.extensions import db
from app.feed.streams import Window
from app.library.facets import facets
from app.library.shelf import Shelf, browse
from app.reuse.actions import adapt, say_rights
from app.reviews.actions import post_review


def kept(name: str, words: str = "words"):
    return keep(io.BytesIO(words.encode()), name)


def titles(person, **wanted) -> set[str]:
    db.session.flush()
    ids, _older = browse(person, Shelf(**wanted), Window(limit=100))
    return {db.session.get(Asset, key).title for key in ids}


@pytest.fixture
def shelf(world):
    """A few files of different sorts, and the one each filter should find."""
    space = world.space("project", "open")
    with at(now() - timedelta(days=400)):
        upload(space, kept("old.txt", "Ancient gripper"), actor=world.jon, title="Old")
    deck = upload(world.commons, kept("fair.txt", "Die Kunden und die Messe mit dem Greifer sind in der Halle"),
                  actor=world.lena, title="Fair", body="For the #fair")
    post_review(world.commons, "Fairs", actor=world.lena, quarter="2026-Q3", programme="Fairs", deck=deck)
    ended = upload(space, kept("ended.txt"), actor=world.lena, title="Ended")
    say_rights(ended, actor=world.lena, usable_until=now().date() - timedelta(1), language="fr",
               places={"region": ["DACH"], "channel": ["webinar"]})
    copy = adapt(deck.current, space, actor=world.jon, title="Copy")
    add_version(deck, kept("fair.txt", "Neu"), actor=world.lena)
    share(deck, space, actor=world.lena)
    upload(world.space("project", "secret"), kept("secret.txt"), actor=world.lena, title="Secret")
    remove(upload(space, kept("gone.txt"), actor=world.lena, title="Gone"), actor=world.lena)
    make_pages_of(copy)
    return {"space": space.id}


def make_pages_of(asset) -> None:
    db.session.commit()
    make_pages(asset.current.id)
    db.session.refresh(asset)


def test_each_filter_finds_what_it_says(world, shelf):
    otto = world.otto
    assert titles(otto) == {"Old", "Fair", "Ended", "Copy"}
    assert titles(world.lena) == {"Old", "Fair", "Ended", "Copy", "Secret"}
    wanted = {
        ("q", "gripper"): {"Old"}, ("q", "ended"): {"Ended"},
        ("q", "fair"): {"Fair", "Copy"}, ("tag", "fair"): {"Fair"},
        ("space", shelf["space"]): {"Old", "Fair", "Ended", "Copy"}, ("space", world.commons.id): {"Fair"},
        ("programme", "Fairs"): {"Fair"}, ("region", "DACH"): {"Ended"}, ("channel", "webinar"): {"Ended"},
        ("language", "fr"): {"Ended"}, ("state", "expired"): {"Ended"}, ("state", "stale"): {"Copy"},
        ("age", "older"): {"Old"}, ("age", "week"): {"Fair", "Ended", "Copy"}, ("owner", "jon"): {"Old", "Copy"},
        ("kind", "text"): {"Old", "Fair", "Ended", "Copy"}, ("kind", "deck"): set(),
    }
    found = {(name, value): titles(otto, **{name: value}) for name, value in wanted}
    assert found == wanted
    assert titles(otto, owner="jon", state="stale") == {"Copy"}
    assert titles(otto, space=world.space("project", "secret").id) == set()


def test_what_each_filter_offers_is_what_it_then_shows(world, shelf):
    for reader in (world.otto, world.lena, world.gita):
        offered = facets(reader, Shelf())
        assert offered.total == len(titles(reader))
        for name, choices in offered.choices.items():
            for each in choices:
                value = int(each.value) if name == "space" else each.value
                assert len(titles(reader, **{name: value})) == each.count, (name, each)
    narrowed = facets(world.otto, Shelf(owner="jon"))
    assert {each.value: each.count for each in narrowed.choices["owner"]} == {"jon": 2, "lena": 2}
    assert {each.value for each in narrowed.choices["space"]} == {str(shelf["space"])}
    assert not facets(world.gita, Shelf()).choices


@pytest.mark.parametrize("order", ["newest", "reuse", "name"])
def test_every_order_is_paged_by_key(world, shelf, order):
    whole, _older = browse(world.lena, Shelf(order=order), Window(limit=100))
    paged, before = [], None
    while before is not None or not paged:
        ids, before = browse(world.lena, Shelf(order=order), Window(before=before, limit=2))
        paged += ids
    assert paged == whole and len(whole) == 5
    names = [db.session.get(Asset, key).title for key in whole]
    first = {"newest": "Secret", "reuse": "Fair", "name": "Copy"}
    assert names[0] == first[order]


def test_use_counts_only_what_one_sees(world, browser_of):
    deck = upload(world.commons, kept("deck.txt"), actor=world.lena, title="Deck")
    share(deck, world.space("project", "secret"), actor=world.lena)
    share(deck, world.space("project", "open"), actor=world.lena)
    pages = [browser_of(each).get("/assets").text for each in (world.lena, world.otto)]
    assert "used 2×" in pages[0] and "used 1×" in pages[1]


def test_the_page_tells_what_is_chosen_and_keeps_it_in_its_address(world, shelf, browser_of):
    otto = browser_of(world.otto)
    page = otto.get("/assets?owner=jon&order=name").text
    assert 'value="jon" selected' in page and ">Copy</a>" in page and ">Fair</a>" not in page
    assert "No file fits" in otto.get("/assets?q=zzzz").text
    assert otto.get("/assets?kind=nonsense&space=x&age=1&order=z").status_code == 200
    assert "owner=jon&amp;order=name&amp;view=list" in page
    assert "tiles--list" in otto.get("/assets?view=list").text
    assert "No files here" in browser_of(world.gita).get("/assets").text
