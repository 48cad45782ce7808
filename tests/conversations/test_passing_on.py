"""What a colleague passes on is the customer's letter, with what the colleague says about it."""

import pytest

from app.conversations.mail import mime
from app.conversations.mail_models import Mail
from app.entries.models import Comment
from app.extensions import db
from tests.conversations.conftest import letter
from tests.making.mail_files import OUTLOOK
from tests.making.mail_forwards import BODY, FORWARDS, JON, NOTE
from tests.making.mails import attached, many, part

DATABASES = ("sqlite",)
"""It is about what letters say; that they are filed alike on both is told by the tests of filing."""


def notes() -> list[tuple[str, str]]:
    """What colleagues said when they passed something on: whose it is, and what it says."""
    query = db.select(Comment).where(Comment.by_mail, Comment.id.not_in(db.select(Mail.entry_id))).order_by(Comment.id)
    return [(each.author.handle, each.body) for each in db.session.scalars(query)]


@pytest.mark.parametrize("name", FORWARDS)
def test_what_is_passed_on_in_the_text_is_found(name):
    message, _files = mime.read(FORWARDS[name])
    inner = message.forwarded
    if name == "twice":
        assert (inner.sender.email, inner.note) == ("lena@example.com", "")
        inner = inner.forwarded
    assert (message.note, inner.text) == (NOTE, BODY)
    assert (inner.sender.email, inner.sender.name) == ("anna@acme.example", "Anna Weber")
    assert inner.date == "2026-11-02T09:00:00+00:00" and inner.subject == "Grippers"
    assert message.is_forward == (name not in ("without a prefix", "outlook in danish"))


@pytest.mark.parametrize("name", ["gmail as html", "twice", "with a file", "without a prefix"])
def test_what_is_passed_on_is_the_letter_of_who_wrote_it(arrive, world, name):
    [(mail, is_new)] = arrive(FORWARDS[name])
    assert is_new and mail.entry.title == "Grippers" and mail.entry.body == BODY
    assert mail.is_from_customer and mail.entry.contacts == [mail.contact] and mail.contact.name == "Anna Weber"
    assert mail.sent_at.isoformat() == "2026-11-02T09:00:00+00:00"
    assert mail.told["forwarded_by"] == "Jon Becker" and mail.entry.author == world.jon
    assert notes() == [("jon", NOTE)]
    assert [each.filename for each in mail.attachments] == (["plan.pdf"] if name == "with a file" else [])


ANNA = {"From": "Anna Weber <anna@acme.example>", "To": "Jon <jon@example.com>"}


@pytest.mark.parametrize("data", [
    letter("We should offer six.\n\nFrom: Anna Weber <anna@acme.example>\nSent: Monday, 2 November 2026 "
           "10:00\nTo: Jon\n"
           "Subject: Grippers\n\nFive.", From="Jon <jon@example.com>", To="anna@acme.example", Subject="RE: Grippers"),
    letter(f"See below.\n\n---------- Forwarded message ---------\nFrom: Bo <bo@elsewhere.example>\nSubject: "
           f"X\nTo: a@b.example"
           f"\n\n{BODY}", Subject="Fwd: Grippers"),
], ids=["an answer of ours", "what the customer passes on"])
def test_what_is_said_above_a_quotation_stays_the_letter(arrive, world, data):
    [(filed, _new)] = arrive(data)
    assert filed.entry.body in ("We should offer six.", "See below.")
    assert not filed.told["forwarded_by"] and notes() == []


def test_a_note_says_that_it_came_by_mail(arrive, browser_of, world):
    [(filed, _new)] = arrive(FORWARDS["gmail as html"])
    db.session.commit()
    head = browser_of(world.lena).get(filed.entry.url).text.partition(NOTE)[0].rpartition("comment-head")[2]
    assert world.jon.name in head and "by mail" in head, "whoever knows the address may have written it"


def test_a_letter_that_is_here_is_not_filed_again_when_it_is_passed_on(arrive, world):
    [(here, _new)] = arrive(letter(BODY))
    passed_on = FORWARDS["outlook in german"], FORWARDS["gmail as html"].replace(b"<f1@", b"<f2@")
    assert [each for data in passed_on for each in arrive(data)] == [(here, False)] * 2
    assert notes() == [("jon", NOTE)] and here.entry.comment_count == 1
    [(fuller, is_new)] = arrive(FORWARDS["with a file"])
    assert is_new and fuller.conversation_id == here.entry_id, "it brought a file that was not here"


def test_a_sender_without_an_address_is_who_is_known_by_that_name(arrive, world):
    [(first, _new)] = arrive(letter("Hello", Subject="Other"))
    data = FORWARDS["original message"].replace(b"Anna Weber [mailto:anna@acme.example]", b"Weber, Anna")
    [(filed, _new)] = arrive(data)
    assert filed.sender_email == "anna@acme.example" and filed.contact == first.contact
    for old, new in ((b"Weber, Anna", b"Tom Lee"), (b"Grippers", b"Arms"), (b"<f1@", b"<f2@")):
        data = data.replace(old, new)
    [(other, _new)] = arrive(data)
    assert [each.name for each in other.entry.contacts] == ["Tom Lee"] and other.is_from_customer


def carrying(*letters: bytes, note: str = NOTE, kind: str = "mixed", **head: str) -> bytes:
    inside = [part(each, "message/rfc822", Disposition="attachment; filename=mail.eml") for each in letters]
    return many(*([part(note)] if note else []), *inside, kind=kind, boundary="outside", head=JON | head)


TWO = (letter("Five", "1", **ANNA), many(part("Seven"), attached(b"%PDF-1.4", "plan.pdf"), head=ANNA | {
    "Subject": "Sensors", "Message-ID": "<2@acme.example>", "Date": "Sun, 1 Nov 2026 10:00:00 +0100"}))


def test_letters_that_are_attached_are_letters_with_the_words_of_who_sent_them(arrive, account, world):
    older, newer, note = arrive(carrying(*TWO))
    assert [each.mail.entry.body for each in (older, newer, note)] == ["Seven", "Five", NOTE]
    assert older.mail.conversation_id != newer.mail.conversation_id == newer.mail.entry_id
    assert note.mail.conversation_id == older.mail.entry_id and note.mail.sender == "Jon Becker"
    assert older.mail.told["forwarded_by"] == "Jon Becker" and older.mail.sent_at.day == 1
    assert [each.filename for each in older.mail.attachments] == ["plan.pdf"] and not note.mail.attachments
    assert {each.mail.entry.author for each in (older, newer, note)} == {world.jon}
    assert all(not each.is_new for each in arrive(carrying(*TWO)))


@pytest.mark.parametrize("kind", ["mixed", "digest"])
def test_a_letter_without_a_word_leaves_those_it_brought(arrive, world, kind):
    [(here, _new)] = arrive(TWO[0])
    found = arrive(carrying(*TWO, note="", kind=kind))
    assert [each.is_new for each in found] == [True, False] and found[1].mail == here
    assert db.session.scalar(db.select(db.func.count()).select_from(Mail)) == 2


@pytest.mark.parametrize("inner", [
    part(TWO[0], "application/octet-stream; name=mail.eml", Disposition="attachment; filename=mail.eml"),
    attached(TWO[0], "mail.eml", "message/rfc822"),
    attached(OUTLOOK["saved"].data, "saved.msg", "application/octet-stream"),
    attached(OUTLOOK["saved"].data, "saved.msg", "application/vnd.ms-outlook"),
], ids=["as a file", "encoded", "of outlook", "of outlook by its type"])
def test_a_letter_is_known_whatever_it_is_attached_as(arrive, world, inner):
    [(filed, _new)] = arrive(many(part(""), inner, boundary="outside", head=JON))
    assert filed.sender_email == "anna@acme.example" and filed.told["forwarded_by"] == "Jon Becker"


FORGED = letter("Ten percent off", "9", From="Lena <lena@example.com>", To="anna@acme.example", Subject="Offer")


@pytest.mark.parametrize(("data", "shown"), [
    (carrying(FORGED, note="", From="Lena Fischer <bo@elsewhere.example>"), "Lena Fischer bo@elsewhere.example"),
    (many(part(carrying(FORGED, note=""), "message/rfc822"), boundary="further", head=JON | {
        "From": "bo@elsewhere.example", "Message-ID": "<m@b.example>"}), "bo@elsewhere.example"),
    (carrying(FORGED, note="", From="Lena Fischer"), "an unknown sender"),
    (carrying(FORGED, note="", From=None), "an unknown sender"),
], ids=["under a name of ours", "in a letter of ours", "without an address", "without a sender"])
def test_who_forges_what_one_of_us_wrote_is_named_beside_it(arrive, browser_of, world, data, shown):
    [(filed, _new)] = arrive(data)
    assert (filed.sender_email, filed.told["forwarded_by"]) == ("lena@example.com", shown)
    db.session.commit()
    page = browser_of(world.lena).get(filed.entry.url).text
    assert f"passed on by <bdi>{shown}" in page, "whoever knows the address of an account may have written it"


def test_a_crowd_of_strangers_keeps_no_letter_away(arrive, world):
    def crowd(at: int) -> dict[str, str]:
        return {"To": ", ".join(f"a{at}-{each}@d{at}-{each}.example" for each in range(200))}

    found = arrive(carrying(*(letter("Hi", str(at), Subject=f"S{at}", **crowd(at)) for at in range(6)), note=""))
    assert len(found) == 6 and all(each.mail.told["forwarded_by"] == "Jon Becker" for each in found)


@pytest.mark.parametrize("data", [
    carrying(TWO[0], From="Bo <bo@acme.example>"),
    many(part("It could not be delivered."), part("Status: 5.1.1", "message/delivery-status"),
         part(TWO[0], "message/rfc822"),
         kind="report; report-type=delivery-status", head={"From": "Mail <mailer-daemon@example.com>"}),
    carrying(TWO[0], From="Postmaster <postmaster@example.com>"),
], ids=["customer", "bounce", "old bounce"])
def test_what_others_attach_stays_a_file(arrive, world, data):
    [(filed, _new)] = arrive(data)
    assert len(filed.attachments) == 1 and filed.attachments[0].filename.endswith(".eml")


def bomb(levels: int, note: str) -> bytes:
    inner = TWO[0]
    for level in range(levels):
        inner = many(*([part(note)] if note else []), part(inner, "message/rfc822"), boundary=f"b{level}",
                     head=JON | {"Message-ID": f"<{level}@example.com>"})
    return inner


@pytest.mark.parametrize("data", [bomb(200, ""), bomb(200, NOTE), bomb(2000, NOTE), carrying(*(
    letter("Hi", str(at), Subject=f"S{at}") for at in range(1000)))], ids=["deep", "deep with words", "deeper", "many"])
def test_a_bomb_of_messages_is_kept_and_bounded(arrive, world, data):
    found = arrive(data)
    assert 1 <= len(found) <= 201
    assert any(each.mail.bytes > 9 * len(data) / 10 for each in found), "the whole of it is kept"
