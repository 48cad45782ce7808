"""A campaign review with its deck: slides, keys, thumbnails, talk per slide, figures with definitions, filters."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import listen
from tests.browser.test_every_page import complaints, examine
from tests.making import documents
from tests.making.campaign_deck import CampaignDeck

SLIDES = ("Where we stand", "What it cost", "What we learned", "Not for the customer")


def post_review(page: Page, folder: Path, title: str, **fields: str) -> None:
    """Through the form, deck included; waits until the slides are drawn."""
    page.goto("/reviews/new")
    page.get_by_label("Campaign").fill(title)
    page.locator("#deck").set_input_files(documents.deck(folder / "review.pptx", SLIDES))
    page.wait_for_url("**/reviews/drafts/*")
    for label, value in fields.items():
        page.locator("main").get_by_label(label.replace("_", " ")).first.fill(value)
    page.get_by_label("Where", exact=True).select_option(label="project-open")
    page.get_by_role("button", name="Post the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.locator(".deck-slide:visible img").first.wait_for(timeout=30_000)
    expect(page.locator(".deck-progress")).to_have_count(0, timeout=30_000)


@pytest.fixture
def review(desk, tmp_path) -> Page:
    """Lena's browser on a fresh review whose slides are drawn."""
    page = desk("lena")
    post_review(page, tmp_path, "Gripper webinar", Region="EMEA", Programme="Grippers", Channels="webinar, e-mail",
                Actual_cost="28,000", Leads="700", MQLs="0", SQLs="3")
    return page


def shown(page: Page):
    return page.locator(".deck-slide:visible")


def test_the_deck_opens_slide_by_slide(review):
    expect(shown(review)).to_have_count(1)
    expect(review.locator(".deck-thumb")).to_have_count(4)
    picture = shown(review).locator("img")
    expect(picture).to_have_attribute("alt", re.compile("Where we stand"))
    review.wait_for_function("() => document.querySelector('.deck-slide:not([hidden]) img').naturalWidth > 400")

    review.locator("[data-deck]").focus()
    review.keyboard.press("ArrowRight")
    expect(review.locator("[data-place]")).to_have_text("2")
    review.keyboard.press("End")
    expect(review.locator("[data-place]")).to_have_text("4")
    expect(review.get_by_text("Hidden in the presentation")).to_be_visible()
    review.keyboard.press("Home")
    review.get_by_role("button", name="Notes").click()
    expect(review.get_by_text("Say this slowly")).to_be_visible()
    review.locator(".deck-thumb").nth(2).click()
    expect(shown(review).locator("img")).to_have_attribute("alt", re.compile("What we learned"))
    assert review.url.endswith("?slide=3")
    review.reload()
    expect(review.locator("[data-place]")).to_have_text("3")


def test_a_comment_on_a_slide_is_seen_on_that_slide_only(review, desk):
    jon = desk("jon")
    listen(jon, f"{review.url}?slide=3")
    listen(review, f"{review.url}?slide=3")
    review.get_by_label("Your comment").first.fill("Where does the 40 come from?")
    review.get_by_role("button", name="Comment", exact=True).first.click()
    side = jon.locator("[data-side]")
    expect(side.get_by_text("Where does the 40 come from?")).to_be_visible()
    expect(jon.get_by_text("Where does the 40 come from?")).to_have_count(1)

    jon.locator(".deck-thumb").nth(1).click()
    expect(side.get_by_role("heading", name="On slide 2")).to_be_visible()
    expect(jon.get_by_text("Where does the 40 come from?")).to_have_count(0)
    jon.locator(".deck-thumb").nth(2).click()
    expect(side.get_by_text("Where does the 40 come from?")).to_be_visible()
    jon.reload()
    expect(jon.locator(".deck-thumb").nth(2)).to_contain_text("1 comment")


def test_a_question_on_the_whole_stands_below_and_not_beside_a_slide(review, desk):
    jon = listen(desk("jon"), review.url)
    review.get_by_label("Your comment").last.fill("Shall we run it again?")
    review.get_by_role("button", name="Comment", exact=True).last.click()
    expect(jon.get_by_text("Shall we run it again?")).to_have_count(1)
    expect(jon.locator("[data-side]").get_by_text("Shall we run it again?")).to_have_count(0)


def test_figures_carry_their_definition_and_say_what_is_missing(review):
    lines = review.get_by_role("table", name="Figures", exact=True).get_by_role("row")
    cost_per_lead = lines.filter(has_text="Cost per lead")
    expect(cost_per_lead.locator(".is-actual")).to_have_text("€40.00")
    cost_per_lead.get_by_text("Cost per lead").click()
    expect(cost_per_lead.get_by_text("Cost ÷ leads = €28,000 ÷ 700 = €40.00")).to_be_visible()
    expect(lines.filter(has_text="Return on marketing")).to_contain_text(
        "–, because the attributed margin is missing")
    expect(lines.filter(has_text="MQL → SQL")).to_contain_text("–, because there are no MQLs")


def test_figures_come_from_a_file_and_a_rate_from_the_last_review(review, tmp_path):
    (tmp_path / "figures.csv").write_text(
        "Kanal;Kosten;Leads\nWebinar;1.200,50;10\nMesse;800;2\nGesamt;2.000,50;12\n", "utf-16")
    review.get_by_role("link", name="Figures from a file").click()
    review.get_by_label("File").set_input_files(tmp_path / "figures.csv")
    review.get_by_role("button", name="Read the file").click()
    sums = review.get_by_role("region", name="Sums of the file")
    expect(sums.get_by_role("row").filter(has_text="Cost")).to_contain_text(re.compile("€28,000.*€2,000"))
    examine(review)
    sums.get_by_label("Take over: Leads").uncheck()
    review.get_by_role("button", name="Take over", exact=True).click()
    expect(review.get_by_text("The cheapest leads came from Webinar")).to_be_visible()
    figures = review.get_by_role("table", name="Figures", exact=True).get_by_role("row")
    expect(figures.filter(has_text="Leads").last).to_contain_text("700")

    review.get_by_role("link", name="Edit").first.click()
    expect(review.get_by_label("Rate", exact=False).first).to_be_hidden()
    review.get_by_label("Currency").select_option("USD")
    expect(review.locator("#rate")).to_have_value("0.92")
    expect(review.locator("#rate_on")).to_have_value("2026-06-30")
    review.locator("#rate").fill("0,95")
    review.get_by_role("button", name="Save").click()
    expect(review.get_by_text("1 USD = 0.95 EUR on Jun 30, 2026")).to_be_visible()


def test_the_list_is_filtered(review):
    entry = review.locator(".entry--review", has_text="Gripper webinar").first
    review.goto("/reviews")
    review.get_by_label("Region").select_option("EMEA")
    review.wait_for_url("**region=EMEA**")
    expect(entry).to_be_visible()
    review.get_by_label("Channel").select_option("webinar")
    review.wait_for_url("**channel=webinar**")
    expect(entry).to_be_visible()
    review.goto("/reviews?region=Nowhere")
    expect(review.get_by_text("No review fits")).to_be_visible()


def test_a_file_that_is_no_deck_is_kept_and_says_why_it_cannot_be_shown(desk, tmp_path):
    page = desk("lena")
    (tmp_path / "broken.pptx").write_bytes(documents.deck(tmp_path / "whole.pptx", SLIDES).read_bytes()[:2000])
    page.goto("/reviews/new")
    page.get_by_label("Campaign").fill("Broken deck")
    page.locator("#deck").set_input_files(tmp_path / "broken.pptx")
    page.wait_for_url("**/reviews/drafts/*")
    expect(page.get_by_label("Campaign")).to_have_value("Broken deck")
    expect(page.get_by_text("The original is kept and can be downloaded.")).to_be_visible(timeout=30_000)


def test_the_reviews_text_is_changed_and_the_deck_stays(review):
    review.get_by_role("link", name="Edit").first.click()
    review.get_by_label("What worked").fill("The **short** form.")
    review.get_by_role("button", name="Save").click()
    expect(review.locator("strong", has_text="short")).to_be_visible()
    expect(review.locator(".deck-thumb")).to_have_count(4)


def test_a_dropped_deck_fills_the_review_in_and_each_value_shows_its_slide(desk, tmp_path):
    made = CampaignDeck("Leak Clinic autumn", "Campaign review Q3 2026 · DACH")
    made.table("Results", ("Figure", "Actual"), ("Cost", "€12,400"), ("Leads", "310"), ("MQLs", "84"))
    made.bullets("What worked", "Recordings before the webinar", "Tuesday at ten")
    page = listen(desk("lena"), "/reviews/new")
    page.get_by_label("Campaign").fill("Leak Clinic autumn")
    page.locator("input[type=file]").set_input_files(made.save(tmp_path / "clinic.pptx"))
    page.wait_for_url("**/reviews/drafts/*")
    proposal = page.locator(".proposal-list > li", has_text="Leads")
    expect(proposal).to_contain_text("310", timeout=60_000)
    proposal.get_by_role("link", name="slide 2").click()
    expect(page.locator(".deck-slide:visible img")).to_have_attribute("alt", re.compile("Results"))
    assert not complaints(page)
    page.get_by_role("button", name="Take over the").click()
    expect(page.get_by_label("Actual cost")).to_have_value("12400")
    page.get_by_role("button", name="Post the review").click()
    expect(page.locator("#review-told")).to_contain_text("€12,400")
    expect(page.locator("#review-told")).to_contain_text("Tuesday at ten")
    line = page.get_by_role("table", name="Figures", exact=True).get_by_role("row").filter(has_text="Cost per lead")
    expect(line).to_contain_text("€40")


def test_a_new_version_of_the_deck_keeps_comments_on_their_slides(review, tmp_path):
    def say(body: str, slide: int) -> None:
        review.locator(".deck-thumb").nth(slide - 1).click()
        expect(review.get_by_role("heading", name=f"On slide {slide}")).to_be_visible()
        side = review.locator(f"[data-thread-page$='-{slide}']")
        side.get_by_label("Your comment").fill(body)
        side.get_by_role("button", name="Comment", exact=True).click()
        expect(side.locator(".comment", has_text=body)).to_be_visible()

    say("Cost is fine", 2)
    say("Nobody learned that", 3)
    address = review.url.split("?")[0]
    review.goto(f"{address}/edit")
    changed = documents.deck(tmp_path / "next.pptx", (SLIDES[0], SLIDES[1], "A cover for the rest", SLIDES[3]))
    review.locator("#deck").set_input_files(changed)
    review.get_by_role("button", name="Save").click()
    review.get_by_role("link", name="Show it").click(timeout=30_000)
    review.locator("summary", has_text="Version 2: 1 slide vanished, 1 new slide").click()
    review.get_by_role("link", name="Slide 3 is new").click()
    expect(shown(review).locator("img")).to_have_attribute("alt", re.compile("A cover"))
    expect(review.locator(".deck-thumb").nth(1)).to_contain_text("1 comment")
    gone = review.locator("#elsewhere")
    expect(gone).to_contain_text("was slide 3 of version 1")
    gone.get_by_role("link", name="Reply").click()
    gone.locator("[data-answer] textarea").fill("So it went")
    gone.get_by_role("button", name="Comment", exact=True).click()
    expect(gone.locator(".replies .comment", has_text="So it went")).to_be_visible()
    assert not complaints(review)
    gone.get_by_role("link", name="was slide 3 of version 1").click()
    expect(shown(review).locator("img")).to_have_attribute("alt", re.compile("What we learned"))
    review.locator(".deck-thumb").nth(1).click()
    expect(review).to_have_url(re.compile(r"version=1&slide=2$"))
