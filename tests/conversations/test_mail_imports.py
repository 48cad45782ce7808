"""A large mailbox is filed in the background: each letter once, by a transaction of its own, killed or not."""

import io
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.activity.delivery import commit
from app.assets.actions import keep
from app.assets.rendering.results import Limits
from app.assets.store import StoreFull
from app.conversations import mail_import_job, mail_imports
from app.conversations.mail import boxes
from app.conversations.mail_import_models import ImportedLetter, MailImport
from app.conversations.mail_models import Mail
from app.db import now
from app.extensions import db
from app.people.actions import deactivate
from app.spaces.actions import remove_member
from tests.api.conftest import api_of  # noqa: F401
from tests.conversations.conftest import letter, told

DATABASES = ("postgresql",)
"""The one whose writers lock rows."""
LINE = b"From anna@acme.example Mon Nov  2 10:00:00 2026\n"


def box(*letters: bytes) -> bytes:
    return b"".join(LINE + each.replace(b"\r\n", b"\n") + b"\n\n" for each in letters)


def letters(count: int) -> list[bytes]:
    return [letter(f"Letter {at}", str(at), Subject=f"Subject {at}") for at in range(count)]


@pytest.fixture
def begin(account, world):
    """Starts an import of a mailbox by its bytes; as it is once the jobs that it asked for are done."""
    def start(data: bytes) -> MailImport:
        work = mail_imports.start_import(account, keep(io.BytesIO(data), "old.mbox"), actor=world.lena)
        commit()
        return db.session.get(MailImport, work.id, populate_existing=True)
    return start


def states(work: MailImport) -> list[str]:
    query = db.select(ImportedLetter.state).where(ImportedLetter.import_id == work.id).order_by(ImportedLetter.number)
    return list(db.session.scalars(query))


def bodies() -> list[str]:
    return [each.entry.body for each in db.session.scalars(db.select(Mail).order_by(Mail.id))]


def test_each_letter_is_filed_known_or_kept_and_one_event_tells_of_all(begin, arrive, account, world):
    account.sales_owner_id = world.jon.id
    first, second = letters(2)
    arrive(second, actor=world.lena)
    work = begin(box(first, second, first, b"X-Nothing: here\n\nOdd"))
    assert states(work) == ["filed", "known", "known", "unread"]
    assert (work.status, work.position, work.box_sha256) == ("done", work.bytes, None)
    assert told(world.lena, "conversation.mailbox_filed") == ["import"]
    assert len(told(world.jon, "conversation.mail_filed")) == 1, "not for each letter of the mailbox"


def test_a_killed_import_goes_on_with_the_letter_it_was_at(begin, monkeypatch, world):
    monkeypatch.setattr(mail_import_job, "SLICE_LETTERS", 2)
    commits = iter(range(100))

    def dies():
        if next(commits) == 3:
            raise KeyboardInterrupt
        commit()

    with monkeypatch.context() as killed:
        killed.setattr(mail_import_job, "commit", dies)
        begin(box(*letters(5)))
    db.session.rollback()
    work = db.session.scalars(db.select(MailImport)).one()
    assert work.status == "running" and 0 < len(states(work)) < 5
    work.touched_at = now() - timedelta(hours=1)
    db.session.commit()
    assert mail_import_job.start_lost() == 1
    db.session.refresh(work)
    assert work.status == "done" and bodies() == [f"Letter {at}" for at in range(5)] and states(work) == ["filed"] * 5


def test_one_letter_that_kills_its_reader_costs_only_itself(begin, monkeypatch, world):
    one, two = letters(2)
    monkeypatch.setattr("app.conversations.mail.reading.LIMITS", Limits(seconds=20, memory_bytes=220 * 1024**2))
    work = begin(box(one, letter("x" * 60_000_000, "big", Subject="Big"), two))
    assert work.status == "done" and states(work) == ["filed", "unread", "filed"]


def test_a_mistake_about_one_letter_does_not_keep_back_the_others(begin, monkeypatch, world):
    take = mail_imports.take

    def odd(work, arrived, end):
        take(work, arrived, end)
        if arrived.message.text == "Letter 1" or arrived.message.subject == "Subject 2":
            raise ValueError("a mistake of ours")

    monkeypatch.setattr(mail_imports, "take", odd)
    work = begin(box(*letters(4)))
    assert work.status == "done" and states(work) == ["filed", "unread", "lost", "filed"]
    assert bodies() == ["Letter 0", "", "Letter 3"]


@pytest.mark.parametrize(("data", "became"), [
    (letters(1)[0], "filed"), (b"No mail at all", "unread"), (b"", "unread"),
    (b"\n" * 20 + LINE + b"To: a\n\n", "unread"),
], ids=["a letter", "a text", "nothing", "blank lines"])
def test_a_file_that_is_no_mailbox_is_a_letter(begin, world, data, became):
    work = begin(data)
    assert (work.status, states(work), work.position) == ("done", [became], len(data))


def test_what_takes_its_time_is_filed_in_smaller_steps(begin, monkeypatch, world):
    monkeypatch.setattr("app.conversations.mail.reading.PATIENCE", -1)
    steps, read_some = [], mail_import_job.read_some

    def counted(*arguments):
        steps.append(read_some(*arguments))
        return steps[-1]

    monkeypatch.setattr(mail_import_job, "read_some", counted)
    work = begin(box(*letters(3)))
    assert (work.status, bodies()) == ("done", ["Letter 0", "Letter 1", "Letter 2"])
    assert [len(each.letters) for each in steps] == [1, 1, 1, 0]


def test_what_stops_goes_on_once_it_can(begin, browser_of, monkeypatch, world):
    def full(*_arguments):
        raise StoreFull("full")

    with monkeypatch.context() as broken:
        broken.setattr(mail_import_job, "read_some", full)
        work = begin(box(*letters(2)))
    page = browser_of(world.lena).get(work.url).text
    assert work.status == "stopped" and "There is no space left" in page
    assert browser_of(world.jon).get(work.url).status_code == 404
    browser_of(world.lena).post(f"{work.url}/resumption")
    db.session.refresh(work)
    assert work.status == "done" and len(bodies()) == 2
    deactivate(world.lena)
    db.session.commit()
    assert begin(box(*letters(3))).reason == "not_allowed"


def test_who_may_know_of_the_account_no_more_has_no_report(api_of, browser_of, world):  # noqa: F811
    secret = world.space("account", "secret")
    work = mail_imports.start_import(secret.account, keep(io.BytesIO(box(*letters(1))), "old.mbox"), actor=world.jon)
    commit()
    address = work.url
    assert secret.name in browser_of(world.jon).get(address).text
    remove_member(secret, world.jon, actor=world.lena)
    db.session.commit()
    assert browser_of(world.jon).get(address).status_code == 404
    assert browser_of(world.jon).get(f"{address}/progress").status_code == 404
    assert api_of(world.jon).get(f"/mail/imports/{work.id}").status_code == 404


def test_the_page_takes_a_large_mailbox_and_reports_letter_by_letter(browser_of, space, world):
    browser, data = browser_of(world.lena), box(*letters(boxes.MOST_AT_ONCE + 5))
    sent = browser.post(f"/accounts/{space.slug}/mail", data={"files": [(io.BytesIO(data), "old.mbox")]})
    [work] = db.session.scalars(db.select(MailImport))
    assert sent.status_code == 303 and sent.location.endswith(work.url)
    page = browser.get(work.url).text
    assert work.url in browser.get(f"/accounts/{space.slug}/mail").text
    assert "105 of 105 letters are filed." in page and "Subject 7" in page and "Further letters" in page
    assert "Subject 104" in browser.get(f"{work.url}?state=filed&after=100").text
    assert browser.get(f"{work.url}/progress").status_code == 204
    again = browser.post(f"/accounts/{space.slug}/mail-imports", data={"file": (io.BytesIO(data), "old.mbox")})
    assert again.status_code == 303 and "Here already 105" in browser.get(again.location).text
    assert browser.post(f"/accounts/{space.slug}/mail-imports", data={}).status_code == 422
    assert browser_of(world.gus).post(f"/accounts/{space.slug}/mail-imports", data={}).status_code == 404


def test_a_script_imports_a_mailbox_and_reads_what_became_of_it(api_of, account, world):  # noqa: F811
    api = api_of(world.jon)
    begun = api("POST", "/mail/imports", data={"file": (io.BytesIO(box(*letters(2))), "old.mbox"),
                                               "account_id": str(account.id)})
    assert begun.status_code == 201, begun.data
    work = api.get(f"/mail/imports/{begun.json['id']}").json
    assert (work["status"], work["filed"], work["position"]) == ("done", 2, work["bytes"])
    items = api.get(f"/mail/imports/{work['id']}/letters").json["items"]
    assert [(each["number"], each["state"], each["title"]) for each in items] == [
        (1, "filed", "Subject 0"), (2, "filed", "Subject 1")]
    assert api_of(world.lena).get(f"/mail/imports/{work['id']}").status_code == 404
    large = api.raw("POST", f"/mail?to={account.space.slug}@localhost", box(*letters(120)), "message/rfc822").json
    assert large["items"] == [] and api.get(f"/mail/imports/{large['import_id']}").json["filed"] == 118


def cuts(data: bytes, folder) -> list[bytes]:
    path = folder / "all.mbox"
    path.write_bytes(data)
    return [each.path.read_bytes() for each in boxes.cut(path, folder)]


HEAD = b"Subject: A\n\n"


@pytest.mark.parametrize("data, expected", [
    (LINE + HEAD + b"One\n\n" + LINE + HEAD + b"Two\n", [HEAD + b"One\n\n", HEAD + b"Two\n"]),
    (LINE + HEAD + b"One\n" + LINE + HEAD + b"Two\n", [HEAD + b"One\n", HEAD + b"Two\n"]),
    ((LINE + HEAD + b"One\n\n" + LINE + HEAD + b"Two\n").replace(b"\n", b"\r\n"),
     [b"Subject: A\r\n\r\nOne\r\n\r\n", b"Subject: A\r\n\r\nTwo\r\n"]),
    (LINE + HEAD + b"One\n\n>From then on\n>>From me\n", [HEAD + b"One\n\nFrom then on\n>From me\n"]),
    (LINE + HEAD + b"One\n\nFrom January on we need 2026 of them\nNot less.\n",
     [HEAD + b"One\n\nFrom January on we need 2026 of them\nNot less.\n"]),
    (b"\n\xef\xbb\xbf" + LINE + HEAD + b"One", [HEAD + b"One"]),
    (b"From - Mon Nov  2 10:00:00 2026\n" + HEAD + b"One\n", [HEAD + b"One\n"]),
    (LINE + b"\n" + LINE + HEAD + b"Two", [b"\n", HEAD + b"Two"]),
], ids=["usual", "no empty line", "windows", "escaped", "a sentence", "empty lines first", "thunderbird", "empty"])
def test_a_mailbox_of_any_dialect_is_cut_where_messages_begin(tmp_path, data, expected):
    assert cuts(data, tmp_path) == expected


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(st.lists(st.text(st.sampled_from("From >:\nab 2026"), max_size=60), min_size=1, max_size=6), st.integers(0, 5))
def test_whatever_letters_say_each_is_cut_out_and_any_can_be_gone_on_with(tmp_path_factory, texts, place):
    folder = tmp_path_factory.mktemp("box")
    wanted = [HEAD + text.encode() + b"\n\n" for text in texts]
    escaped = [b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line
                        for line in each.splitlines(keepends=True)) for each in wanted]
    path = folder / "all.mbox"
    path.write_bytes(b"".join(LINE + each for each in escaped))
    found = list(boxes.cut(path, folder))
    assert [each.path.read_bytes() for each in found] == wanted
    place %= len(found)
    rest = list(boxes.cut(path, folder, found[place].end))
    assert [each.path.read_bytes() for each in rest] == wanted[place + 1 :] and found[-1].end == path.stat().st_size
