"""Conversations leave with an export: who said what, what was promised, and each letter byte for byte."""

import io
import json

import pytest

from app.accounts.actions import change_account
from app.assets.actions import keep
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.promises import Said
from app.conversations.receiving import file_all, make_address
from tests.making.mails import mail


def test_letters_leave_byte_for_byte_and_the_key_stays(export, world):
    space = world.space("account", "closed")
    account = space.account
    key = make_address(account, actor=world.lena).key
    log_conversation(account, "They need *five*.", actor=world.lena, people=[("Anna Weber", "")],
                     promised=[Said("ours", "Send the offer", world.jon)])
    data = mail("Five, please.\n\nOn Mon, Lena wrote:\n> How many?")
    file_all(account, read(keep(io.BytesIO(data), "letter.eml")), actor=world.lena)
    answer = mail("Six.", head={"Message-ID": "<2@x>", "References": "<1@acme.example>"})
    file_all(account, read(keep(io.BytesIO(answer), "answer.eml")), actor=world.lena)
    folder = export(space, world.lena)
    originals = [path.read_bytes() for path in folder.glob("files/mail/*/*")]
    assert data in originals and len(originals) == 2
    pages = "".join(path.read_text() for path in (folder / "conversations").glob("*.html"))
    for words in ("Anna Weber", "Send the offer", "How many?", "files/mail/", "by mail"):
        assert words in pages, words
    records = (folder / "data" / "records").glob("*.jsonl")
    told = {path.stem: [json.loads(line) for line in path.open()] for path in records}
    assert [each["text"] for each in told["promises"]] == ["Send the offer"]
    assert {"contacts", "mails", "conversation_contacts", "mail_references"} <= set(told)
    assert not any(key in path.read_text(errors="ignore") for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("access, named", [("secret", False), ("closed", True)])
def test_the_company_it_is_part_of_is_named_to_who_knows_of_it(export, world, access, named):
    """Also in the history of the record, which keeps its id as text."""
    parent, account = world.space("account", access).account, world.space("account", "open").account
    change_account(account, actor=world.lena, parent_id=parent.id)
    folder = export(account.space, world.mei) / "data" / "records"
    [record], [change] = ([json.loads(line) for line in (folder / f"{name}.jsonl").open()]
                          for name in ("accounts", "account_changes"))
    assert (record["parent_id"], change["new"]) == ((parent.id, str(parent.id)) if named else (None, ""))
