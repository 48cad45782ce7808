"""A learning made from what somebody said, applied elsewhere, and found before money is spent."""

from playwright.sync_api import expect

from tests.browser.conftest import listen


def test_a_comment_becomes_a_learning_that_leads_back_to_it(desk, places):
    page = listen(desk("lena"), places["post"])
    comment = page.locator(".comment").first
    said = comment.locator(".prose").first.inner_text()
    comment.get_by_role("button", name="More about this comment").first.click()
    page.get_by_role("link", name="Make a learning of it").click()
    expect(page.get_by_label("The claim")).to_have_value(said)
    page.get_by_label("The claim").fill("Depth is an answer too")
    page.get_by_label("Channels").fill("webinar, fair")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Depth is an answer too")
    expect(page.get_by_text("Made from")).to_be_visible()
    page.get_by_role("link", name="fair", exact=True).click()
    expect(page.locator(".entry--learning", has_text="Depth is an answer too")).to_be_visible()


def test_what_was_tried_before_appears_beside_the_form_of_a_new_campaign(desk):
    page = listen(desk("mei"), "/reviews/new")
    page.get_by_label("Campaign").press_sequentially("Gripper webinars")
    beside = page.get_by_role("complementary")
    expect(beside.get_by_role("link", name="Gripper webinars for mid-market")).to_be_visible()
    page.get_by_label("Channels").press_sequentially("webinar")
    expect(beside.get_by_role("link", name="A form with three fields")).to_be_visible()


def test_a_trial_is_begun_and_its_result_counts(desk, places):
    page = listen(desk("mei"), places["learning"])
    page.get_by_label("Where do you apply it?").fill("Korea")
    page.get_by_role("button", name="Begin the trial").click()
    page.get_by_label("It …").select_option("failed")
    page.get_by_label("What happened").last.fill("Nobody filled it in")
    page.get_by_role("button", name="Report").click()
    expect(page.get_by_role("row", name="Korea")).to_contain_text("failed")
    expect(page.locator(".record-line")).to_contain_text("failed 2")
