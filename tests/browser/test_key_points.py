"""A key point on a slide, and what was said last quarter: written where one looks, seen by the others."""

from playwright.sync_api import expect

from tests.browser.conftest import listen

POINT = "Recordings convert, phone numbers do not"


def test_a_key_point_is_pinned_and_what_was_said_is_carried_over(desk, places):
    place = places["review"]
    review = listen(desk("lena"), f"{place}?slide=3")
    mei = listen(desk("mei"), f"{place}?slide=3")
    mei.get_by_label("Your comment").first.fill(POINT)
    mei.get_by_role("button", name="Key point").first.click()
    expect(mei.locator("[data-side] .comment", has_text=POINT)).to_contain_text("Key point")
    expect(review.locator("[data-side] .comment", has_text=POINT)).to_contain_text("Key point")

    # Above the deck too, in the page that was open all the time.
    summary = review.get_by_role("region", name="Key points")
    summary.locator(".point", has_text=POINT).get_by_role("link", name="slide 3").click()
    expect(review.locator("[data-side]").get_by_text(POINT)).to_be_visible()
    said = review.locator("#said")
    said.locator(".settling summary", has_text="More fairs").click()
    said.get_by_label("Outcome").last.select_option("Carried over")
    said.get_by_label("Done on, or carried over until").last.fill("2031-01-31")
    said.get_by_role("button", name="Write it down").last.click()
    expect(review.locator("#next-steps .commitment", has_text="More fairs")).to_contain_text("until 31 Jan 2031")
