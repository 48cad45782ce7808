"""The three ways in which mail comes: dropped onto the page, piped in by a mail server, posted by a script."""

import io

import pytest

from app.assets.store import StoreUnavailable
from app.conversations.filing import file_arrived
from app.conversations.mail_models import Mail
from app.conversations.receiving import address_of, make_address
from app.extensions import db
from app.notifications.mail_command import EX_NOUSER, EX_TEMPFAIL, mail_group
from app.spaces.actions import add_member
from tests.api.conftest import api_of, errors  # noqa: F401
from tests.conversations.conftest import letter
from tests.making.mail_files import OUTLOOK


def filed() -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(Mail))


@pytest.fixture
def address(account, world) -> str:
    make_address(account, actor=world.lena)
    db.session.commit()
    return address_of(account)


@pytest.fixture
def pipe(app):
    """`flask mail receive` with a message on standard input."""
    def run(data: bytes, *arguments: str):
        return app.test_cli_runner().invoke(mail_group, ["receive", *arguments], input=data)
    return run


def test_messages_dropped_onto_the_page_are_filed_each_once(browser_of, space, world):
    files = [(io.BytesIO(letter("One", "1")), "a.eml"), (io.BytesIO(letter("Two", "2", Subject="Other")), "b.eml"),
             (io.BytesIO(letter("One", "1")), "c.eml"), (io.BytesIO(OUTLOOK["saved"].data), "d.msg")]
    browser = browser_of(world.lena)
    assert browser.post(f"/accounts/{space.slug}/mail", data={"files": files}).status_code == 303
    assert "3 messages are filed. 1 was here already." in browser.get(space.url).text and filed() == 3


def test_a_form_without_messages_says_so(browser_of, space, world):
    answer = browser_of(world.lena).post(f"/accounts/{space.slug}/mail", data={})
    assert answer.status_code == 422 and "Choose the messages first" in answer.text


def test_a_pipe_keeps_what_is_sent_to_the_address(pipe, address, world):
    assert pipe(letter(), "--to", address).exit_code == 0
    assert pipe(letter(), "--to", address.upper()).exit_code == 0
    assert filed() == 1


@pytest.mark.parametrize("field", ["Delivered-To", "X-Original-To", "To"])
def test_a_message_may_say_itself_where_it_was_sent(pipe, address, field):
    assert pipe(letter(**{field: address})).exit_code == 0
    assert filed() == 1


@pytest.mark.parametrize("wrong", ["{slug}+wrong@localhost", "{slug}@localhost", "nobody+{key}@localhost", "x", "@",
                                   "+@"])
def test_what_is_sent_to_a_wrong_address_is_kept_nowhere(pipe, address, wrong, app):
    slug, _, key = address.partition("@")[0].partition("+")
    answer = pipe(letter("Only here"), "--to", wrong.format(slug=slug, key=key))
    assert answer.exit_code == EX_NOUSER and filed() == 0


def test_a_new_address_ends_the_old(pipe, address, account, world):
    make_address(account, actor=world.lena)
    db.session.commit()
    assert address_of(account) != address
    assert pipe(letter(), "--to", address).exit_code == EX_NOUSER
    assert pipe(letter(), "--to", address_of(account)).exit_code == 0


def test_who_works_the_account_stands_for_what_came_by_itself(pipe, address, account, world):
    account.sales_owner_id = world.jon.id
    db.session.commit()
    pipe(letter(To="robot@acme.example"), "--to", address)
    pipe(letter(key="2", Subject="Other", Cc="Lena <lena@example.com>"), "--to", address)
    authors = [each.entry.author.handle for each in db.session.scalars(db.select(Mail).order_by(Mail.id))]
    assert authors == ["jon", "lena"]


@pytest.mark.parametrize("error", [StoreUnavailable("no disk"), ValueError("a mistake of ours")])
def test_what_cannot_be_kept_just_now_comes_again(pipe, address, monkeypatch, error):
    def away(*_arguments):
        raise error

    with monkeypatch.context() as broken:
        broken.setattr("app.notifications.mail_command.keep", away)
        assert pipe(letter(), "--to", address).exit_code == EX_TEMPFAIL
    assert filed() == 0
    assert pipe(letter(), "--to", address).exit_code == 0


def test_what_we_read_wrongly_is_kept_unread(pipe, address, monkeypatch):
    def odd(account, arrived, **who):
        if not arrived.message.trouble:
            raise ValueError("a mistake of ours")
        return file_arrived(account, arrived, **who)

    monkeypatch.setattr("app.conversations.receiving.file_arrived", odd)
    assert pipe(letter(), "--to", address).exit_code == 0
    [mail] = db.session.scalars(db.select(Mail))
    assert (mail.entry.title, mail.entry.body, mail.told["trouble"]) == ("Grippers", "", "unreadable")


def test_members_see_the_address_and_owners_make_it(browser_of, space, world):
    beside = f"/accounts/{space.slug}/commitments"
    assert "Make an address" not in browser_of(world.jon).get(beside).text
    assert browser_of(world.jon).post(f"/accounts/{space.slug}/mail-address").status_code == 403
    assert browser_of(world.lena).post(f"/accounts/{space.slug}/mail-address").status_code == 303
    assert address_of(space.account) in browser_of(world.jon).get(beside).text
    assert browser_of(world.otto).get(beside).status_code == 403
    add_member(space, world.gus, actor=world.lena)
    guest = browser_of(world.gus).get(beside)
    assert guest.status_code == 200 and address_of(space.account) not in guest.text, "it would outlast their stay"


def test_a_script_posts_the_message_itself_or_a_file(api_of, space, world):  # noqa: F811
    api = api_of(world.jon)
    raw = api.raw("POST", f"/mail?to={space.slug}@localhost", letter(), "message/rfc822")
    assert raw.status_code == 201, raw.data
    [first] = raw.json["items"]
    again = api("POST", f"/mail?to={space.slug}@localhost", data={"file": (io.BytesIO(letter()), "a.eml")})
    assert again.json == {"items": [first | {"is_new": False}], "left": 0, "import_id": None}
    shown = api.get(f"/entries/{first['entry_id']}").json
    assert shown["mail"]["sender_email"] == "anna@acme.example" and shown["mail"]["direction"] == "in"
    assert api.get(f"/mails/{first['mail_id']}/original").data == letter()


@pytest.mark.parametrize("who, to, status", [
    ("jon", "nobody@localhost", 422), ("jon", "account-closed+wrong@localhost", 422), ("jon", "", 422),
    ("otto", "account-closed@localhost", 403), ("otto", "account-secret@localhost", 422),
    ("gus", "account-open@localhost", 422),
])
def test_a_script_files_mail_only_where_its_person_may_write(api_of, world, who, to, status):  # noqa: F811
    answer = api_of(world.person(who)).raw("POST", f"/mail?to={to}", letter(), "message/rfc822")
    assert answer.status_code == status and filed() == 0


def test_a_letter_names_no_account_without_its_key(api_of, address, pipe, space, world):  # noqa: F811
    """Who writes it says what they like; a script that names none itself may write into many."""
    api = api_of(world.jon)
    forged = letter(To=f"{space.slug}@localhost")
    assert api.raw("POST", "/mail", forged, "message/rfc822").status_code == 422 and filed() == 0
    assert pipe(forged).exit_code == 67
    assert api.raw("POST", "/mail", letter(To=address), "message/rfc822").status_code == 201 and filed() == 1


@pytest.mark.parametrize("slug", ["account-closed", "account-secret", "none", "n\udcff"])
def test_an_address_that_nothing_can_take_is_nobodys(pipe, address, slug):
    assert pipe(letter(), "--to", f"{slug}+\udcff@localhost").exit_code == 67, "else it told which there are"
