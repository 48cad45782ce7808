"""Marketing hands over at the desk; sales accepts from the card on a phone and says what came of it; marketing sees."""

from playwright.sync_api import expect


def test_a_lead_goes_from_marketing_to_sales_and_its_outcome_comes_back(desk):
    lena = desk("lena")
    lena.goto("/accounts/account-closed")
    lena.get_by_role("link", name="Hand over").click()
    expect(lena.get_by_label("In a line: what do they want?")).to_be_focused()
    # Who looks for what they read with Enter hands nothing over that is half written.
    lena.get_by_label("What they read").press("Enter")
    lena.get_by_label("In a line: what do they want?").fill("Wants forty grippers before spring")
    lena.get_by_label("or to one person").fill("@jon")
    lena.get_by_label("Who on their side").fill("Ines Duarte")
    lena.get_by_role("button", name="Hand over").click()
    expect(lena.get_by_text("It is handed over.")).to_be_visible()
    card = lena.locator("article.entry--handoff")
    expect(card).to_contain_text("Waits for sales")
    lena.wait_for_selector("html.is-live", state="attached")

    jon = desk("jon", 390)
    jon.goto("/accounts/account-closed")
    his = jon.locator("article.entry--handoff", has_text="forty grippers")
    expect(his).to_contain_text("working time left")
    jon.wait_for_selector("html.has-js", state="attached")
    his.get_by_role("button", name="Accept").click()
    expect(his).to_contain_text("Accepted by Jon Park")
    # Nobody reloaded: the card on Lena's page heard of it.
    expect(card).to_contain_text("Accepted by Jon Park")

    his.get_by_role("link", name="Say what came of it").click()
    expect(jon.get_by_label("A meeting")).to_be_focused()
    jon.get_by_label("Won", exact=True).check()
    jon.get_by_label("Worth").fill("120.000")
    jon.get_by_label("A word to them").fill("Signed at the fair")
    jon.get_by_role("button", name="Say what came of it").click()
    expect(jon.locator("article.entry--handoff")).to_contain_text("Won: €120,000")
    expect(card).to_contain_text("Won: €120,000")
    expect(lena.locator(".comments")).to_contain_text("Signed at the fair")
