"""A house as users run it and real browsers in it; a test fails on whatever a browser complains about."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.serving import ROOT, Server
from tests.world import PASSWORD

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
HEIGHTS = {1440: 900, 820: 1180, 390: 844}
PATIENCE_MILLISECONDS = 10_000
UPLOAD_LIMIT_MB = 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """Two workers share the browser tests, each in a house of its own: one examines pages, the other does things."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("pages" if item.path.stem == "test_every_page" else "browser"))


@pytest.fixture(scope="package")
def server(tmp_path_factory) -> Iterator[Server]:
    """Web server and job consumer on a data folder of their own, with the cast in it and files up to 1 MB."""
    house = Server(tmp_path_factory.mktemp("house"), UPLOAD_LIMIT_MB=str(UPLOAD_LIMIT_MB))
    cast = subprocess.run([sys.executable, "-m", "tests.browser.cast"], cwd=ROOT, env=house.environment, check=True,
                          stdout=subprocess.PIPE, text=True)
    house.places = json.loads(cast.stdout)
    house.start()
    yield house
    house.stop()


@pytest.fixture
def places(server) -> dict[str, str]:
    """Addresses of one page of each kind, by name: `places["review"]`."""
    return server.places


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium when there is one, else Playwright's own."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Troubles(list):
    """What browsers and the server complained about; `expect` names complaints that a test provokes on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.expected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Complaints that match this regular expression are part of the test."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        return [each for each in self if not any(re.search(pattern, each) for pattern in self.expected)]


class Listener:
    """Hands complaints on to the test that runs."""

    def __init__(self) -> None:
        self.troubles = Troubles()

    def append(self, text: str) -> None:
        self.troubles.append(text)


@pytest.fixture
def troubles(server) -> Iterator[Troubles]:
    """Fails the test when a browser or the server complained."""
    log = server.data / "server.log"
    known = log.stat().st_size
    found = Troubles()
    yield found
    with log.open("rb") as file:
        file.seek(known)
        if "Traceback" in (said := file.read().decode(errors="replace")):
            found.append(said)
    assert not found.unexpected()


def watch(watched: BrowserContext | Page, troubles: Troubles | Listener, home: str) -> None:
    """Note script errors, refused content and requests to other hosts in a page, or in every page of a browser."""
    host = urlsplit(home).netloc

    def requested(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != host:
            troubles.append(f"asked another host: {request.url}")

    def said(message) -> None:
        # Whether a font that is loaded ahead was used "within a few seconds" says how busy the machine is.
        is_known = "preloaded using link preload" in message.text
        if message.type in ("error", "warning") and not is_known:
            troubles.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    watched.on("request", requested)
    watched.on("console", said)
    if isinstance(watched, Page):
        watched.on("pageerror", lambda problem: troubles.append(f"script: {problem}"))
    else:
        watched.on("weberror", lambda problem: troubles.append(f"script: {problem.error}"))


def open_browser(chromium: Browser, server: Server, width: int, **options) -> BrowserContext:
    """A browser of its own, with nothing that another one remembers."""
    context = chromium.new_context(base_url=server.url, viewport={"width": width, "height": HEIGHTS[width]},
                                   reduced_motion="reduce", locale="en-GB", **options)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    return context


@pytest.fixture(scope="package")
def cookies() -> dict[str, dict]:
    """How each person's first browser was signed in."""
    return {}


@pytest.fixture
def window(chromium, server, troubles) -> Iterator[Callable[..., Page]]:
    """Opens browsers in which nobody is signed in: `window(width=390, dark=True, javascript=False)`."""
    contexts = []

    def open_window(width: int = 1440, *, dark: bool = False, javascript: bool = True, **options) -> Page:
        context = open_browser(chromium, server, width, java_script_enabled=javascript,
                               color_scheme="dark" if dark else "light", **options)
        watch(context, troubles, server.url)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


def sign_in(page: Page, handle: str, password: str = PASSWORD) -> None:
    """Through the form, as people do."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(f"{handle}@example.com")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile(r"^(?!.*/sign-in)"))


@pytest.fixture
def cookies_of(window, cookies) -> Callable[[str], dict]:
    """What the browser of somebody who signed in remembers."""

    def known(handle: str) -> dict:
        if handle not in cookies:
            page = window()
            sign_in(page, handle)
            cookies[handle] = page.context.storage_state()
            page.close()
        return cookies[handle]

    return known


@pytest.fixture
def desk(window, cookies_of) -> Callable[..., Page]:
    """Opens somebody's browser: `desk("lena", width=390)`. It stands on no page yet."""
    return lambda handle, width=1440, **options: window(width, storage_state=cookies_of(handle), **options)


@pytest.fixture(scope="package")
def readers() -> Iterator[dict[str, tuple[Page, Listener]]]:
    """Pages that stay open from test to test, by who reads there: what they loaded once is there already."""
    kept: dict[str, tuple[Page, Listener]] = {}
    yield kept
    for page, _listener in kept.values():
        page.context.close()


@pytest.fixture
def reader(chromium, server, cookies_of, readers, troubles) -> Callable[[str], Page]:
    """A page of somebody's that has shown others before, for tests that only look: `reader("lena")`."""

    def open_page(handle: str) -> Page:
        if handle not in readers:
            page = open_browser(chromium, server, 1440, storage_state=cookies_of(handle)).new_page()
            readers[handle] = page, Listener()
            watch(*readers[handle], server.url)
        page, listener = readers[handle]
        listener.troubles = troubles
        page.set_viewport_size({"width": 1440, "height": HEIGHTS[1440]})
        page.emulate_media(color_scheme="light")
        return page

    return open_page


def listen(page: Page, address: str) -> Page:
    """Open a page and wait until it hears of news."""
    page.goto(address)
    page.wait_for_selector("html.is-live", state="attached")
    return page
