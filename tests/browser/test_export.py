"""A space as it is taken out: exported in the browser, unpacked, and read without a server or a network."""

import re
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.test_every_page import HEIGHTS, OVERFLOW, complaints
from tests.export.checking import problems


def is_sound(page: Page) -> None:
    """In light at the desk, in the dark on the phone."""
    page.wait_for_load_state()
    assert not page.evaluate(OVERFLOW) and not complaints(page)
    page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
    page.emulate_media(color_scheme="dark")
    assert not page.evaluate(OVERFLOW) and not complaints(page)
    page.set_viewport_size({"width": 1440, "height": HEIGHTS[1440]})
    page.emulate_media(color_scheme="light")


def test_a_project_is_exported_and_read_offline(desk, places, chromium, tmp_path):
    page = desk("lena")
    page.goto(places["pinned"])
    page.locator(".deck:not([hx-get])").wait_for(timeout=60_000)
    page.goto("/projects/project-open")
    page.get_by_title("More about this space").click()
    page.get_by_role("link", name="Export").click()
    page.get_by_role("main").get_by_role("button", name="Export").click()
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("link", name="Download").click(timeout=60_000)
    with zipfile.ZipFile(waiting.value.path()) as archive:
        archive.extractall(tmp_path)
    [folder] = tmp_path.iterdir()
    assert folder.name == waiting.value.suggested_filename.removesuffix(".zip") and problems(folder) == []
    context = chromium.new_context(viewport={"width": 1440, "height": HEIGHTS[1440]}, offline=True)
    context.route(re.compile("^(?!file:)"), lambda route: route.abort())
    try:
        _read(context.new_page(), folder)
    finally:
        context.close()


def _read(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    is_sound(page)
    page.get_by_role("navigation").get_by_role("link", name="Files").click()
    page.get_by_role("link", name="The plan").click()
    is_sound(page)
    page.get_by_role("link", name="Next page").first.click()
    assert page.url.endswith("#slide-2")
    picture = page.locator("#slide-2 > img")
    expect(picture).to_be_in_viewport()
    page.wait_for_function("each => each.complete && each.naturalWidth > 100", arg=picture.element_handle())
    page.get_by_role("link", name="on page 1").first.click()
    expect(page.locator("#slide-1").get_by_role("link", name="Too long").first).to_be_visible()
    original = page.locator(".versions").get_by_role("link", name="plan.pdf").first.get_attribute("href")
    assert (folder / "assets" / original).read_bytes()[:4] == b"%PDF"
    page.get_by_role("navigation").get_by_role("link", name="Reviews").click()
    page.get_by_role("link", name="mid-market").click()
    is_sound(page)
    page.get_by_role("navigation").get_by_role("link", name="Learnings").click()
    page.get_by_role("link", name="three fields").first.click()
    is_sound(page)
    page.get_by_role("navigation").get_by_role("link", name="Decisions").click()
    page.get_by_role("link", name="Which fair do we go to?").click()
    expect(page.get_by_text("Hannover")).to_be_visible()
    page.get_by_role("link", name="Lena Fischer").first.click()
    expect(page.locator(":target")).to_have_text("Lena Fischer")
    is_sound(page)
