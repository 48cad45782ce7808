"""Files on their way: progress, stopping, whatever comes between; what was typed and chosen stays, and goes again."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import UPLOAD_LIMIT_MB, sign_in
from tests.browser.test_every_page import examine

PLAN = {"name": "launch plan.txt", "mimeType": "text/plain", "buffer": b"Grippers first. " * 50_000}
SLOW = 150_000
BRISK = 800_000
"""Bytes a second."""


class Line:
    """The line between this browser and the server."""

    def __init__(self, page: Page) -> None:
        self.chromium = page.context.new_cdp_session(page)
        self.chromium.send("Network.enable")

    def carry(self, bytes_a_second: int = -1, *, cut: bool = False) -> None:
        """So many bytes a second up, any number by default; nothing at all when it is `cut`."""
        self.chromium.send("Network.emulateNetworkConditions", {
            "offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second})


@pytest.fixture
def form(desk, places) -> Page:
    """Lena's form for a new version, filled in."""
    page = desk("lena")
    page.goto(places["asset"])
    page.wait_for_selector(".drop.is-live")
    fill(page)
    return page


def fill(page: Page) -> None:
    page.locator("#file").set_input_files(PLAN)
    page.get_by_label("What changed").fill("For the fair")


def share(page: Page) -> None:
    page.get_by_role("button", name="Add it").click()


def complaint(page: Page) -> Locator:
    return page.locator("#file-error")


def expect_kept(page: Page) -> None:
    """The form stands as it was filled in, and may be sent."""
    expect(page.locator("[data-drop-chosen]")).to_have_text(re.compile(r"launch plan\.txt.*800 KB"))
    assert page.locator("#file").evaluate("input => input.files[0].size") == len(PLAN["buffer"])
    expect(page.get_by_label("What changed")).to_have_value("For the fair")
    expect(page.get_by_role("button", name="Add it")).to_be_enabled()


def expect_shared(page: Page) -> None:
    # The page that is led on to, whose form is empty; it shows itself anew once the pages are made.
    expect(page.get_by_label("What changed")).to_have_value("")
    expect(page.locator("ol.line-list", has_text="For the fair")).to_be_visible()


def test_progress_is_shown_in_percent_and_bytes_and_can_be_stopped(form):
    line = Line(form)
    line.carry(SLOW)
    share(form)
    said = form.locator("[data-sending-said]")
    expect(said).to_have_text(re.compile(r"^[1-9]\d?% · \d+ KB of 80\d KB$"))
    assert 0 < form.locator("[data-sending-bar] progress").evaluate("bar => bar.value") < 1
    examine(form)
    form.get_by_role("button", name="Stop sending").click()
    expect(form.get_by_text("Stopped. Your file and everything you wrote are still here.")).to_be_visible()
    expect(form.get_by_role("button", name="Add it")).to_be_focused()
    expect_kept(form)
    line.carry()
    share(form)
    expect_shared(form)


def test_progress_is_read_out_by_the_quarter(form):
    heard = []
    form.expose_function("heard", lambda words: heard.append(words))
    form.locator("[data-sending-note]").evaluate("""(note) => new MutationObserver(() => heard(note.textContent))
      .observe(note, { childList: true })""")
    Line(form).carry(BRISK)
    share(form)
    expect_shared(form)
    assert heard[0] == "Sending launch plan.txt"
    assert heard[-1] == "Being saved…"
    assert 2 <= len([each for each in heard if each.endswith("%")]) <= 3, heard


def test_pressing_twice_sends_once(form):
    sent = []
    form.on("request", lambda request: request.method == "POST" and sent.append(request.url.rpartition("/")[2]))
    Line(form).carry(BRISK)
    share(form)
    form.get_by_role("button", name="Add it").dispatch_event("click")
    expect_shared(form)
    assert sent == ["resumable", "versions"]


def test_what_the_server_refuses_keeps_the_file_and_the_text(form, troubles):
    troubles.expect("422")
    form.locator("#note").evaluate("field => field.removeAttribute('maxlength')")
    form.get_by_label("What changed").fill("For the fair " * 40)
    share(form)
    note = form.get_by_label("What changed")
    expect(note).to_be_focused()
    expect(note).to_have_accessible_description(re.compile("longer than 500"))
    examine(form)
    note.fill("For the fair")
    expect_kept(form)
    share(form)
    expect_shared(form)


def test_an_error_goes_when_it_is_mended(desk, troubles):
    troubles.expect("422")
    page = desk("lena")
    page.goto("/reviews/new")
    page.get_by_label("Leads", exact=True).fill("many")
    page.get_by_role("button", name="Post the review").click()
    expect(page.get_by_label("Campaign")).to_be_focused()
    page.get_by_label("Leads", exact=True).fill("70")
    page.get_by_role("button", name="Post the review").click()
    expect(page.get_by_text("This is not a number.")).to_have_count(0)
    expect(page.get_by_text("Name the campaign.")).to_have_count(1)
    expect(page.get_by_text("One field needs another look")).to_have_count(1)


def test_a_lost_connection_is_told_and_it_goes_on_by_itself(form, troubles):
    troubles.expect("ERR_|WebSocket|htmx:")
    line = Line(form)
    line.carry(cut=True)
    share(form)
    expect(form.locator("[data-sending-said]")).to_contain_text("goes on by itself")
    examine(form)
    line.carry()
    expect_shared(form)


def test_a_server_that_is_started_anew_is_waited_for(form, server, troubles):
    troubles.expect("ERR_|WebSocket|50[234]|htmx:")
    line = Line(form)
    line.carry(SLOW)
    share(form)
    expect(form.locator("[data-sending-said]")).to_contain_text("%")
    server.kill()
    try:
        expect(form.locator("[data-sending-said]")).to_contain_text("goes on by itself")
    finally:
        server.start()
    line.carry()
    expect_shared(form)


def test_who_was_signed_out_signs_in_elsewhere_and_sends_again(window, places, troubles):
    troubles.expect("40[01]|ERR_")
    page = window()
    sign_in(page, "lena")
    page.goto(places["asset"])
    fill(page)
    page.context.clear_cookies()
    share(page)
    expect(complaint(page)).to_contain_text("You have been signed out")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in, in a new tab").click()
    sign_in(opened.value, "lena")
    expect_kept(page)
    page.get_by_role("button", name="Send again").click()
    expect_shared(page)


def test_a_smaller_limit_on_the_way_is_told_beside_the_field(form, troubles):
    troubles.expect("413")
    answer = "<h1>Request Entity Too Large</h1>"
    form.route("**/uploads/resumable", lambda route: route.fulfill(status=413, body=answer))
    share(form)
    expect(complaint(form)).to_contain_text(f"larger than {UPLOAD_LIMIT_MB} MB")
    expect(complaint(form)).to_be_focused()
    expect_kept(form)


def test_a_file_that_was_changed_after_it_was_chosen_is_named_as_the_reason(form, tmp_path, troubles):
    troubles.expect("ERR_")
    file = tmp_path / "launch plan.txt"
    file.write_bytes(PLAN["buffer"])
    form.locator("#file").set_input_files(file)
    file.unlink()
    share(form)
    expect(complaint(form)).to_contain_text("Choose it again")
    expect(form.get_by_label("What changed")).to_have_value("For the fair")
