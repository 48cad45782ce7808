"""Several files and a folder over a line that is cut and a page that is opened again: they go on, and become assets."""

import re
import secrets

from playwright.sync_api import expect

from tests.browser.test_every_page import examine
from tests.browser.test_sending import Line

SLOW = 80_000


def test_files_of_a_folder_go_on_after_a_cut_and_a_reload_and_are_shared(desk, server, tmp_path, troubles):
    troubles.expect("ERR_|WebSocket|50[234]")
    folder = tmp_path / "Spring fair"
    folder.mkdir()
    (folder / "plan.txt").write_text(f"{secrets.token_hex(4)} first. " * 50_000)
    (folder / "budget.txt").write_text(f"Much: {secrets.token_hex(20)}")
    (folder / ".DS_Store").write_text("junk")
    page = desk("lena")
    page.goto("/assets/new")
    page.wait_for_selector(".drop.is-live")
    line = Line(page)
    line.carry(SLOW)
    page.locator("[data-uploads-folder]").set_input_files(folder)
    rows = page.locator(".upload-row")
    plan = rows.filter(has_text="plan.txt")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="budget.txt")).to_contain_text("Has arrived")
    expect(plan).to_contain_text(re.compile(r"[1-9]\d?% · \d+ KB of 800 KB · [\d.]+ KB/s"))
    # To say that the network is off would let what is under way through: the other end goes.
    server.kill()
    try:
        expect(plan).to_contain_text("goes on by itself")
    finally:
        server.start()
    expect(plan).to_contain_text("KB/s")
    plan.get_by_role("button", name="Pause plan.txt").click()
    expect(plan).to_contain_text("Paused")
    examine(page)

    page.reload()
    page.wait_for_selector(".drop.is-live")
    sent = []
    page.on("request", lambda request: request.method in ("POST", "PATCH") and sent.append(request.method))
    line.carry()
    page.locator("[data-uploads-folder]").set_input_files(folder)
    expect(rows.filter(has_text="Has arrived")).to_have_count(2)
    assert sent == ["PATCH"], "what the server has is not sent again"
    page.get_by_label("Name of plan.txt").fill("The hall plan")
    page.get_by_label("Where", exact=True).select_option(label="project-open")
    page.get_by_label("Tags").fill("hannover")
    page.get_by_role("button", name="Share it").click()
    page.wait_for_url("**/projects/project-open?tab=assets")
    shared = page.locator(".entry", has_text="The hall plan")
    expect(shared.get_by_role("link", name="#spring-fair")).to_be_visible()
    expect(shared.get_by_role("link", name="#hannover")).to_be_visible()
    expect(page.locator(".entry", has_text="budget.txt")).to_be_visible()
