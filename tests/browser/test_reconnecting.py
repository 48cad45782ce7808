"""The server is stopped and started again, and much happened meanwhile: open pages catch up, and show nothing twice."""

import json
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import listen
from tests.browser.test_posting import write
from tests.serving import ROOT

BACK_MILLISECONDS = 20_000


@pytest.fixture
def meanwhile(server, troubles) -> Callable[..., None]:
    """Stops the server, lets others do what is listed (see meanwhile.py), and starts it again."""
    troubles.expect("WebSocket|ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET")

    def happens(*deeds: tuple[str, ...], pages: tuple[Page, ...]) -> None:
        server.stop()
        try:
            for page in pages:
                page.wait_for_selector("html:not(.is-live)", state="attached")
            subprocess.run([sys.executable, "-m", "tests.browser.meanwhile"], cwd=ROOT, env=server.environment,
                           input=json.dumps(deeds), text=True, check=True)
        finally:
            server.start()
        for page in pages:
            page.wait_for_selector("html.is-live", state="attached", timeout=BACK_MILLISECONDS)

    return happens


def entries(page: Page, text: str | re.Pattern) -> Locator:
    return page.locator(".stream-list > .entry", has_text=text)


def stream_says_how_much_is_new_and_moves_nothing(desk):
    page = listen(desk("lena"), "/communities/community-open")
    write(page, "Read me slowly")
    reading = entries(page, "Read me slowly")
    expect(reading).to_be_visible()
    before = reading.bounding_box()
    posts = [("post", "jon", "community-open", f"Meanwhile, line {number}") for number in range(1, 24)]
    yield (page,), [*posts, ("remove", "Meanwhile, line 5")]
    bar = page.get_by_role("link", name="22 new")
    expect(bar).to_be_visible()
    assert reading.bounding_box() == before
    bar.click()
    expect(entries(page, "Meanwhile, line")).to_have_count(20)
    # The rest stands behind the way to older entries, above what was there before.
    page.get_by_role("link", name="Older").first.click()
    expect(entries(page, "Meanwhile, line")).to_have_count(22)
    said = page.locator(".stream-list > .entry .prose").all_inner_texts()
    assert said[:23] == [f"Meanwhile, line {number}" for number in range(23, 0, -1) if number != 5] + ["Read me slowly"]


def what_is_shown_is_mended_what_is_gone_goes_and_what_one_posts_first_hides_nothing(desk):
    page = listen(desk("lena"), "/projects/project-closed")
    for text in ("It costs 9", "Said too early"):
        write(page, text)
        expect(entries(page, text)).to_be_visible()
    yield (page,), [("edit", "It costs 9", "It costs 10"), ("remove", "Said too early"),
                    ("comment", "jon", "It costs 10", "Yes"), ("post", "jon", "project-closed", "Missed while away")]
    expect(entries(page, "It costs 10")).to_contain_text("1 comment")
    expect(entries(page, "Said too early")).to_be_hidden()
    expect(page.get_by_role("link", name="1 new")).to_be_visible()
    write(page, "Written after it")
    expect(entries(page, "Written after it")).to_have_count(1)
    page.get_by_role("link", name="1 new").click()
    expect(entries(page, re.compile("Missed while away|Written after it"))).to_have_text(
        [re.compile("Written after it"), re.compile("Missed while away")])


def thread_gets_new_changed_and_withdrawn_comments_once_and_the_shell_counts_right(desk):
    page, other = listen(desk("lena"), "/communities/community-closed"), desk("jon")
    write(page, "Which hall?")
    entries(page, "Which hall?").get_by_role("link", name="Comment").click()
    listen(page, page.url)
    for text in ("Hall 3", "Hall 4"):
        page.get_by_label("Your comment").last.fill(text)
        page.get_by_role("button", name="Comment", exact=True).last.click()
        expect(page.locator(".comment", has_text=text)).to_be_visible()
    page.get_by_label("Your comment").last.fill("Half a thought")
    count = other.locator(".nav [data-space-link]", has_text="community-closed").locator("[data-space-unread]")
    other.goto("/communities/community-closed")
    expect(count).to_be_hidden()
    listen(other, "/people")
    bell = other.locator("[data-unread-notifications]")
    known = int(bell.text_content() or 0)
    yield (page, other), [
        ("edit", "Hall 3", "Hall 3, by the door"), ("remove", "Hall 4"), ("comment", "jon", "Which hall?", "Six"),
        ("comment", "jon", "Six", "Or seven"), ("post", "mei", "community-closed", "For @jon"),
        ("edit", "Which hall?", "Which hall is ours?")]
    expect(page.locator(".comment")).to_have_text([
        re.compile("Hall 3, by the door"), re.compile("took this comment back"), re.compile("Six"),
        re.compile("Or seven")])
    expect(page.locator(".entry .prose").first).to_have_text("Which hall is ours?")
    expect(page.get_by_label("Your comment").last).to_have_value("Half a thought")
    expect(bell).to_have_text(str(known + 1))
    expect(count).to_contain_text("1")


def news_that_arrive_while_the_page_catches_up_are_not_lost(desk):
    lena, jon = listen(desk("lena"), "/accounts/account-open"), listen(desk("jon"), "/accounts/account-open")
    slow = []
    # The answer is as old as the question, however late it comes.
    jon.route("**/account-open?after=*", lambda route: slow.append((route, route.fetch())))
    # All of the outage is within: the server stops, others write, it starts again.
    with jon.expect_request("**/account-open?after=*", timeout=4 * BACK_MILLISECONDS):
        yield (lena, jon), [("post", "mei", "account-open", "Missed by both")]
    write(lena, "Told to Jon")
    expect(entries(lena, "Told to Jon")).to_be_visible()
    for route, answer in slow:
        route.fulfill(response=answer)
    jon.unroute_all()
    expect(jon.get_by_role("link", name="2 new")).to_be_visible()


def test_open_pages_catch_up_with_what_happened_while_the_server_was_away(desk, meanwhile):
    """One stop for all of these: what stands before `yield` happens before it, what follows after it."""
    stories = [story(desk) for story in (
        stream_says_how_much_is_new_and_moves_nothing,
        what_is_shown_is_mended_what_is_gone_goes_and_what_one_posts_first_hides_nothing,
        thread_gets_new_changed_and_withdrawn_comments_once_and_the_shell_counts_right,
        news_that_arrive_while_the_page_catches_up_are_not_lost,
    )]
    begun = [next(story) for story in stories]
    pages = [page for shown, _deeds in begun for page in shown]
    meanwhile(*[deed for _shown, deeds in begun for deed in deeds], pages=pages)
    for story in stories:
        next(story, None)
