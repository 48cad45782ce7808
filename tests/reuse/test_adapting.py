"""Adapting files, keeping in step with their origin, where they are used; nobody is told of what they may not see."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.access import can
from app.activity.models import Activity, Notification
from app.assets.actions import add_version, keep, upload
from app.assets.models import StoredFile
from app.decisions.actions import decide
from app.entries.actions import remove, share
from app.extensions import db
from app.learnings.actions import Ground, add_ground, state_learning
from app.library.facets import facets
from app.library.shelf import Shelf
from app.reuse.actions import adapt, settle
from app.reuse.chain import why_chain
from app.reuse.models import Derivation
from app.reuse.uses import used_in
from app.reviews.actions import post_review
from tests.world import CAST


def kept(words: str = "One pager"):
    return keep(io.BytesIO(words.encode()), "onepager.txt")


@pytest.fixture
def origin(world):
    return upload(world.space("project", "open"), kept(), actor=world.jon, title="One pager")


def told(person, kind: str) -> int:
    query = db.select(Notification).join(Activity).where(Notification.person_id == person.id, Activity.kind == kind)
    return len(db.session.scalars(query).all())


def test_an_adapted_file_has_the_same_bytes_once_and_remembers_why(world, origin, browser_of):
    lena = browser_of(world.lena)
    there = world.space("account", "open")
    before = db.session.scalar(db.select(db.func.count()).select_from(StoredFile))
    sent = {"space_id": there.id, "title": "For Acme", "why": ""}
    refused = lena.post(f"{origin.url}/adapt", data=sent)
    assert refused.status_code == 422 and 'value="For Acme"' in refused.text
    assert "what others read later" in refused.text
    answer = lena.post(f"{origin.url}/adapt", data=sent | {"why": "They pay in yen"})
    assert answer.status_code == 303
    [derived] = db.session.scalars(db.select(Derivation))
    assert derived.asset.space_id == there.id and derived.version.number == 1
    assert derived.asset.current.sha256 == origin.current.sha256
    assert db.session.scalar(db.select(db.func.count()).select_from(StoredFile)) == before
    assert told(world.jon, "asset.adapted") == 1
    assert "They pay in yen" in lena.get(derived.asset.url).text
    assert "For Acme" in lena.get(origin.url).text and "1 copy adapted" in lena.get(origin.url).text


def test_it_may_begin_with_a_file_of_its_own(world, origin, browser_of):
    browser_of(world.lena).post(f"{origin.url}/adapt", content_type="multipart/form-data", data={
        "space_id": world.commons.id, "title": "Mine", "why": "Shorter", "file": (io.BytesIO(b"Shorter"), "short.txt")})
    [derived] = db.session.scalars(db.select(Derivation))
    assert derived.asset.filename == "short.txt" and derived.version.asset_id == origin.id


def test_who_owns_a_copy_is_told_once_that_its_origin_moved_on_and_says_what_it_means(world, origin, browser_of):
    copy = adapt(origin.current, world.commons, actor=world.lena, why="For fairs")
    add_version(origin, kept("New prices"), actor=world.jon)
    add_version(origin, kept("Newer prices"), actor=world.jon)
    db.session.commit()
    assert copy.origin_changed and told(world.lena, "asset.origin_changed") == 1
    lena = browser_of(world.lena)
    page = lena.get(copy.url).text
    assert f"{origin.url}/compare?from=1&amp;to=3" in page and "origin changed" in page
    assert browser_of(world.gita).post(f"{copy.url}/origin", data={}).status_code == 404
    assert lena.post(f"{copy.url}/origin", data={"seen": 3, "outcome": "shrug"}).status_code == 400
    lena.post(f"{copy.url}/origin", data={"seen": 3, "outcome": "taken_over", "note": "New prices are in"})
    page = lena.get(copy.url).text
    assert "New prices are in" in page and "I have taken it over" not in page
    assert not db.session.get(Derivation, copy.id).asset.origin_changed


def test_a_version_that_came_while_one_looked_leaves_it_stale(world, origin):
    copy = adapt(origin.current, world.commons, actor=world.lena)
    seen = add_version(origin, kept("New"), actor=world.jon)
    add_version(origin, kept("Newer"), actor=world.jon)
    settle(db.session.get(Derivation, copy.id), seen, "no_matter", actor=world.lena)
    assert copy.origin_changed


def test_the_same_bytes_again_make_nothing_stale(world, origin):
    copy = adapt(origin.current, world.commons, actor=world.lena)
    add_version(origin, kept(), actor=world.jon)
    assert not copy.origin_changed


def test_who_may_no_longer_see_the_origin_hears_nothing_of_it(world, browser_of):
    secret = upload(world.space("project", "secret"), kept(), actor=world.jon, title="Hidden deck")
    copy = adapt(secret.current, world.commons, actor=world.otto, title="Mine")
    add_version(secret, kept("New"), actor=world.jon)
    db.session.commit()
    assert told(world.otto, "asset.origin_changed") == 0
    otto, jon = browser_of(world.otto), browser_of(world.jon)
    assert "Hidden deck" not in otto.get(copy.url).text
    for address in (copy.url, "/assets", world.commons.url):
        assert "origin changed" in jon.get(address).text and "origin changed" not in otto.get(address).text, address
    stale = "/assets?state=stale"
    assert copy.url in jon.get(stale).text and copy.url not in otto.get(stale).text
    offered = [facets(each, Shelf()).choices["state"] for each in (world.jon, world.otto)]
    assert ["stale" in {choice.value for choice in each} for each in offered] == [True, False]
    assert otto.post(f"{copy.url}/origin", data={"seen": 2, "outcome": "no_matter"}).status_code == 404


def test_everything_that_uses_a_file_is_told_before_it_goes(world, origin, browser_of):
    share(origin, world.commons, actor=world.jon)
    copy = adapt(origin.current, world.commons, actor=world.lena, title="The copy")
    decide(world.commons, "Which paper?", "Matte", actor=world.lena, about=origin, options=["Matte", "Glossy"])
    add_ground(state_learning(world.commons, "Paper works", actor=world.jon), Ground(origin), actor=world.jon)
    post_review(world.commons, "Fairs", actor=world.lena, quarter="2026-Q3", deck=origin)
    db.session.commit()
    assert len(used_in(origin, world.jon)) == 5
    jon = browser_of(world.jon)
    for address in (f"{origin.url}/uses", f"{origin.url}/removal"):
        page = jon.get(address).text
        assert all(each in page for each in ("Commons", "The copy", "Which paper?", "Paper works", "Fairs")), address
    assert "Glossy" in jon.get(origin.url).text and "Glossy" in jon.get(copy.url).text
    remove(copy, actor=world.lena)
    assert len(used_in(origin, world.jon)) == 4
    assert browser_of(world.mei).get(f"{origin.url}/removal").status_code == 403


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8), st.sampled_from(
    ["adapt", "share", "decide", "learn", "review", "remove"])), min_size=4, max_size=12))
def test_chain_and_uses_name_nothing_that_the_reader_may_not_see(world, plan):
    spaces = [world.space(kind, access) for kind in ("project", "account", "community")
              for access in ("open", "closed", "secret")]
    try:
        assets = [upload(spaces[0], kept(), actor=world.lena)]
        for which, where, what in plan:
            asset, space = assets[which % len(assets)], spaces[where]
            if asset.is_deleted:
                continue
            match what:
                case "adapt":
                    assets.append(adapt(asset.current, space, actor=world.lena))
                case "share":
                    share(asset, space, actor=world.lena)
                case "decide":
                    decide(space, "Which?", "A", actor=world.lena, about=asset)
                case "learn":
                    add_ground(state_learning(space, "It works", actor=world.lena), Ground(asset), actor=world.lena)
                case "review":
                    post_review(space, "Fairs", actor=world.lena, quarter="2026-Q3", deck=asset)
                case "remove":
                    remove(asset, actor=world.lena)
        db.session.flush()
        for asset in assets:
            for reader in (world.person(handle) for handle in CAST):
                if not can(reader, "read", asset) or asset.is_deleted:
                    continue
                chain, uses = why_chain(asset, reader), used_in(asset, reader)
                links = [*chain.origins, chain.here, *chain.copies]
                named = [*(each.asset for each in links), *uses.entries,
                         *(decision for each in links for decision in each.decisions),
                         *(each.derivation.origin for each in links if each.derivation)]
                assert all(can(reader, "read", each) and not each.is_deleted for each in named)
                assert all(can(reader, "see", each) for each in uses.spaces)
    finally:
        db.session.rollback()
