"""`bin/screenshots`: the pictures of docs/images/, taken in a real browser and made small."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.demo import people
from tests.browser.conftest import CHROMIUM, FLAGS, HEIGHTS
from tests.serving import ROOT, Server

FOLDER = ROOT / "docs" / "images"
PERSON = f"lena.fischer@{people.DOMAIN}"
COLOURS = 256
DRAWN_MILLISECONDS = 180_000
SHAPES = {"wide": (1440, "light"), "phone": (390, "light"), "dark": (1440, "dark")}
MOST_TRIALS = """() => {
  const record = (entry) => entry.querySelectorAll(".record svg").length
  return [...document.querySelectorAll(".entry--learning")].sort((a, b) => record(b) - record(a))[0]
    .querySelector("h2 a").getAttribute("href")
}"""


def first(page: Page, address: str, link: str) -> str:
    """Where the first such link of a page leads."""
    page.goto(address)
    return page.locator(link).first.get_attribute("href")


def proven_learning(page: Page) -> str:
    """The learning that was applied most."""
    page.goto("/learnings")
    return page.evaluate(MOST_TRIALS)


SCREENS: dict[str, Callable[[Page], str]] = {
    "home": lambda page: "/",
    "review": lambda page: first(page, "/reviews", ".entry--review:has(.slide-thumb img) h2 a"),
    "learning": proven_learning,
    "project": lambda page: first(page, "/projects", ".index-list h2 a"),
    "tasks": lambda page: f"/spaces/{first(page, '/projects', '.index-list h2 a').rpartition('/')[2]}/tasks",
    "library": lambda page: "/assets",
    "asset": lambda page: first(page, "/assets?kind=deck&approval=waiting", ".tile-name a"),
    "versions": lambda page: f"{first(page, '/assets?kind=deck&approval=waiting', '.tile-name a')}/compare",
    "account": lambda page: first(page, "/accounts", ".account-name a"),
    "draft": lambda page: first(page, "/reviews/drafts", ".line-list a"),
    "cycle": lambda page: first(page, "/reviews/cycles", ".index-list h2 a"),
    "compare": lambda page: "/reviews/compare?quarter=2026",
    "search": lambda page: "/search?q=webinar+pricing",
}


@contextmanager
def demo() -> Iterator[str]:
    """The address of a fresh demo company whose slides are all drawn."""
    with tempfile.TemporaryDirectory(prefix="quarterdeck-pictures-") as folder:
        server = Server(Path(folder))
        server.flask("db", "upgrade")
        server.flask("demo", "load")
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


def sign_in(browser: Browser, address: str) -> dict:
    """The demo marketer's cookies; comes back when no file waits for its pages any more."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(PERSON)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto("/assets")
    page.wait_for_function(
        """async () => {
          const html = await (await fetch(location.href)).text()
          return !new DOMParser().parseFromString(html, "text/html").querySelector(".asset-facts .state")
        }""", polling=1000, timeout=DRAWN_MILLISECONDS,
    )
    cookies = context.storage_state()
    context.close()
    return cookies


def shrink(png: bytes) -> bytes:
    """The same picture in a palette of a few colours, which is enough for paper and ink."""
    small = BytesIO()
    image = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=0)
    image.save(small, "PNG", optimize=True)
    return small.getvalue()


def take(browser: Browser, address: str, folder: Path = FOLDER) -> None:
    """Every screen in every shape; prints what it wrote."""
    cookies = sign_in(browser, address)
    folder.mkdir(parents=True, exist_ok=True)
    for shape, (width, scheme) in SHAPES.items():
        context = browser.new_context(
            base_url=address, storage_state=cookies, viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme, reduced_motion="reduce", locale="en-GB",
        )
        page = context.new_page()
        for name, find in SCREENS.items():
            page.goto(find(page))
            page.wait_for_load_state("networkidle")
            file = folder / f"{name}-{shape}.png"
            file.write_bytes(shrink(page.screenshot()))
            print(f"{file.name}  {file.stat().st_size // 1024} KB", flush=True)
        context.close()


def main(address: str | None) -> None:
    """From the running demo at `address`, else from a fresh one."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        if address:
            take(browser, address)
        else:
            with demo() as fresh:
                take(browser, fresh)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
