"""What files may be used for, and what happens when that ends."""

import io
from datetime import date, timedelta

import pytest

from app.activity.models import Activity, Notification
from app.assets.actions import hold, keep, upload
from app.assets.pages import make_pages
from app.db import now
from app.entries.actions import NotUsable, share
from app.extensions import db
from app.reuse.actions import adapt, say_rights, tell_of_ending
from app.reuse.language import guess
from app.reviews.actions import post_review

TODAY = now().date()


@pytest.fixture
def picture(world):
    return upload(world.space("project", "open"), keep(io.BytesIO(b"Stock"), "stock.txt"), actor=world.lena)


def told(person) -> int:
    query = db.select(Notification).join(Activity).where(
        Notification.person_id == person.id, Activity.kind == "asset.rights_ending")
    return len(db.session.scalars(query).all())


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(world, picture, browser_of):
    lena = browser_of(world.lena)
    sent = {"licence": "Stock 12", "usable_from": "2026-05-01", "usable_until": "2026-04-01", "region": "EMEA, DACH",
            "language": "de"}
    refused = lena.post(f"{picture.url}/rights", data=sent)
    assert refused.status_code == 422 and "Stock 12" in refused.text and "before the day" in refused.text
    assert lena.post(f"{picture.url}/rights", data=sent | {"usable_until": "2026-06-01"}).status_code == 303
    assert [each.value for each in picture.places] == ["DACH", "EMEA"] and picture.language_said
    assert "Stock 12" in browser_of(world.jon).get(picture.url).text
    assert browser_of(world.jon).get(f"{picture.url}/rights").status_code == 403


@pytest.mark.parametrize("rights", [{"usable_until": TODAY - timedelta(1)}, {"usable_from": TODAY + timedelta(2)}])
def test_outside_of_its_time_it_is_flagged_and_put_to_no_further_use(world, picture, browser_of, rights):
    say_rights(picture, actor=world.lena, **rights)
    with pytest.raises(NotUsable):
        share(picture, world.commons, actor=world.lena)
    with pytest.raises(NotUsable):
        adapt(picture.current, world.commons, actor=world.lena)
    with pytest.raises(NotUsable):
        post_review(world.commons, "Fairs", actor=world.lena, quarter="2026-Q3", deck=picture)
    held = hold(keep(io.BytesIO(b"Stock"), "again.txt"), actor=world.lena)
    db.session.commit()
    lena = browser_of(world.lena)
    refused = lena.post(f"/e/{picture.id}/share", data={"space_id": world.commons.id, "body": "Look"})
    assert refused.status_code == 422 and "may not be used" in refused.text and "Look" in refused.text
    assert "may not be used" in lena.get(f"{picture.url}/adapt").text
    lena.post(f"/uploads/{held.id}/use/{picture.id}", data={"space_id": world.commons.id})
    assert not picture.shares
    flag = "rights ended" if "usable_until" in rights else "not usable yet"
    for address in (f"{picture.url}", "/projects/project-open?tab=assets"):
        assert flag in lena.get(address).text or "may not be used" in lena.get(address).text


def test_a_review_whose_deck_has_no_rights_any_more_goes_nowhere_new(world):
    deck = keep(io.BytesIO(b"Deck"), "deck.txt")
    review = post_review(world.space("project", "open"), "Fairs", actor=world.lena, quarter="2026-Q3", deck=deck)
    say_rights(review.deck, actor=world.lena, usable_until=TODAY - timedelta(1))
    with pytest.raises(NotUsable):
        share(review, world.commons, actor=world.lena)


def test_a_copy_is_bound_by_the_rights_of_its_origin(world, picture):
    say_rights(picture, actor=world.lena, licence="Stock", usable_until=TODAY, places={"channel": ["fair"]})
    copy = adapt(picture.current, world.commons, actor=world.jon)
    assert (copy.licence, copy.usable_until, copy.places[0].value) == ("Stock", TODAY, "fair")


def test_its_owner_is_told_a_month_a_week_and_on_the_day_once_each(world, picture):
    until = date(2027, 3, 31)
    say_rights(picture, actor=world.lena, usable_until=until)
    counts = []
    for days in (31, 30, 29, 8, 7, 6, 1, 0, 0, -1):
        tell_of_ending(until - timedelta(days))
        counts.append(told(world.lena))
    assert counts == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


def test_new_days_are_told_of_anew(world, picture):
    say_rights(picture, actor=world.lena, usable_until=TODAY)
    tell_of_ending(TODAY)
    say_rights(picture, actor=world.lena, usable_until=TODAY + timedelta(20))
    tell_of_ending(TODAY)
    assert told(world.lena) == 2


@pytest.mark.parametrize(("text", "code"), [
    ("Short invitations brought twice as many people to the webinar as the long ones", "en"),
    ("Die kurze Einladung bringt doppelt so viele Leute in das Webinar wie eine lange", "de"),
    ("季度回顾：机器人抓手的网络研讨会带来了四十二条线索", "zh"), ("ロボットのグリッパーです", "ja"), ("CPL 41 28", ""),
])
def test_the_language_of_a_text_is_told(text, code):
    assert guess(text) == code


def test_the_language_is_guessed_from_the_pages_until_somebody_says_it(world):
    words = b"Die kurze Einladung bringt doppelt so viele Leute in das Webinar wie eine lange"
    asset = upload(world.commons, keep(io.BytesIO(words), "kurz.txt"), actor=world.lena)
    from_jobs(asset)
    assert asset.language == "de"
    say_rights(asset, actor=world.lena, language="en")
    from_jobs(asset)
    assert asset.language == "en"


def from_jobs(asset) -> None:
    asset.current.status = "pending"
    db.session.commit()
    make_pages(asset.current.id)
    db.session.refresh(asset)
