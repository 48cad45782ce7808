"""Letters are filed once, in their thread, with who wrote them and what came along; the original is never lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.assets.actions import store
from app.assets.models import Asset
from app.assets.rendering.results import Limits
from app.contacts.models import Contact
from app.conversations.mail_models import Mail
from app.conversations.models import Conversation
from app.entries.actions import remove, share
from app.entries.models import Comment
from app.extensions import db
from tests.conversations.conftest import letter, told
from tests.making import mail_files, mail_heads, mail_texts
from tests.making.mails import PNG, attached, heavy, many, nested, part


def count(model) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def original(mail: Mail) -> bytes:
    with store().open(mail.sha256) as file:
        return file.read()


def test_a_letter_is_a_conversation_of_who_wrote_it(arrive, account, world):
    data = letter("We need **five** @lena #pricing.", From="Anna Weber <Anna@Acme.example>", Cc="tom@acme.example")
    [(mail, is_new)] = arrive(data, actor=world.lena)
    entry = mail.entry
    assert is_new and isinstance(entry, Conversation) and entry.channel == "mail" and entry.title == "Grippers"
    assert {(each.name, each.email) for each in entry.contacts} == {
        ("Anna Weber", "anna@acme.example"), ("tom@acme.example", "tom@acme.example")}
    assert mail.is_from_customer and mail.contact.email == "anna@acme.example"
    assert original(mail) == data
    assert "**five** @lena #pricing" in entry.body_html, "a letter is no Markdown and names nobody here"
    assert entry.happened_at.isoformat() == "2026-11-02T09:00:00+00:00"


def test_a_letter_of_a_colleague_goes_to_the_customer(arrive, world):
    data = letter(From="Lena Fischer <lena@example.com>", To="Anna <anna@acme.example>", Cc="helper@example.com")
    [(mail, _new)] = arrive(data, actor=world.jon)
    assert mail.direction == "out" and [each.email for each in mail.entry.contacts] == ["anna@acme.example"]


def test_robots_and_the_address_itself_are_nobody(arrive, world):
    arrive(letter(From="no-reply@acme.example", To="account-closed+abc@localhost, other+key@elsewhere.example"),
           actor=world.lena)
    assert count(Contact) == 0


def test_an_address_longer_than_a_name_loses_no_letter(arrive, world):
    address = f"{'x' * 64}@{'y' * 60}.{'z' * 60}.example"
    [first] = arrive(letter(From=address))
    assert first.mail.contact.email == address
    [filed] = arrive(letter(From=f"Anna Weber <{address}>", key="2"))
    assert filed.mail.contact.name == "Anna Weber"


@pytest.mark.parametrize("subject", ["Re: Grippers", "Something else"])
def test_a_thread_stays_a_thread_by_what_it_refers_to(arrive, world, subject):
    [(first, _)] = arrive(letter(), actor=world.lena)
    [(second, _)] = arrive(letter("And six.", "2", "1", Subject=subject), actor=world.lena)
    assert isinstance(second.entry, Comment) and second.conversation_id == first.entry_id
    assert first.entry.comment_count == 1


def test_an_answer_that_comes_first_opens_the_thread(arrive, world):
    [(answer, _)] = arrive(letter("And six.", "2", "1", Subject="Re: x"), actor=world.lena)
    [(first, _)] = arrive(letter("Five", "1", Subject="y"), actor=world.lena)
    [(other, _)] = arrive(letter("And seven", "3", "1", Subject="z"), actor=world.lena)
    assert {answer.conversation_id, first.conversation_id, other.conversation_id} == {answer.entry_id}


@pytest.mark.parametrize("head, together", [
    ({"Subject": "AW: grippers"}, True),
    ({"Subject": "AW: grippers", "Date": "Mon, 7 Sep 2026 10:00:00 +0000"}, False),
    ({"Subject": "Sensors"}, False),
    ({"Subject": "Re: Grippers", "From": "bo@other.example", "To": "x@other.example"}, False),
])
def test_the_same_subject_of_the_same_people_within_a_month_is_a_thread(arrive, world, head, together):
    [(first, _)] = arrive(letter(), actor=world.lena)
    [(second, _)] = arrive(letter("And six.", "2", **head), actor=world.lena)
    assert (second.conversation_id == first.conversation_id) == together


def test_the_same_message_twice_is_one(arrive, world):
    [(first, _)] = arrive(letter(), actor=world.lena)
    again = arrive(letter(), actor=world.lena), arrive(letter(Received="by another way"), actor=world.jon)
    assert [(each.mail, each.is_new) for [each] in again] == [(first, False)] * 2
    assert count(Mail) == 1 and count(Conversation) == 1


def test_one_id_on_two_different_letters_loses_neither(arrive, world):
    arrive(letter("Five"), actor=world.lena)
    [(second, is_new)] = arrive(letter("An invoice", Subject="Invoice", From="bo@acme.example"), actor=world.lena)
    assert is_new and second.entry.body == "An invoice"


def test_what_came_along_are_files_of_the_account_without_decoration(arrive, space, world):
    data = many(part('<p>See</p><img src="cid:logo">', "text/html"), attached(b"%PDF-1.4", "offer.pdf"),
                attached(PNG, "logo.png", "image/png", ID="<logo>"), attached(b"%PDF-1.4", "copy.pdf"))
    [(mail, _)] = arrive(data, actor=world.lena)
    assert [(each.filename, each.space_id) for each in mail.attachments] == [("copy.pdf", space.id)]
    assert count(Asset) == 1


def test_files_go_where_the_thread_is_shared_also_those_that_come_later(arrive, world):
    [(first, _)] = arrive(many(part("See"), attached(b"%PDF-1.4", "offer.pdf")), actor=world.lena)
    share(first.entry, world.commons, actor=world.lena)
    [(second, _)] = arrive(many(part("See"), attached(b"%PDF-1.5", "more.pdf"), head={
        "Message-ID": "<2@acme.example>", "In-Reply-To": "<1@acme.example>"}), actor=world.lena)
    for mail in (first, second):
        assert [each.space_id for each in mail.attachments[0].shares] == [world.commons.id]


def test_who_works_the_account_is_told_but_not_of_what_programs_write(arrive, account, world):
    account.sales_owner_id = world.jon.id
    arrive(letter())
    arrive(letter("Away", "2", "1", Auto_Submitted="auto-replied"))
    arrive(letter("Our own notice", "3", Message_ID="<n@quarterdeck.local>", Subject="New in Acme"))
    assert told(world.jon, "conversation.mail_filed") == ["account"]
    assert told(world.jon, "conversation.mail_answered") == []
    arrive(letter("And six", "4", "1"))
    assert told(world.jon, "conversation.mail_answered") == ["account"]


def test_a_letter_is_found_and_what_it_quotes_is_not(arrive, world):
    arrive(letter("We need palletisers.\n\nOn Mon, Lena wrote:\n> Do you want zebras?"), actor=world.lena)
    db.session.commit()
    hits = {text: db.session.scalar(db.select(db.func.count()).select_from(Mail).where(Mail.quoted.contains(text)))
            for text in ("zebras", "palletisers")}
    assert hits == {"zebras": 1, "palletisers": 0}


def test_a_letter_that_was_withdrawn_can_come_again(arrive, world):
    [(first, _)] = arrive(letter(), actor=world.lena)
    remove(first.entry, actor=world.lena)
    db.session.flush()
    assert count(Mail) == 0
    [(again, is_new)] = arrive(letter(), actor=world.lena)
    assert is_new and again.entry_id != first.entry_id


@pytest.mark.parametrize("data", [b"", b"\0" * 100, PNG, mail_files.OUTLOOK["cut"].data, nested(3000)],
                         ids=["nothing", "zeros", "picture", "outlook", "deep"])
def test_what_cannot_be_read_says_so_and_is_kept(arrive, browser_of, world, data):
    [(mail, _)] = arrive(data, actor=world.lena)
    db.session.commit()
    assert mail.told["trouble"] and original(mail) == data
    page = browser_of(world.lena).get(mail.entry.url).text
    assert "The original has everything." in page
    assert browser_of(world.lena).get(mail.original_url).data == data


@pytest.mark.parametrize("data, most_seconds", [(heavy(50), 30), (nested(200), 10)], ids=["50 MB", "200 levels"])
def test_what_is_huge_or_deep_is_read_in_bounds(arrive, world, data, most_seconds, monkeypatch):
    """The process that reads has a limit of 1 GB of memory and of a minute; these stay well below."""
    monkeypatch.setattr("app.conversations.mail.reading.LIMITS", Limits(seconds=most_seconds, memory_bytes=1024**3))
    [(mail, _)] = arrive(data, actor=world.lena)
    assert mail.told["trouble"] == "" and mail.bytes == len(data)
    assert [each.filename for each in mail.attachments] == (["huge.bin"] if most_seconds == 30 else [])


def test_a_reader_that_dies_leaves_the_head_and_the_original(arrive, world, monkeypatch):
    monkeypatch.setattr("app.conversations.mail.reading.LIMITS", Limits(seconds=10, memory_bytes=220 * 1024**2))
    data = heavy(60)
    [(mail, _)] = arrive(data, actor=world.lena)
    assert mail.told["trouble"] == "unreadable" and mail.entry.title == "Grippers" and mail.bytes == len(data)


SHAPES = {name: each.data for name, each in (mail_heads.SHAPES | mail_texts.SHAPES | mail_files.SHAPES).items()
          if len(each.data) < 20_000}


@settings(max_examples=6, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(SHAPES)), st.binary(max_size=8))
def test_parsing_any_message_twice_gives_one_entry_with_its_original(arrive, world, name, noise):
    data = SHAPES[name] + noise
    [once], [twice] = arrive(data, actor=world.lena), arrive(data, actor=world.lena)
    assert once.is_new and twice == (once.mail, False) and original(once.mail) == data
    db.session.rollback()
