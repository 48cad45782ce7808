"""Writing and reading: news in other open browsers, unread marks, drafts, preview, pictures, completion, answers."""

import re
import statistics
import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import listen

# A picture as the clipboard holds one, pasted the way a browser hands it over.
PASTE = """async (text) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 })
  canvas.getContext("2d").fillRect(5, 5, 20, 10)
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"))
  const data = new DataTransfer()
  data.items.add(new File([blob], "funnel.png", { type: "image/png" }))
  text.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
}"""


def composer(page: Page):
    return page.locator("#compose textarea")


def write(page: Page, text: str) -> None:
    composer(page).fill(text)
    page.locator("#compose").get_by_role("button", name="Post", exact=True).click()


def test_a_post_is_announced_elsewhere_within_a_second_and_moves_nothing(desk):
    lena = listen(desk("lena"), "/projects/project-open")
    jon = listen(desk("jon"), "/projects/project-open")
    first = jon.locator(".stream-list > .entry").first
    before = first.bounding_box()
    seconds = []
    for number in (1, 2, 3):
        composer(lena).fill(f"Grippers sell, line {number}")
        begun = time.monotonic()
        lena.locator("#compose").get_by_role("button", name="Post", exact=True).click()
        jon.get_by_role("link", name=f"{number} new").wait_for()
        seconds.append(time.monotonic() - begun)
    assert statistics.median(seconds) < 1, seconds
    assert first.bounding_box() == before

    jon.get_by_role("link", name="3 new").click()
    expect(jon.locator(".stream-list > .entry").first).to_contain_text("Grippers sell, line 3")
    expect(jon.get_by_text(re.compile("Grippers sell, line"))).to_have_count(3)
    expect(jon.get_by_role("link", name="3 new")).to_be_hidden()


def test_what_one_posts_oneself_stands_there_once(desk):
    lena = listen(desk("lena"), "/")
    lena.get_by_label("Into which space").select_option(label="project-open")
    write(lena, "Only once, please")
    expect(lena.get_by_text("Only once, please")).to_have_count(1)
    expect(composer(lena)).to_have_value("")
    lena.reload()
    expect(lena.get_by_text("Only once, please")).to_have_count(1)


def test_what_is_written_while_a_post_is_on_its_way_stays(desk):
    page = listen(desk("lena"), "/projects/project-open")
    page.route("**/posts", lambda route: (composer(page).fill("The next thought"), route.continue_()))
    write(page, "The first thought")
    expect(page.locator(".entry", has_text="The first thought")).to_be_visible()
    expect(composer(page)).to_have_value("The next thought")


def test_a_comment_appears_in_place(desk):
    lena, jon = desk("lena"), desk("jon")
    listen(lena, "/projects/project-open")
    write(lena, "Who has the price list?")
    lena.locator(".entry", has_text="Who has the price list?").get_by_role("link", name="Comment").click()
    listen(lena, lena.url)
    listen(jon, lena.url)
    jon.get_by_label("Your comment").fill("I do, **here**")
    begun = time.monotonic()
    jon.get_by_role("button", name="Comment", exact=True).click()
    lena.locator(".comment strong", has_text="here").wait_for()
    assert time.monotonic() - begun < 1

    comment = lena.locator(".comment", has_text="I do, here")
    comment.get_by_role("link", name="Reply").click()
    answer = comment.locator("textarea")
    expect(answer).to_be_focused()
    answer.fill("Thank you")
    answer.press("Control+Enter")
    expect(jon.locator(".replies .comment")).to_contain_text("Thank you")
    expect(lena.locator(".replies .comment")).to_have_count(1)


def test_unread_marks_come_and_go(desk):
    lena = listen(desk("lena"), "/communities/community-closed")
    jon = listen(desk("jon"), "/")
    link = jon.locator(".nav [data-space-link]", has_text="community-closed")
    count = link.locator("[data-space-unread]")
    jon.goto("/communities/community-closed")
    expect(count).to_be_hidden()
    jon.goto("/")
    jon.wait_for_selector("html.is-live", state="attached")

    write(lena, "Something new to read")
    expect(count).to_contain_text("1")
    link.click()
    expect(jon.locator(".entry[data-unread]")).to_contain_text("Something new to read")
    expect(count).to_be_hidden()
    jon.reload()
    expect(jon.get_by_text("Something new to read")).to_be_visible()
    expect(jon.locator(".entry[data-unread]")).to_have_count(0)


def test_a_draft_survives_a_reload_until_it_is_sent(desk):
    page = listen(desk("lena"), "/projects/project-closed")
    composer(page).fill("Half a thought")
    expect(page.get_by_text("Draft kept")).to_be_visible()
    page.reload()
    expect(composer(page)).to_have_value("Half a thought")
    page.locator("#compose").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator(".entry", has_text="Half a thought")).to_be_visible()
    expect(composer(page)).to_have_value("")
    page.reload()
    expect(composer(page)).to_have_value("")


def test_the_preview_shows_how_it_will_read(desk):
    page = listen(desk("lena"), "/projects/project-open")
    composer(page).fill("| Channel | Leads |\n|---|---|\n| Webinar | **42** |\n\n<script>alert(1)</script>")
    page.get_by_role("button", name="Preview").click()
    sheet = page.locator("#compose [data-preview]")
    expect(sheet.get_by_role("cell", name="42")).to_be_visible()
    expect(sheet.locator("script")).to_have_count(0)
    page.get_by_role("button", name="Preview").click()
    expect(composer(page)).to_be_focused()


def test_a_pasted_picture_is_seen_by_others(desk):
    lena = listen(desk("lena"), "/projects/project-open")
    jon = listen(desk("jon"), "/projects/project-open")
    composer(lena).focus()
    composer(lena).evaluate(PASTE)
    expect(composer(lena)).to_have_value(re.compile(r"!\[funnel\.png\]\(/uploads/\d+/funnel\.png\)"))
    lena.locator("#compose").get_by_role("button", name="Post", exact=True).click()
    jon.get_by_role("link", name="1 new").click()
    picture = jon.get_by_alt_text("funnel.png")
    expect(picture).to_be_visible()
    jon.wait_for_function("() => document.querySelector('img[alt=\"funnel.png\"]').naturalWidth === 40")


def test_people_tags_and_accounts_are_completed(desk):
    page = listen(desk("lena"), "/projects/project-open")
    write(page, "A first word about #gripperpricing")
    expect(page.locator(".entry", has_text="A first word about")).to_be_visible()
    text = composer(page)
    for typed, offered, taken in (
        ("@jo", "Jon Park", "@jon "), ("#gripperp", "#gripperpricing", "#gripperpricing "),
        ("$account-op", "account-open", "$account-open "),
    ):
        text.fill("")
        text.press_sequentially(f"Ask {typed}")
        expect(page.get_by_role("option", name=offered)).to_be_visible()
        text.press("Enter")
        expect(text).to_have_value(f"Ask {taken}")


def test_a_reaction_and_a_bookmark_stay_without_a_reload(desk):
    lena = listen(desk("lena"), "/projects/project-open")
    write(lena, "Please react")
    entry = lena.locator(".entry", has_text="Please react")
    entry.get_by_role("button", name="React").click()
    lena.get_by_role("button", name="well done").click()
    expect(entry.locator(".reaction")).to_have_text("1")
    entry.get_by_role("button", name="Keep", exact=True).click()
    expect(entry.get_by_role("button", name="Kept")).to_be_visible()
    lena.goto("/bookmarks")
    expect(lena.locator(".entry", has_text="Please react")).to_be_visible()


def test_an_edited_post_keeps_how_it_read_and_a_deleted_comment_leaves_a_gravestone(desk):
    page = listen(desk("lena"), "/projects/project-open")
    write(page, "The price is 9")
    entry = page.locator(".entry", has_text="The price is 9")
    entry.get_by_role("button", name="More about this").click()
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Text").fill("The price is 10")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".entry .prose")).to_have_text("The price is 10")
    page.get_by_label("Your comment").fill("Not so")
    page.get_by_role("button", name="Comment", exact=True).click()
    comment = page.locator(".comment", has_text="Not so")
    comment.get_by_role("button", name="More about this comment").click()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Lena Fischer took this comment back.")).to_be_visible()
    page.goto(page.url.split("#")[0].replace("/posts/", "/e/") + "/history")
    expect(page.get_by_text("The price is 9")).to_be_visible()


def test_the_button_of_a_menu_opens_it_closes_it_and_gets_the_focus_back(desk):
    page = listen(desk("lena"), "/projects/project-open")
    write(page, "A card with a menu")
    button = page.locator(".entry", has_text="A card with a menu").get_by_role("button", name="More about this")
    menu = page.locator("#asked")
    button.click()
    expect(menu.get_by_role("link", name="Copy the link")).to_be_focused()
    button.click()
    expect(menu).to_be_hidden()
    button.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
