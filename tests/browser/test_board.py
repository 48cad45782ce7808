"""The board of a space: by keyboard, by drag, by the menu on the phone, and live for whoever looks at it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import listen

BOARD = "/communities/community-open"


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def card(page: Page, title: str) -> Locator:
    return page.locator("[data-task]", has_text=title)


def test_cards_are_added_and_moved_by_keyboard_drag_and_menu(desk, troubles):
    troubles.expect("422")
    lena, jon = desk("lena"), listen(desk("jon"), "/spaces/community-open/tasks")
    lena.goto(BOARD)
    lena.get_by_role("link", name="Tasks", exact=True).click()
    lena.wait_for_selector("html.is-live", state="attached")
    said = lena.locator("[data-tasks-said]")
    line = lena.get_by_label("A new task")
    for words in ("Order badges @nobody", "Order badges @jon 2026-12-15", "Book the hall"):
        line.fill(words)
        line.press("Escape")
        line.press("Enter")
        if "nobody" in words:
            expect(lena.get_by_text("Nobody who can see this place is called @nobody.")).to_be_visible()
            expect(line).to_have_value(words)
        else:
            expect(line).to_have_value("")
            expect(said).to_contain_text("is on the board")
    expect(line).to_be_focused()
    expect(column(jon, "To do").locator("[data-task]")).to_contain_text(["Order badges", "Book the hall"])

    card(lena, "Book the hall").focus()
    lena.keyboard.press("ArrowUp")
    expect(said).to_contain_text("“Book the hall” is in To do now, place 1 of 2.")
    expect(card(lena, "Book the hall")).to_be_focused()
    lena.keyboard.press("ArrowRight")
    expect(said).to_contain_text("“Book the hall” is in In progress now, place 1 of 1.")
    expect(card(lena, "Book the hall")).to_be_focused()
    expect(column(jon, "In progress")).to_contain_text("Book the hall")

    card(lena, "Order badges").drag_to(card(lena, "Book the hall"), target_position={"x": 60, "y": 4})
    expect(said).to_contain_text("“Order badges” is in In progress now, place 1 of 2.")
    expect(column(jon, "In progress").locator("[data-task]")).to_contain_text(["Order badges", "Book the hall"])

    phone = listen(desk("lena", 390), "/spaces/community-open/tasks")
    phone.get_by_role("button", name="Move “Order badges”").click()
    phone.get_by_role("button", name="Move to “Done”").click()
    expect(column(phone, "Done")).to_contain_text("Order badges")
    expect(column(jon, "Done")).to_contain_text("Order badges")
    phone.reload()
    expect(column(phone, "Done")).to_contain_text("Order badges")
