"""Everything by keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import listen
from tests.world import PASSWORD


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the control with this name has the focus and shows it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
          const at = document.activeElement
          const name = at.labels?.[0]?.innerText || at.getAttribute("aria-label") || at.innerText || ""
          return [name.trim(), getComputedStyle(at.closest(".composer") ?? at).outlineStyle]
        }""")
        if seen[0].startswith(name):
            assert seen[1] != "none", f"the focus on {name} is not to be seen"
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_sign_in_post_and_comment_without_a_mouse(window):
    page = window()
    page.goto("/sign-in")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type("jon@example.com")
    tab_to(page, "Password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("html.is-live", state="attached")

    page.keyboard.press("c")
    expect(page.locator("#compose textarea")).to_be_focused()
    page.keyboard.type("Typed, never clicked")
    page.keyboard.press("Control+Enter")
    entry = page.locator(".entry", has_text="Typed, never clicked")
    expect(entry).to_be_visible()

    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(entry).to_be_focused()
    tab_to(page, "Comment")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Typed, never clicked · Quarterdeck")
    tab_to(page, "Your comment")
    page.keyboard.type("Nor was this")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment", has_text="Nor was this")).to_be_visible()


def test_one_skips_to_the_page(desk):
    page = desk("lena")
    page.goto("/projects")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_slash_opens_the_palette_which_finds_and_goes(desk):
    page = listen(desk("lena"), "/projects")
    page.keyboard.press("/")
    palette = page.get_by_role("dialog", name="Search or go to")
    expect(palette.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("account-op")
    expect(palette.get_by_role("option", name="account-open").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("account-open")

    page.wait_for_selector("html.is-live", state="attached")
    page.keyboard.press("Control+k")
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=hello")
    page.goto("/projects")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()


def test_g_goes_and_question_mark_tells_the_keys(desk):
    page = listen(desk("lena"), "/projects")
    page.keyboard.press("g")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", level=1)).to_have_text("Campaign reviews")
    page.wait_for_selector("html.is-live", state="attached")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_have_text("Write")


def test_keys_are_letters_while_one_writes(desk):
    page = listen(desk("lena"), "/projects/project-open")
    page.locator("#compose textarea").focus()
    page.keyboard.type("c/?gr")
    expect(page.locator("#compose textarea")).to_have_value("c/?gr")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_menu_is_walked_with_arrows(desk):
    page = listen(desk("lena"), "/projects/project-open")
    page.get_by_role("button", name="Me: Lena Fischer").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="My profile")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Me: Lena Fischer")).to_be_focused()
