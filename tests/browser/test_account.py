"""A key account that marketing and sales work together."""

from playwright.sync_api import expect

from tests.browser.conftest import listen
from tests.browser.test_posting import write
from tests.making import documents


def test_marketing_and_sales_write_in_one_stream(desk):
    lena = listen(desk("lena"), "/accounts/account-open")
    jon = listen(desk("jon"), "/accounts/account-open")
    write(lena, "They opened the gripper mailing twice")
    jon.get_by_role("link", name="1 new").click()
    write(jon, "Good, I call them on Monday")
    lena.get_by_role("link", name="1 new").click()
    said = lena.locator(".stream-list > .entry")
    expect(said.nth(0)).to_contain_text("Sales")
    expect(said.nth(0)).to_contain_text("Good, I call them on Monday")
    expect(said.nth(1)).to_contain_text("Marketing")


def test_what_is_written_while_news_are_fetched_is_not_lost(desk):
    lena, jon = (listen(desk(name), "/accounts/account-open") for name in ("lena", "jon"))
    slow = []
    write(lena, "They ask for a price")
    jon.route("**/account-open?after=*", lambda route: slow.append((route, route.fetch())))
    with jon.expect_request("**/account-open?after=*"):
        jon.get_by_role("link", name="1 new").click()
    write(lena, "And for a date")
    expect(jon.get_by_role("link", name="2 new")).to_be_visible()
    [(route, answer)] = slow
    route.fulfill(response=answer)
    jon.unroute_all()
    expect(jon.locator(".entry", has_text="They ask for a price")).to_be_visible()
    jon.get_by_role("link", name="1 new").click()
    expect(jon.locator(".entry", has_text="And for a date")).to_be_visible()


def test_a_file_of_a_project_is_shared_into_the_account(desk, tmp_path):
    lena = desk("lena")
    lena.goto("/projects/project-closed")
    lena.get_by_role("link", name="Share a file").click()
    lena.locator("#file").set_input_files(documents.picture(tmp_path / "gripper.png", (800, 400)))
    lena.get_by_role("button", name="Share it").click()
    expect(lena.get_by_role("heading", level=1)).to_contain_text("gripper")
    lena.get_by_role("link", name="Share", exact=True).click()
    lena.get_by_label("Share into").select_option(label="account-open")
    lena.get_by_label("Why it matters there").fill("They asked for a picture")
    lena.get_by_role("button", name="Share", exact=True).click()
    expect(lena.get_by_text("It can now be read in account-open too.")).to_be_visible()

    otto = desk("mei")
    otto.goto("/accounts/account-open")
    announced = otto.locator(".entry", has_text="They asked for a picture")
    announced.locator(".quoted a").click()
    expect(otto.get_by_role("heading", level=1)).to_contain_text("gripper")
    otto.goto("/accounts/account-open?tab=assets")
    expect(otto.locator(".entry--asset", has_text="gripper")).to_have_count(1)


def test_what_is_said_elsewhere_stands_under_the_account(desk):
    lena = listen(desk("lena"), "/projects/project-open")
    write(lena, "The pilot at $account-open runs until May")
    expect(lena.locator(".entry a.reference").first).to_have_text("$account-open")
    lena.locator(".entry a.reference").first.click()
    lena.get_by_role("link", name="Said elsewhere").click()
    said = lena.locator(".entry", has_text="runs until May")
    expect(said).to_be_visible()
    expect(said).to_contain_text("project-open")


def test_an_account_is_opened_with_both_owners(desk):
    page = desk("lena")
    page.goto("/accounts")
    page.get_by_role("link", name="Open an account").click()
    page.locator("main").get_by_label("Name").fill("Acme Robotics")
    page.get_by_label("Tier").select_option("A")
    page.get_by_label("Owner in marketing").select_option(label="Lena Fischer")
    page.get_by_label("Owner in sales").select_option(label="Jon Park")
    page.get_by_role("button", name="Open it").click()
    expect(page.locator(".pair")).to_contain_text("Lena Fischer marketing")
    expect(page.locator(".pair")).to_contain_text("Jon Park sales")
    page.get_by_role("link", name="Change Tier").click()
    tier = page.locator("#record-tier")
    expect(tier.get_by_role("combobox")).to_be_focused()
    tier.get_by_role("combobox").select_option("C")
    tier.get_by_role("button", name="Save").click()
    expect(tier).to_have_text("C")
    expect(tier.get_by_role("link")).to_be_focused()
    page.get_by_role("link", name="What was changed, and by whom").click()
    expect(page.locator(".touch").first).to_contain_text("Tier: A")
    page.goto("/accounts")
    expect(page.get_by_role("article", name="Acme Robotics")).to_contain_text("Jon Park")
