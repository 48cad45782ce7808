"""Coming in: signing in and out, an invitation by link, a forgotten password."""

import email
import email.policy
import re
from pathlib import Path
from urllib.parse import quote

import requests
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.serving import Server
from tests.world import PASSWORD

NEW_PASSWORD = "a calmer ship still"


def mailed_link(page: Page, server: Server, address: str) -> str:
    """The link in the only mail to this address; the job consumer brings it in its own time."""
    found: list[str] = []

    def look() -> bool:
        for path in Path(server.data, "mail").glob("*.eml"):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if message["To"] == address:
                found.append(re.search(r"http\S+", message.get_content()).group())
        return bool(found)

    for _ in range(200):
        if look():
            break
        page.wait_for_timeout(50)
    [link] = found
    return link


def test_long_addresses_pass_the_web_server_and_signing_in(server):
    for text in ("a" * 5000, "策" * 500):
        answer = requests.get(f"{server.url}/search?q={quote(text)}", timeout=20)
        assert answer.status_code == 200, answer.text[:200]


def test_a_wrong_password_is_refused_and_the_address_stays(window, troubles):
    troubles.expect("422")
    page = window()
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("lena@example.com")
    page.get_by_label("Password").fill("a guess")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Address and password do not fit together.")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("lena@example.com")


def test_after_signing_in_one_is_where_one_wanted_to_go(window):
    page = window()
    page.goto("/projects")
    page.get_by_label("E-mail").fill("lena@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Projects")
    page.get_by_role("button", name="Me: Lena Fischer").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto("/projects")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_an_invitation_by_link_lets_a_newcomer_in(desk, window, server, troubles):
    troubles.expect("404")
    ada = desk("ada")
    ada.goto("/admin")
    ada.get_by_label("E-mail").first.fill("nora@example.com")
    ada.get_by_label("Team").first.fill("Marketing")
    ada.get_by_role("button", name="Invite").click()
    expect(ada.get_by_text("An invitation is on its way to nora@example.com.")).to_be_visible()
    link = mailed_link(ada, server, "nora@example.com")

    nora = window()
    nora.goto(link)
    nora.get_by_label("Name").fill("Nora Neu")
    nora.get_by_label("New password").fill(PASSWORD)
    nora.get_by_role("button", name="Come in").click()
    expect(nora.get_by_role("button", name="Me: Nora Neu")).to_be_visible()
    expect(nora.get_by_role("navigation", name="Main", exact=True).get_by_text("Commons")).to_be_visible()

    late = window()
    late.goto(link)
    expect(late.get_by_role("heading", level=1)).to_have_text("This link is no longer good")


def test_a_guest_sees_only_the_space_of_the_invitation(desk, window, server):
    lena = desk("lena")
    lena.goto("/spaces/project-closed/people")
    lena.get_by_label("E-mail").fill("agency@example.net")
    lena.get_by_label("Role").select_option("guest")
    lena.get_by_role("button", name="Invite").click()
    link = mailed_link(lena, server, "agency@example.net")

    guest = window()
    guest.goto(link)
    guest.get_by_label("Name").fill("Ana Agency")
    guest.get_by_label("New password").fill(PASSWORD)
    guest.get_by_role("button", name="Come in").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("project-closed")
    expect(guest.locator(".nav [data-space-link]")).to_have_count(1)


def test_a_forgotten_password_is_reset_by_mail(desk, window, server):
    elsewhere = desk("otto")
    elsewhere.goto("/")
    page = window()
    page.goto("/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    page.get_by_label("E-mail").fill("otto@example.com")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("If we know this address, a mail is on its way.")).to_be_visible()

    page.goto(mailed_link(page, server, "otto@example.com"))
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save and sign in").click()
    expect(page.get_by_role("button", name="Me: Otto Outsider")).to_be_visible()

    elsewhere.goto("/projects")
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Sign in")
    sign_in(elsewhere, "otto", NEW_PASSWORD)
    expect(elsewhere.get_by_role("button", name="Me: Otto Outsider")).to_be_visible()


def test_a_browser_signed_out_from_settings_is_out(desk, window):
    away = window()
    sign_in(away, "mei")
    here = desk("mei")
    here.goto("/settings")
    browsers = here.get_by_role("button", name="Sign out there")
    count = browsers.count()
    browsers.first.click()
    expect(here.get_by_role("button", name="Sign out there")).to_have_count(count - 1)
    away.goto("/projects")
    expect(away.get_by_role("heading", level=1)).to_have_text("Sign in")
