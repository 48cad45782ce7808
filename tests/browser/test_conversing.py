"""A conversation is logged by keys alone, and a message is filed by dropping it."""

import re

from playwright.sync_api import expect

from tests.making import mail_texts

DROP = """([input, name, text]) => {
  const files = new DataTransfer()
  files.items.add(new File([text], name, { type: "message/rfc822" }))
  input.files = files.files
  input.dispatchEvent(new Event("change", { bubbles: true }))
}"""


def test_a_conversation_is_logged_by_keys_and_a_message_is_filed(desk):
    page = desk("lena")
    page.goto("/accounts/account-closed")
    page.wait_for_selector("dialog#log form[data-quick]", state="attached")
    page.keyboard.press("l")
    page.keyboard.type("Anna Weber")
    page.keyboard.press("Tab")
    page.keyboard.type("They need five grippers by May")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Call with Anna Weber")).to_be_visible()
    expect(page.locator(".people-there")).to_contain_text("Anna Weber")
    page.get_by_role("link", name="File messages from files").click()
    chooser = page.get_by_label("Messages")
    page.evaluate(DROP, [chooser.element_handle(), "letter.eml", mail_texts.SHAPES["outlook reply"].data.decode()])
    page.get_by_role("button", name="File them").click()
    page.wait_for_url(re.compile("/conversations/"))
    expect(page.get_by_text("Five please.")).to_be_visible()
    folded = page.get_by_text("How many?")
    expect(folded).to_be_hidden()
    page.get_by_text("What it quotes").click()
    expect(folded).to_be_visible()
