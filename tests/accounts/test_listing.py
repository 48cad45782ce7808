"""The list of accounts: what is open and late with each, who was silent, and that hidden things do not count."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.accounts.actions import change_account, open_account
from app.accounts.listing import ORDERS, Wanted, found, read
from app.accounts.models import Account
from app.accounts.standing import Standing, standings
from app.activity.delivery import commit
from app.assets.actions import keep
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read as read_mail
from app.conversations.models import Promise
from app.conversations.promises import Said, late, settle
from app.conversations.receiving import file_all
from app.db import at, now
from app.extensions import db
from app.handoffs.actions import accept, hand_over
from app.people.models import Person
from app.spaces.archiving import archive
from tests.making.mails import mail

MOMENT = datetime(2026, 11, 26, 12, tzinfo=UTC)
EVERY_ZONE = ("Pacific/Kiritimati", "Pacific/Auckland", "Asia/Tokyo", "Europe/Berlin", "UTC", "America/New_York",
              "Pacific/Honolulu", "Etc/GMT+12", "No/Where")


@pytest.fixture(autouse=True)
def thursday():
    with at(MOMENT):
        yield


@pytest.fixture
def account(world) -> Account:
    return world.space("account", "open").account


def standing(account: Account, reader: Person) -> Standing:
    return standings([account.id], reader)[0]


def slugs(reader: Person, **wanted) -> list[str]:
    ids, _after = found(reader, Wanted(**wanted))
    return [db.session.get(Account, key).space.slug for key in ids]


def test_it_tells_what_is_open_and_late_on_both_sides(world, account):
    with at(MOMENT - timedelta(days=7)):
        first = hand_over(account.space, "Late", actor=world.lena, person=world.jon)
    hand_over(account.space, "Fresh", actor=world.lena, person=world.jon)
    done = log_conversation(account, "Kept", actor=world.jon, people=[("Anna", "")],
                            promised=[Said("ours", "Kept", world.jon, date(2026, 11, 1))])
    settle(done.promises[0], "kept", actor=world.jon)
    log_conversation(account, "Five", actor=world.jon, people=[("Anna", "")], channel="call", promised=[
        Said("ours", "Offer", world.jon, date(2026, 11, 20)), Said("ours", "Visit", None, date(2026, 12, 1)),
        Said("theirs", "Drawings", None, date(2026, 11, 25)), Said("theirs", "Order", None, date(2026, 12, 5))])
    told = standing(account, world.jon)
    assert (told.handoffs, told.late_handoffs, told.handoff) == (2, 1, first)
    assert (told.ours, told.late_ours, told.late_theirs, told.due_on) == (2, 1, 1, date(2026, 11, 20))
    assert told.is_late and told.touched.channel == "call"
    assert slugs(world.jon, needs=True) == ["account-open"] == slugs(world.jon)[:1]


def test_what_one_may_not_see_is_neither_counted_nor_told(world):
    closed = world.space("account", "closed").account
    hand_over(closed.space, "Hidden", actor=world.lena, person=world.jon)
    log_conversation(closed, "Five", actor=world.jon, people=[("Anna", "")],
                     promised=[Said("ours", "Offer", world.jon, date(2026, 11, 20))])
    assert standing(closed, world.otto) == Standing(closed)
    assert slugs(world.otto, needs=True) == [] and "account-closed" not in slugs(world.otto, silent=True)
    assert slugs(world.jon, needs=True) == ["account-closed"]
    assert "account-secret" not in slugs(world.otto) and slugs(world.gus) == []


@pytest.mark.parametrize("wanted", [
    {"tier": "A"}, {"region": "DACH"}, {"industry": "Packaging"}, {"stage": "buying"}, {"owner": "jon"},
    {"name": "NOOR"}, {"name": "noor packaging"}])
def test_each_filter_keeps_what_fits(world, wanted):
    open_account("Al Noor Packaging", actor=world.lena, tier="A", region="DACH", industry="Packaging", stage="buying",
                 sales_owner_id=world.jon.id)
    assert slugs(world.lena, **wanted) == ["al-noor-packaging"]
    assert slugs(world.jon, mine=True, **wanted) == ["al-noor-packaging"] and slugs(world.lena, mine=True) == []


def test_silent_is_who_neither_spoke_nor_was_written_to_for_thirty_days(world, account):
    assert "account-open" in slugs(world.lena, silent=True)
    with at(MOMENT - timedelta(days=60)):
        log_conversation(account, "Five", actor=world.jon, people=[("Anna", "")])
    assert "account-open" in slugs(world.lena, silent=True)
    assert slugs(world.lena, order="touched")[-1] == "account-open"
    log_conversation(account, "Six", actor=world.jon, people=[("Anna", "")], happened_at=MOMENT - timedelta(days=29))
    assert "account-open" not in slugs(world.lena, silent=True)


def test_a_later_letter_of_an_old_thread_is_a_touch(world, account):
    for key, days in (("1", 60), ("2", 3)):
        day = (MOMENT - timedelta(days=days)).strftime("%a, %d %b %Y 12:00:00 +0000")
        data = mail("Five", head={"Message-ID": f"<{key}>", "References": "<1>", "Date": day,
                                  "From": "Anna <a@x.example>"})
        file_all(account, read_mail(keep(io.BytesIO(data), "letter.eml")), actor=world.jon)
    told = standing(account, world.jon).touched
    assert (told.at, told.kind, told.channel) == (MOMENT - timedelta(days=3), "conversation", "mail")
    assert "account-open" not in slugs(world.lena, silent=True)


def test_of_two_hand_offs_the_accepted_one_that_owes_nothing_needs_nothing(world, account):
    handoff = hand_over(account.space, "Wants", actor=world.lena, person=world.jon)
    accept(handoff, actor=world.jon)
    assert slugs(world.lena, needs=True) == ["account-open"]
    archive(account.space, actor=world.lena)
    assert slugs(world.lena, needs=True) == [] and standing(account, world.lena).handoffs == 0


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_is_paged_by_key_without_loss(world, order):
    for number in range(9):
        made = open_account(f"{'aBä'[number % 3]} {number // 2}", actor=world.lena, tier="ABC"[number % 3])
        log_conversation(made, "Five", actor=world.jon, people=[("Anna", "")],
                         happened_at=MOMENT - timedelta(days=number // 2), promised=[
                             Said("ours", "Offer", None, date(2026, 12, 1 + number // 3))])
    every, pages, after = found(world.lena, Wanted(order=order), limit=100)[0], [], ""
    while after is not None:
        ids, after = found(world.lena, Wanted(order=order), after or "", limit=2)
        pages += ids
    assert pages == every and len(set(every)) == 12


def test_an_address_is_read_back_and_nonsense_asks_for_nothing(world, browser_of):
    assert read(Wanted(mine=True, tier="A", order="name").address()) == Wanted(mine=True, tier="A", order="name")
    assert read({"tier": "Z", "order": "random", "stage": "x"}) == Wanted()
    browser = browser_of(world.lena)
    for after in ("x", "[]", "[1, 2]", '["2026-01-01", "A", "x"]', '["9", "A", 1]', '["a\\u0000", 1]', "1", "[" * 3000,
                  '["a\\ud800", 1]', '["A", "a\\ud800", 1]', '["2026-01-01", "A", true]',
                  '["0001-01-01T00:00:00+14:00", 1]'):
        for order in ORDERS:
            assert browser.get("/accounts", query_string={"after": after, "order": order}).status_code in (200, 400)
    for name in ("region", "industry", "owner", "name"):
        assert browser.get("/accounts", query_string={name: "a\0b"}).status_code == 200
    assert browser.get("/handoffs", query_string={"after": "0001-01-01T00:00:00+14:00~5"}).status_code == 400


@pytest.mark.parametrize("hour", [0, 6, 12, 18, 23])
def test_late_in_sql_is_late_in_python(world, account, hour):
    for number, zone in enumerate(EVERY_ZONE):
        world.mei.timezone = zone
        owner = Person(email=f"{number}@x.example", name=zone, handle=f"z{number}", timezone=zone)
        db.session.add(owner)
        log_conversation(account, "Five", actor=world.jon, people=[("Anna", "")], promised=[
            Said("ours", f"{zone} {days}", each, date(2026, 11, 26) + timedelta(days=days))
            for days in range(-2, 3) for each in (owner, None)])
    db.session.flush()
    with at(MOMENT.replace(hour=hour)):
        query = select(Promise).outerjoin(Promise.owner).where(late(now()))
        assert set(db.session.scalars(query)) == {each for each in db.session.scalars(select(Promise)) if each.is_late}


def test_the_page_tells_it_and_guests_see_their_own(world, account, browser_of):
    change_account(account, actor=world.lena, tier="A", region="DACH", sales_owner_id=world.jon.id)
    hand_over(account.space, "Wants", actor=world.lena, person=world.jon)
    commit()
    jon = browser_of(world.jon)
    page = jon.get("/accounts?mine=1").text
    assert "1 hand-off" in page and "handoff-clock" in page
    assert "Never spoken to" in page
    assert 'id="account-' in page and page.count('<article class="account-row') == 1
    assert "account-open" not in browser_of(world.gus).get("/accounts").text
    assert "No account fits these filters." in jon.get("/accounts?region=Nowhere").text


def test_the_palette_offers_guests_what_they_may_do(world, browser_of):
    offered = {name: browser_of(world.person(name)).get("/accounts").text for name in ("jon", "gus")}
    for address in ("/reviews/new", "/spaces/new"):
        item = f'class="palette-item" href="{address}"'
        assert item in offered["jon"] and item not in offered["gus"]
    assert 'class="palette-item" href="/accounts"' in offered["gus"]
