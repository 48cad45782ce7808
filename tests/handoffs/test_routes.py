"""The pages of hand-offs: the form, each step in the thread, what waits, the report and its file."""

import csv
import io
import re
from datetime import timedelta

import pytest

from app.activity.delivery import commit
from app.db import at
from app.extensions import db
from app.handoffs.actions import accept, ask_back, decline, hand_over, tell_outcome
from app.handoffs.models import Handoff
from app.handoffs.queue_models import DeclineReason, ServiceLevel
from app.reviews.actions import post_review
from tests.handoffs.conftest import THURSDAY

WANTED = {"signal": "lead", "title": "Wants a visit", "tier": "A", "review_id": "0", "queue_id": "0", "person": ""}


@pytest.fixture
def page(browser_of, world):
    """The text of a page as somebody reads it."""
    def read(who: str, address: str) -> str:
        response = browser_of(world.person(who)).get(address)
        assert response.status_code == 200, address
        return response.text
    return read


def test_it_is_given_to_a_queue_or_to_a_person_and_what_was_typed_stays(world, browser_of, queue):
    lena, address = browser_of(world.lena), "/accounts/account-open/handoffs/new"
    refused = lena.post(address, data=WANTED | {"contact_email": "no address", "reads": "/e/99999"})
    assert refused.status_code == 422 and "Wants a visit" in refused.text
    for words in ("Give it to a queue, or to one person.", "This is not an e-mail address.",
                  "There is nothing at “/e/99999” that you can see."):
        assert words in refused.text
    first_id = world.first_post(world.space("account", "open")).id
    assert lena.post(address, data=WANTED | {"person": "@jon", "reads": f"/e/{first_id}"}).status_code == 303
    db.session.remove()
    [made] = db.session.scalars(db.select(Handoff))
    assert (made.person.handle, made.tier, [each.id for each in made.reads]) == ("jon", "A", [first_id])
    assert browser_of(world.otto).get("/accounts/account-closed/handoffs/new").status_code == 403


def test_a_chosen_queue_wins_over_the_person_the_form_began_with(world, browser_of, queue):
    space = world.space("account", "open")
    space.account.sales_owner = world.jon
    db.session.commit()
    lena, address = browser_of(world.lena), f"/accounts/{space.slug}/handoffs/new"
    assert 'value="@jon"' in lena.get(address).text
    assert lena.post(address, data=WANTED | {"queue_id": queue.id, "person": "@otto"}).status_code == 422
    assert lena.post(address, data=WANTED | {"queue_id": queue.id, "person": "@jon"}).status_code == 303
    [made] = db.session.scalars(db.select(Handoff))
    assert (made.queue, made.person) == (queue, None)


def test_what_sales_asked_waits_for_who_gave_it(world, page, handoff):
    assert handoff.title in page("jon", "/handoffs") and "Nothing waits for you" in page("lena", "/handoffs")
    ask_back(handoff, "How many?", actor=world.jon)
    commit()
    assert handoff.title in page("lena", "/handoffs") and "Nothing waits for you" in page("jon", "/handoffs")


def test_accepting_from_a_card_answers_with_the_card_and_who_comes_second_is_told(world, browser_of, handoff):
    jon, otto, address = browser_of(world.jon), browser_of(world.otto), f"{handoff.url}/acceptance"
    card = jon.post(address, headers={"HX-Request": "true"})
    assert card.status_code == 200 and "Accepted by Jon Park" in card.text and "<html" not in card.text
    second = otto.post(address, headers={"HX-Request": "true"})
    assert second.headers["HX-Redirect"] == handoff.url
    assert "Jon Park accepted this already." in otto.get(handoff.url).text
    assert browser_of(world.mei).post(address).status_code == 403


def test_each_step_opens_its_form_in_the_page_and_says_what_is_missing(world, browser_of, handoff):
    jon = browser_of(world.jon)
    assert 'id="do"' in jon.get(f"{handoff.url}?do=declinations").text
    assert 'id="do"' not in jon.get(f"{handoff.url}?do=outcomes").text
    assert 'id="do"' not in browser_of(world.mei).get(f"{handoff.url}?do=declinations").text
    empty = jon.post(f"{handoff.url}/declinations", data={"note": "She left in May"})
    assert empty.status_code == 422 and "She left in May" in empty.text and "Choose a reason" in empty.text
    assert jon.post(f"{handoff.url}/questions", data={"note": " "}).status_code == 422
    assert jon.post(f"{handoff.url}/questions", data={"note": "How many?"}).status_code == 303
    assert browser_of(world.lena).post(f"{handoff.url}/answers", data={"note": "Forty"}).status_code == 303
    assert jon.post(f"{handoff.url}/acceptance").status_code == 303
    outcome = {"outcome": "opportunity", "amount": "many", "currency": "EUR"}
    assert "This is not a number." in jon.post(f"{handoff.url}/outcomes", data=outcome).text
    assert jon.post(f"{handoff.url}/outcomes", data=outcome | {"amount": "90.000"}).status_code == 303
    course = re.sub(r"<[^>]+>|\s+", " ", jon.get(handoff.url).text)
    for words in ("How many?", "Forty", "has an opportunity", "€90,000"):
        assert words in course
    assert "€90,000.00" not in course


def test_the_page_of_what_waits_is_for_each_what_waits_for_them_and_is_paged_by_key(world, page, handoff, queue):
    for number in range(24):
        with at(THURSDAY + timedelta(minutes=number)):
            hand_over(handoff.space, f"Number {number:02}", actor=world.lena, queue=queue, tier="A")
    commit()
    assert "Waits for me <span class=\"count\">25</span>" in page("jon", "/handoffs")
    seen, address = [], "/handoffs"
    while address:
        text = page("jon", address)
        seen += re.findall(r"Number \d\d", text)
        older = re.search(r'href="(/handoffs\?[^"]*after=[^"]*)"', text)
        address = older and older[1].replace("&amp;", "&")
    assert list(dict.fromkeys(seen)) == [f"Number {number:02}" for number in range(24)]
    assert "Nothing waits for you" in page("mei", "/handoffs") and "Number 03" in page("lena", "/handoffs?view=given")
    assert "Nothing like that" in page("jon", "/handoffs?tier=C")


def test_the_clock_is_told_in_the_readers_zone(world, page, handoff, monkeypatch):
    def wait(**span) -> None:
        for module in ("telling", "waiting"):
            monkeypatch.setattr(f"app.handoffs.{module}.now", lambda: THURSDAY + timedelta(**span))

    world.jon.timezone, world.lena.timezone = "Asia/Shanghai", "Europe/Berlin"
    commit()
    wait(hours=1, minutes=50)
    assert "answer by today 21:00 · 2 h 10 min working time left" in page("jon", handoff.url)
    assert "answer by today 14:00" in page("lena", "/accounts/account-open")
    wait(days=4)
    late = page("lena", handoff.url)
    assert "answer overdue since Thursday 14:00 · 1 d 4 h working time" in late
    assert 'class="handoff-clock overdue"' in late and "#alert-triangle" in late
    assert "Wants a quote" in page("jon", "/handoffs?late=1")
    monkeypatch.setattr("app.feed.rail.now", lambda: THURSDAY + timedelta(days=4))
    assert "overdue since Thursday" in page("jon", "/")


def test_a_campaign_shows_what_sales_made_of_it_from_what_the_reader_may_see(world, page, queue):
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", programme="=Webinars")
    for access in ("open", "secret"):
        given = hand_over(world.space("account", access), "Wants", actor=world.lena, person=world.jon, review=review)
        accept(given, actor=world.jon)
        tell_outcome(given, "won", actor=world.jon, amount=100, currency="EUR")
    decline(hand_over(world.space("account", "open"), "No", actor=world.lena, queue=queue, review=review),
            "The wrong person", actor=world.otto)
    commit()
    loops = {who: re.sub(r"<[^>]+>|\s+", " ", page(who, review.url)) for who in ("lena", "otto")}
    assert "What sales made of it" in loops["lena"] and "€200" in loops["lena"]
    assert "€100" in loops["otto"] and "€200" not in loops["otto"] and "The wrong person" in loops["otto"]
    report = page("otto", f"/handoffs/report?review={review.id}&by=source")
    assert "€100" in report and "€200" not in report
    [header, row] = list(csv.reader(io.StringIO(page("lena", "/handoffs/report?format=csv").removeprefix("\ufeff"))))
    assert dict(zip(header, row, strict=True))["won_amounts"] == "200.00 EUR" and row[0] == "'=Webinars"


def test_who_leads_a_queue_keeps_levels_reasons_and_queues(world, browser_of, queue):
    ada, jon = browser_of(world.ada), browser_of(world.jon)
    form = {"name": "East", "team_id": "0", "leaders": "@jon", "people": "", "timezone": "Asia/Shanghai", "days": "0",
            "opens": "09:00", "closes": "23:59", "holidays": "2026-10-01"}
    assert jon.post("/handoffs/queues/new", data=form).status_code == 403
    refused = ada.post("/handoffs/queues/new", data=form | {"closes": "08:00", "holidays": "May", "leaders": "@gus"})
    for words in ("It ends before it begins.", "Write days like 2026-12-25", "No colleague is called @gus."):
        assert words in refused.text
    assert ada.post("/handoffs/queues/new", data=form).status_code == 303
    assert "9:00–24:00, Asia/Shanghai" in jon.get("/handoffs/queues").text
    assert jon.post("/handoffs/levels/A", data={"A-answer_hours": "0", "A-outcome_days": "3"}).status_code == 422
    assert jon.post("/handoffs/levels/A", data={"A-answer_hours": "2", "A-outcome_days": "3"}).status_code == 303
    assert jon.post("/handoffs/reasons", data={"reasons": "Too small\n\nToo small\nToo far"}).status_code == 303
    db.session.remove()
    assert db.session.get(ServiceLevel, "A").answer_minutes == 120
    assert set(db.session.scalars(db.select(DeclineReason.name))) == {"Too small", "Too far"}
    assert browser_of(world.otto).post("/handoffs/reasons", data={"reasons": "No"}).status_code == 403
    assert browser_of(world.gus).get("/handoffs/queues").status_code == 404
