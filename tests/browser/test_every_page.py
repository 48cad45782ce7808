"""Every page, in every state that is worth a look: axe finds nothing in light and dark, nothing is wider than the
window, and one H1 says what it is."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import HEIGHTS

AXE = Axe()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = ["color-contrast", "target-size"]
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= wide) return []
  const out = (element) => { const box = element.getBoundingClientRect(); return box.right > wide + 1 || box.left < -1 }
  return [...document.querySelectorAll("body *")].filter(out).map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)
    .concat([`${document.documentElement.scrollWidth} > ${wide}`])
}"""
ADDRESSES = [
    "/", "/write", "/reviews", "/reviews?region=Nowhere", "/reviews/new", "/reviews/drafts",
    "/reviews/cycles", "/reviews/cycles/new", "/reviews/compare",
    "/reviews/compare?quarter=2026", "/reviews/compare?quarter=2026&view=counts&sort=-cost",
    "/reviews/compare?quarter=2026&view=groups&by=region", "/reviews/compare?region=Nowhere", "/learnings",
    "/learnings/new", "/projects",
    "/projects/new", "/projects/project-open", "/projects/project-open?tab=assets",
    "/projects/project-open?tab=decisions", "/projects/project-open?tab=reviews",
    "/projects/project-open?tab=learnings", "/projects/project-secret?tab=assets", "/projects/project-open/settings",
    "/accounts", "/accounts/new", "/accounts/account-open",
    "/accounts/account-open/commitments", "/accounts/account-open/conversations/new", "/accounts/account-open/mail",
    "/accounts/account-open/feeds",
    "/accounts/account-open?tab=elsewhere", "/accounts/account-secret?tab=elsewhere",
    "/accounts/account-open?tab=timeline", "/accounts/account-open?tab=handoffs",
    "/accounts/account-open?tab=shelf", "/accounts/account-open?tab=shelf&view=sent",
    "/accounts/account-open?tab=timeline&kind=handoff",
    "/accounts/account-open/record/tier", "/accounts/account-open/settings",
    "/communities/new", "/communities/community-open", "/spaces/new", "/spaces/community-open/settings",
    "/spaces/project-open/export",
    "/spaces/project-open/people", "/spaces/project-open/decisions/new",
    "/spaces/project-open/discussions/new", "/spaces/project-closed/people", "/spaces/project-open/tasks",
    "/spaces/project-open/tasks?view=list", "/tasks", "/projects/new?template=launch",
    "/assets", "/assets?kind=video", "/assets/new",
    "/assets?view=list&owner=lena", "/collections", "/collections/choose",
    "/assets/imports", "/handoffs", "/handoffs?view=owed", "/handoffs?view=all", "/handoffs/report",
    "/handoffs/report?by=review", "/handoffs/report?region=Nowhere", "/handoffs/queues", "/handoffs/queues/new",
    "/accounts/account-open/handoffs/new",
    "/people", "/people?q=nobody", "/people/lena", "/people/mei", "/search", "/search?q=webinar", "/search?q=zzzz",
    "/notifications", "/notifications?view=done", "/settings/notifications", "/spaces/project-open/mute",
    "/settings/notifications?space=project-open", "/bookmarks", "/settings", "/tags/pricing", "/no-such-page",
    "/catch-up", "/lists", "/lists/choose?person=jon",
    "/search?q=webinar&kind=post",
]
THINGS = ["review", "asset", "sheet", "learning", "decision", "post", "history", "edit", "share", "edit review",
          "arabic", "wide space", "wide file", "edit learning", "relate learning", "figures file", "draft",
          "cycle", "adapted", "adapt", "rights", "collection", "used", "pinned", "compare", "wipe", "recording", "task",
          "approval", "approving", "ask approval", "move", "discussion", "open decision", "edit decision",
          "late hand-off", "decline hand-off", "won hand-off", "asked hand-off", "edit hand-off", "queue",
          "conversation", "edit conversation", "letter", "promise", "contact", "sending",
          "record sending", "choose account", "pass on"]


def complaints(page: Page, *, looks_only: bool = False) -> list[str]:
    """What axe finds on the page as it stands, a line each; or only what width and colours change."""
    options = {"runOnly": LOOKS if looks_only else RULES, "resultTypes": ["violations"]}
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.axe_script)
    # What lies behind an open menu, or the bar that stays in sight while one places a pin, is not there to be touched.
    found = page.evaluate("""(options) => {
      const behind = document.querySelector(".menu:popover-open") ? [".dock"]
        : document.querySelector("[data-pin-bar]:not([hidden])") ? [".page-actions"] : null
      return axe.run(behind ? { exclude: behind } : document, options)
    }""", options)["violations"]
    return [f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
            for each in found for node in each["nodes"]]


def examine(page: Page) -> None:
    """As it stands, in light and in dark."""
    page.wait_for_selector("html.has-js", state="attached")
    assert not page.evaluate(OVERFLOW)
    assert not complaints(page)
    page.emulate_media(color_scheme="dark")
    assert not complaints(page, looks_only=True)
    page.emulate_media(color_scheme="light")


def walk(page: Page, address: str, *, is_variant: bool = False) -> None:
    """At the desk in light, on a tablet, and on the phone in the dark; a variant all at once on the phone."""
    page.goto(address)
    page.wait_for_selector("html.has-js", state="attached")
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.locator("h1").count() == 1
    assert page.title().strip()
    assert not page.evaluate(OVERFLOW)
    assert is_variant or not complaints(page)
    for width in (820, 390):
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        assert not page.evaluate(OVERFLOW)
    # One look at narrow and dark together: what either of them breaks shows in it.
    page.emulate_media(color_scheme="dark")
    assert not complaints(page, looks_only=not is_variant)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_sound(address, reader, troubles):
    troubles.expect("404")
    # Filtered, sorted or empty a page is made of the same parts; another tab and what is found are not.
    walk(reader("lena"), address, is_variant="?" in address and not re.search(r"\?(tab|q)=", address))


@pytest.mark.parametrize("name", THINGS)
def test_the_page_of_a_thing_is_sound(name, reader, places):
    page = reader("lena")
    if name in ("review", "asset", "pinned", "compare", "wipe"):
        page.goto(places["pinned" if name in ("compare", "wipe") else name])
        page.locator(".deck:not([hx-get])").wait_for(timeout=60_000)
    walk(page, places[name])


@pytest.mark.parametrize("address", ["/sign-in", "/password", "/invitations/none", "/password/none", "/welcome"])
def test_a_page_before_the_door_is_sound(address, window, troubles):
    troubles.expect("404")
    walk(window(), address)


@pytest.mark.parametrize("address", ["/admin", "/settings"])
def test_a_page_of_the_admin_is_sound(address, reader):
    walk(reader("ada"), address)


@pytest.mark.parametrize("address", ["/", "/projects", "/projects/project-open", "/people", "/search?q=hello"])
def test_a_page_of_a_guest_is_sound(address, reader):
    walk(reader("gus"), address)


def _refused(page: Page) -> None:
    page.goto("/reviews/new")
    page.get_by_label("Leads", exact=True).fill("many")
    page.get_by_role("button", name="Post the review").click()
    expect(page.get_by_text("This is not a number.")).to_be_visible()


def _palette(page: Page) -> None:
    page.goto("/projects")
    page.wait_for_selector("html.is-live", state="attached")
    page.keyboard.press("/")
    page.keyboard.type("project")
    expect(page.locator("[data-palette-found] .palette-item").first).to_be_visible()


def _keys(page: Page) -> None:
    page.goto("/projects")
    page.wait_for_selector("html.is-live", state="attached")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def _menu(page: Page) -> None:
    page.goto("/projects/project-open")
    page.get_by_role("button", name="More about this space").click()


def _react(page: Page) -> None:
    page.goto("/projects/project-open")
    page.get_by_role("button", name="React").first.click()


def _mine(page: Page) -> None:
    page.goto("/projects")
    page.get_by_role("button", name="Me: Lena Fischer").click()


def _leaving(page: Page) -> None:
    _menu(page)
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _completing(page: Page) -> None:
    page.goto("/projects/project-open")
    page.locator("#compose textarea").press_sequentially("@")
    expect(page.get_by_role("option").first).to_be_visible()


def _preview(page: Page) -> None:
    page.goto("/projects/project-closed")
    page.locator("#compose textarea").fill("**One**\n\n1. two\n\n`three`")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview] code").first).to_be_visible()


def _placing(page: Page) -> None:
    page.goto("/search?q=whole+kind:asset")
    page.get_by_role("link", name="The plan").first.click()
    page.locator(".deck.is-live:not([hx-get])").wait_for(timeout=60_000)
    page.get_by_role("button", name="Pin a comment").click()
    page.keyboard.press("Shift+ArrowDown")


def _logging(page: Page) -> None:
    page.goto("/accounts/account-open")
    page.wait_for_selector("dialog#log form[data-quick]", state="attached")
    page.keyboard.press("l")
    expect(page.get_by_role("dialog", name="Log a conversation")).to_be_visible()


STATES = [_logging, _placing, _refused, _palette, _keys, _menu, _react, _mine, _leaving, _completing, _preview]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("open_state", STATES, ids=lambda state: state.__name__.strip("_"))
def test_what_opens_is_sound(open_state: Callable[[Page], None], width, desk, troubles):
    troubles.expect("422")
    page = desk("lena", width)
    open_state(page)
    examine(page)


def test_the_phones_sheet_is_sound(desk):
    page = desk("lena", 390)
    page.goto("/")
    page.get_by_role("button", name="More", exact=True).click()
    expect(page.locator("#sheet")).to_be_visible()
    examine(page)
