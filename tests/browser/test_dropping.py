"""The place for a file: dropping, choosing by key, what is refused at once."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_every_page import examine
from tests.browser.test_refusals import REASON, TOO_MUCH
from tests.browser.test_sending import complaint, share

# A file over an element that is not for it; true when the page keeps the browser from opening it.
MISS = """(element, step) => {
  const data = new DataTransfer()
  data.items.add(new File(["Grippers"], "plan.txt"))
  return !element.dispatchEvent(new DragEvent(step, { dataTransfer: data, bubbles: true, cancelable: true }))
}"""


@pytest.fixture
def form(desk, places) -> Page:
    page = desk("lena")
    page.goto(places["asset"])
    page.wait_for_selector(".drop.is-live")
    page.get_by_label("What changed").fill("The film")
    return page


def drop(target: Locator, *files: Path) -> None:
    """As a hand drops files from the desktop."""
    box = target.bounding_box()
    chromium = target.page.context.new_cdp_session(target.page)
    for step in ("dragEnter", "dragOver", "drop"):
        chromium.send("Input.dispatchDragEvent", {
            "type": step, "x": box["x"] + box["width"] - 30, "y": box["y"] + 8,
            "data": {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}})


def test_a_file_is_dropped_anywhere_on_the_field(form, tmp_path):
    (tmp_path / "plan.txt").write_text("Grippers first. " * 1000)
    drop(form.locator(".drop"), tmp_path / "plan.txt")
    expect(form.locator("[data-drop-chosen]")).to_have_text(re.compile(r"plan\.txt.*16 KB"))
    share(form)
    expect(form.locator(".line-list", has_text="The film")).to_be_visible()


def test_a_folder_or_several_files_are_refused_in_words(form, tmp_path):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(name)
    drop(form.locator(".drop"), tmp_path / "one.txt", tmp_path / "two.txt")
    expect(complaint(form)).to_contain_text("Drop one file.")
    drop(form.locator(".drop"), tmp_path / "one.txt")
    expect(complaint(form)).to_be_hidden()
    drop(form.locator(".drop"), tmp_path)
    expect(complaint(form)).to_contain_text("Drop one file.")
    expect(form.locator("[data-drop-chosen]")).to_contain_text("one.txt")


def test_a_file_that_misses_the_field_does_not_take_the_page_away(form):
    # Chromium without a window opens no dropped file, so it is asked whether it would have been kept from it.
    for target in (form.get_by_role("heading", level=1), form.get_by_label("What changed")):
        for step in ("dragover", "drop"):
            assert target.evaluate(MISS, step), step


def test_a_file_is_chosen_and_removed_by_keys(form):
    # Listened for from the start: Chromium would open a dialog of its own if the key came first.
    plan = {"name": "plan.txt", "mimeType": "text/plain", "buffer": b"Grippers"}
    form.on("filechooser", lambda chooser: chooser.set_files(plan))
    form.get_by_label("What changed").focus()
    form.keyboard.press("Shift+Tab")
    expect(form.get_by_label("New version", exact=True)).to_be_focused()
    form.keyboard.press("Enter")
    expect(form.locator("[data-drop-chosen]")).to_contain_text("plan.txt")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    expect(form.locator("[data-drop-chosen]")).to_have_text("")
    expect(form.get_by_label("New version", exact=True)).to_be_focused()


def test_a_file_over_the_limit_is_refused_before_anything_is_sent(form):
    sent = []
    form.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    form.locator("#file").set_input_files(TOO_MUCH)
    expect(complaint(form)).to_contain_text(REASON)
    examine(form)
    share(form)
    expect(complaint(form)).to_be_focused()
    expect(form.get_by_label("What changed")).to_have_value("The film")
    assert not sent
    form.get_by_role("button", name="Remove").click()
    expect(complaint(form)).to_be_hidden()
    expect(form.get_by_text("Choose a file")).to_be_visible()
