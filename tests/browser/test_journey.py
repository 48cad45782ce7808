"""From a deck to a posted review: how much a newcomer has to do by hand, counted; and two who write one together."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import listen
from tests.browser.test_every_page import examine
from tests.making.campaign_deck import CampaignDeck

# Seconds of the keystroke-level model (Card, Moran and Newell 1980): to think, point and press; to type a character.
CLICK, CHARACTER = 1.35 + 1.1 + 0.2, 0.28
PICK_A_FILE = 3
"""Clicks in the browser's own dialog."""
MINUTES = 3
LEARNED = "Recordings sent in before a webinar double its SQLs\nLong forms lose half"


class Hand:
    """Does what a person does, and counts it."""

    def __init__(self) -> None:
        self.clicks = self.characters = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def type(self, target: Locator, text: str) -> None:
        self.click(target)
        self.characters += len(text)
        target.press_sequentially(text)

    def pick(self, page: Page, target: Locator, file) -> None:
        with page.expect_file_chooser() as chooser:
            self.click(target)
        self.clicks += PICK_A_FILE
        chooser.value.set_files(file)

    @property
    def seconds(self) -> float:
        return self.clicks * CLICK + self.characters * CHARACTER


def deck_of_twenty(path):
    made = CampaignDeck("Autumn webinars", "Campaign review Q3 2026 · EMEA")
    made.table("Results", ("Figure", "Actual"), ("Budget", "€30,000"), ("Cost", "€28,400"), ("Leads", "310"),
               ("MQLs", "84"), ("SQLs", "31"), ("Pipeline", "€410,000"))
    made.bullets("What worked", "Recordings before the webinar", "Tuesday at ten")
    made.bullets("What did not work", "The long form")
    made.bullets("Next steps", "Translate the deck", "Ask for recordings first")
    for number in range(15):
        made.bullets(f"Detail {number + 1}", "More about this", "And about that")
    return made.save(path)


def test_a_newcomer_has_a_review_with_figures_and_two_learnings_in_three_minutes(desk, tmp_path):
    page, hand = listen(desk("mei"), "/"), Hand()
    hand.click(page.get_by_role("link", name="Post a review"))
    hand.pick(page, page.locator("#deck"), deck_of_twenty(tmp_path / "autumn.pptx"))
    page.wait_for_url("**/reviews/drafts/*")
    proposals = page.get_by_role("button", name="Take over the")
    proposals.wait_for(timeout=60_000)
    hand.click(proposals)
    expect(page.get_by_label("Campaign")).to_have_value("Autumn webinars")
    examine(page)
    hand.type(page.get_by_label("Learnings"), LEARNED)
    hand.click(page.get_by_role("button", name="Post the review"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Autumn webinars")
    expect(page.locator("[data-place]")).to_have_text("1")
    assert page.locator(".deck-thumb").count() == 20
    told = page.locator("#review-told")
    for figure in ("€28,400", "€410,000", "310", "Tuesday at ten", "The long form", "Translate the deck"):
        expect(told).to_contain_text(figure)
    expect(page.locator(".entry--learning")).to_have_count(2)
    assert hand.seconds < MINUTES * 60, f"{hand.clicks} clicks, {hand.characters} characters"
    assert (hand.clicks, hand.characters) == (8, 72)


def test_two_write_one_draft_and_see_what_the_other_typed(desk, troubles):
    lena, jon = listen(desk("lena"), "/reviews/new"), desk("jon")
    lena.get_by_label("Campaign").fill("Written by two")
    lena.get_by_role("button", name="Keep as a draft").click()
    lena.get_by_label("Write it together with").fill("@jon")
    lena.get_by_role("button", name="Ask to write along").click()
    expect(lena.get_by_text("Jon Park can write along now.")).to_be_visible()
    listen(lena, lena.url)
    listen(jon, lena.url)
    jon.get_by_label("What worked").fill("Short titles")
    expect(lena.get_by_label("What worked")).to_have_value("Short titles")
    lena.get_by_label("Leads", exact=True).fill("300")
    expect(jon.get_by_label("Leads", exact=True)).to_have_value("300")
    expect(jon.get_by_label("What worked")).to_have_value("Short titles")
    lena.get_by_label("Summary").fill("Lena was here")
    jon.get_by_label("Summary").fill("So was Jon")
    for page in (lena, jon):
        for words in ("Lena was here", "So was Jon"):
            expect(page.get_by_label("Summary")).to_have_value(re.compile(words))
    lena.get_by_label("Where", exact=True).select_option(label="project-open")
    lena.get_by_role("button", name="Post the review").click()
    expect(lena.locator(".page-head")).to_contain_text("Jon Park")
    jon.get_by_role("link", name="This draft was posted: open the review.").first.click()
    expect(jon.get_by_role("heading", level=1)).to_have_text("Written by two")
