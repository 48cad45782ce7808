"""A question on a slide: asked, wanted by a colleague and answered, accepted by whose review it is."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import listen
from tests.browser.test_review import review as review

ASKED = "Where does the 40 come from?"


def test_a_question_is_asked_voted_for_answered_and_accepted(review: Page, desk):
    place = review.url.split("?")[0]
    mei = listen(desk("mei"), f"{place}?slide=3")
    mei.get_by_label("Your comment").first.fill(ASKED)
    mei.get_by_role("button", name="Ask", exact=True).first.click()
    expect(mei.locator("[data-side] .comment", has_text=ASKED)).to_contain_text("Question")

    jon = listen(desk("jon"), place)
    queued = jon.locator("#questions .question", has_text=ASKED)
    queued.get_by_role("button", name="0 votes").click()
    expect(queued.get_by_role("button", name="1 vote")).to_have_attribute("aria-pressed", "true")
    queued.get_by_role("link", name="on slide 3").click()
    asking = jon.locator("[data-side] .comment", has_text=ASKED)
    asking.get_by_role("link", name="Reply").click()
    answer = asking.locator("[data-answer]")
    expect(answer.get_by_role("button", name="Ask", exact=True)).to_have_count(0)
    answer.get_by_label("Your comment").fill("From the fair in Munich")
    answer.get_by_role("button", name="Comment", exact=True).click()
    expect(asking.get_by_text("From the fair in Munich")).to_be_visible()

    review.goto("/")
    expect(review.get_by_role("complementary")).to_contain_text("1 open question")
    review.goto(f"{place}?slide=3")
    listen(review, review.url)
    review.get_by_role("button", name="Accept this answer").click()
    expect(review.locator("#questions .question", has_text=ASKED)).to_contain_text("Accepted answer")
    expect(review.locator("[data-side]").get_by_text("Accepted answer")).to_be_visible()
