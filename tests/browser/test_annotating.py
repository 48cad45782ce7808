"""Pinning a comment by keys and by touch, and comparing versions by keys."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import listen


def numbers(page: Page) -> list[str]:
    return page.locator(".deck-slide:not([hidden]) .pin text").all_inner_texts()


def test_pins_are_placed_by_keys_and_by_touch_and_versions_compared_by_keys(desk, places):
    lena = desk("lena")
    lena.goto(places["pinned"])
    lena.locator(".deck:not([hx-get])").wait_for(timeout=60_000)
    listen(lena, places["pinned"].partition("?")[0])
    before = len(numbers(lena))

    lena.get_by_role("button", name="Pin a comment").focus()
    lena.keyboard.press("Enter")
    expect(lena.locator(".pin-field")).to_be_focused()
    for key in (*["ArrowUp"] * 20, *["ArrowLeft"] * 10, *["Shift+ArrowRight"] * 5, *["Shift+ArrowDown"] * 4):
        lena.keyboard.press(key)
    expect(lena.locator("[data-pin-said]")).to_have_text("30 % from the left, 10 % from the top, 10 % wide, 8 % high")
    lena.keyboard.press("Escape")
    expect(lena.get_by_role("button", name="Pin a comment")).to_be_focused()
    lena.keyboard.press("Enter")
    for _times in range(24):
        lena.keyboard.press("ArrowUp")
    lena.keyboard.press("Enter")
    expect(lena.locator("[data-pin-note-text]")).to_have_text("At a point of page 1")
    lena.keyboard.type("By the keys")
    lena.keyboard.press("Control+Enter")
    said = lena.locator("[data-side] .comment", has_text="By the keys")
    expect(said.locator(".pin-badge")).to_have_text("1")
    assert len(numbers(lena)) == before + 1

    phone = listen(desk("jon", 390, has_touch=True, is_mobile=True), places["pinned"].partition("?")[0])
    phone.get_by_role("button", name="Pin a comment").tap()
    box = phone.locator(".pin-field").bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] * 0.25, box["y"] + 6)
    phone.get_by_role("button", name="Write the comment").tap()
    phone.keyboard.type("By a finger")
    phone.get_by_role("button", name="Comment", exact=True).first.tap()
    touched = phone.locator("[data-side] .comment", has_text="By a finger")
    expect(touched.locator(".pin-badge")).to_have_text("1")
    expect(said.locator(".pin-badge")).to_have_text("2")

    answered = lena.locator("[data-side] .comment", has_text="By a finger")
    answered.get_by_role("button", name="Resolve").click()
    expect(phone.locator(".deck-slide:not([hidden]) .pin")).to_have_count(before + 1)
    lena.goto(f"/e/{answered.get_attribute('data-entry')}")
    expect(lena.locator(".pin-group.is-marked text")).to_have_text("1")
    expect(lena.locator("[data-side] .comment", has_text="By a finger")).to_contain_text("Resolved by Lena Fischer")

    lena.goto(places["compare"])
    expect(lena.locator(".difference ins")).to_have_text("June")
    lena.keyboard.press("n")
    expect(lena).to_have_url(re.compile("was=3"))
    expect(lena.get_by_text("This page is gone in version 2.")).to_be_visible()
    lena.keyboard.press("p")
    expect(lena).to_have_url(re.compile("slide=2"))
    lena.get_by_role("link", name="Wipe").press("Enter")
    slider = lena.get_by_role("slider")
    slider.press("End")
    expect(slider).to_have_value("100")
