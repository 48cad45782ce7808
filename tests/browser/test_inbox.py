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


def test_a_browser_without_a_tab_is_woken_up_and_asks_what_there_is(desk):
    page = desk("jon")
    page.context.grant_permissions(["notifications"])
    page.goto("/settings/notifications")
    page.evaluate("navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready)")
    [worker] = page.context.service_workers
    newest = page.evaluate("fetch('/notifications/newest').then((answer) => answer.json())")
    page.goto("about:blank")
    shown = worker.evaluate("""async () => {
      self.dispatchEvent(new PushEvent("push"))
      for (;;) {
        const [note] = await self.registration.getNotifications()
        if (note) return { text: note.title, because: note.body, url: note.data.url }
        await new Promise((next) => setTimeout(next, 50))
      }
    }""")
    assert shown == {name: newest[name] for name in ("text", "because", "url")}
