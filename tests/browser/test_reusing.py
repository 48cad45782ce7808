"""From the library to a copy that grew stale: found, collected, adapted, and brought in step."""

from playwright.sync_api import expect

from tests.browser.test_every_page import examine
from tests.browser.test_radar import send


def test_files_are_found_collected_adapted_and_brought_in_step(desk):
    page = desk("lena")
    send(page, "Which fairs we go to in spring, and with whom. Nothing else says so.", "Spring fairs")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring fairs")
    origin = page.url
    send(page, "What a stand costs in each of nine halls, with water and without it.", "Stand prices")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stand prices")
    page.goto("/assets")
    page.get_by_label("Kind").select_option("text")
    page.wait_for_url("**/assets?*kind=text*")
    for name in ("Spring fairs", "Stand prices"):
        page.get_by_label(f"Choose {name}").check()
    examine(page)
    page.get_by_role("button", name="Collect the chosen ones").click()
    page.get_by_label("Name").fill("For spring")
    examine(page)
    page.get_by_role("button", name="Collect them").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("For spring")
    page.get_by_role("button", name="Move Spring fairs up").press("Enter")
    expect(page.locator(".tile-name").first).to_have_text("Spring fairs")
    page.get_by_role("link", name="Spring fairs").click()
    page.locator("#content").get_by_role("link", name="Adapt").click()
    page.get_by_label("Name").fill("Spring fairs, for partners")
    page.get_by_label("What you adapt it for").fill("Without our prices")
    page.get_by_role("button", name="Adapt it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring fairs, for partners")
    copy = page.url
    page.goto(origin)
    expect(page.locator("#uses")).to_contain_text("Used in 2 places")
    expect(page.locator("#replaces")).to_contain_text("shown in 1 place")
    page.locator("#file").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"We go to one fair only, in June."})
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Version 2 is here.")).to_be_visible()
    page.goto(copy)
    expect(page.get_by_role("heading", name="What this was adapted from has changed")).to_be_visible()
    examine(page)
    page.get_by_label("What you did, or why not").fill("June is in")
    page.get_by_role("button", name="I have taken it over").press("Enter")
    expect(page.locator(".chain-link--here")).to_contain_text("taken over: June is in")
    expect(page.locator("#stale")).to_have_count(0)
