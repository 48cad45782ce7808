"""Quoting: one's own words about an entry, its card for those who may see it, and for nobody else."""

import pytest

from app.activity.delivery import commit
from app.activity.models import Notification
from app.entries import actions
from app.entries.cards import cards
from app.entries.quoting import NothingToQuote, quote
from app.extensions import db


@pytest.fixture
def secret(world):
    return actions.post(world.space("project", "secret"), "Between us", actor=world.lena)


@pytest.fixture
def quoting(world, secret):
    """Jon quotes in the Commons what only he and Lena see."""
    made = quote(secret, world.commons, "This is why", actor=world.jon)
    commit()
    return made


def test_the_card_is_for_those_who_may_see_it_and_access_is_not_widened(world, quoting, secret, browser_of):
    seen, hidden = (browser_of(who).get(quoting.url).text for who in (world.lena, world.otto))
    assert "This is why" in seen and "Between us" in seen
    assert "This is why" in hidden and "Between us" not in hidden and "project-secret" not in hidden
    assert "something that you cannot see" in hidden
    assert not secret.shares and browser_of(world.otto).get(f"/e/{secret.id}").status_code == 404


def test_how_often_counts_only_what_the_reader_may_see(world, secret):
    quote(secret, secret.space, "Once more", actor=world.jon)
    gone = quote(secret, world.commons, "Not so", actor=world.jon)
    quote(secret, world.commons, "In the open", actor=world.jon)
    actions.remove(gone, actor=world.jon)
    there = actions.post(world.commons, "All see this", actor=world.lena)
    quote(there, secret.space, "Hush", actor=world.jon)
    commit()
    assert cards([secret.id], world.lena)[0].quoted_times == 2
    assert cards([there.id], world.lena)[0].quoted_times == 1
    db.session.expunge_all()
    assert not hasattr(cards([there.id], world.otto)[0], "quoted_times")


def test_the_pages_of_quotes_hold_what_the_reader_may_see(world, secret, quoting, browser_of):
    there = actions.post(world.commons, "All see this", actor=world.lena)
    quote(there, secret.space, "Hush", actor=world.jon)
    commit()
    assert "Hush" in browser_of(world.lena).get(f"/e/{there.id}/quotes").text
    assert "Hush" not in browser_of(world.otto).get(f"/e/{there.id}/quotes").text
    assert browser_of(world.otto).get(f"/e/{secret.id}/quotes").status_code == 404


def test_its_author_hears_of_it_where_they_may_read(world, quoting, secret):
    [told] = [each for each in db.session.scalars(db.select(Notification)) if each.reason == "author"]
    assert told.person_id == world.lena.id and told.activity.kind == "entry.quoted"
    theirs = actions.post(world.commons, "By Otto", actor=world.otto)
    quote(theirs, secret.space, "Look at Otto", actor=world.jon)
    commit()
    assert not db.session.scalars(db.select(Notification).where(Notification.person_id == world.otto.id)).all()


def test_a_share_stays_when_a_quote_beside_it_goes(world, secret):
    actions.share(secret, world.space("community", "closed"), actor=world.jon)
    made = quote(secret, world.space("community", "closed"), "Read this", actor=world.jon)
    actions.remove(made, actor=world.jon)
    assert [each.space.slug for each in secret.shares] == ["community-closed"]
    kept = quote(secret, world.space("community", "closed"), "Read this", actor=world.jon)
    actions.unshare(secret.shares[0], actor=world.jon)
    assert not kept.is_deleted


def test_what_was_deleted_is_quoted_no_more(world, secret, quoting, browser_of):
    actions.remove(secret, actor=world.lena)
    commit()
    page = browser_of(world.lena).get(quoting.url).text
    assert "This is why" in page and "Between us" not in page and "or that is gone" in page
    with pytest.raises(NothingToQuote):
        quote(secret, world.commons, "Again", actor=world.jon)


def test_the_form_keeps_what_was_typed_and_asks_for_access(world, secret, browser_of):
    jon, otto = browser_of(world.jon), browser_of(world.otto)
    assert "Quote with words" in jon.get(f"/e/{secret.id}/quote").text
    assert jon.post(f"/e/{secret.id}/quote", data={"body": "", "space_id": world.commons.id}).status_code == 422
    refused = jon.post(f"/e/{secret.id}/quote", data={"body": "Kept words"})
    assert refused.status_code == 422 and "Kept words" in refused.text
    assert otto.post(f"/e/{secret.id}/quote", data={"body": "x", "space_id": world.commons.id}).status_code == 404
