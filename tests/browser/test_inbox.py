"""The inbox without a mouse: news come in; down, done, taken back, put off, opened."""

from playwright.sync_api import expect

from tests.browser.conftest import listen
from tests.browser.test_posting import write


def test_the_inbox_by_keyboard(desk):
    jon = listen(desk("jon"), "/notifications")
    lines = jon.locator(".inbox-item")
    first, second = (lines.filter(has_text=words) for words in ("and then", "first of all"))
    lena = listen(desk("lena"), "/projects/project-open")
    for words, line in (("@jon first of all", second), ("@jon and then", first)):
        write(lena, words)
        expect(line).to_be_visible()
    jon.keyboard.press("j")
    expect(first).to_be_focused()
    jon.keyboard.press("e")
    expect(first).to_have_count(0)
    expect(second).to_be_focused()
    expect(lines.first).to_contain_text("first of all")
    jon.get_by_role("button", name="Undo").click()
    expect(first).to_be_focused()

    jon.keyboard.press("z")
    expect(jon.get_by_role("button", name="For an hour").first).to_be_focused()
    jon.keyboard.press("Enter")
    expect(first).to_have_count(0)
    expect(second).to_be_focused()
    jon.keyboard.press("Enter")
    expect(jon.locator(".entry")).to_contain_text("first of all")
    jon.goto("/notifications?view=snoozed")
    expect(lines).to_contain_text("and then")
