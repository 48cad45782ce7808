"""What is found in a message, whatever program wrote it and whatever is broken in it."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.conversations.mail import armour, mime, quotes, reader
from app.conversations.mail.headers import addresses, subject_key
from app.conversations.mail.message import Message
from tests.making import mail_files, mail_heads, mail_odd, mail_texts
from tests.making.mails import Shape

SHAPES = mail_heads.SHAPES | mail_texts.SHAPES | mail_files.SHAPES | mail_odd.SHAPES
FUZZ = settings(max_examples=60, deadline=None, database=None, derandomize=True,
                suppress_health_check=list(HealthCheck))


def told(message: Message, name: str):
    """What a shape calls by a short name."""
    meeting = message.invitation
    values = {"name": message.sender.name, "automatic": message.is_automatic, "to": [each.email for each in message.to],
              "meeting": meeting and meeting.summary}
    return values[name] if name in values else getattr(message, name)


def check(message: Message, files: list[str], shape: Shape) -> None:
    for words in shape.says:
        assert words in message.text, message.text
    for words in shape.hides:
        assert words not in message.text, message.text
    for words in shape.quotes:
        assert words in message.quoted, message.quoted
    assert files == list(shape.keeps) or not shape.keeps
    if shape.subject is not None:
        assert message.subject == shape.subject
    assert message.trouble == shape.trouble
    if shape.sender is not None:
        assert message.sender.email == shape.sender
    for name, value in shape.found.items():
        assert value in message.dropped if name == "dropped" else told(message, name) == value, name


def test_there_are_many_shapes():
    assert len(SHAPES) + len(mail_files.OUTLOOK) >= 100


@pytest.mark.parametrize("name", SHAPES)
def test_a_message_is_read(name):
    message, files = mime.read(SHAPES[name].data)
    check(message, [each.filename for each in files], SHAPES[name])
    assert Message.from_json(message.as_json()) == message


@pytest.mark.parametrize("name", mail_files.OUTLOOK)
def test_a_message_that_outlook_saved_is_read(name, tmp_path):
    path, shape, found = tmp_path / "saved.msg", mail_files.OUTLOOK[name], []
    path.write_bytes(shape.data)
    reader.read_all(path, tmp_path, found.append)
    [only] = found
    message = Message.from_json(only["message"])
    check(message, [each.filename for each in message.files], shape)


def test_each_message_of_a_mailbox_is_cut_out_as_it_stands(tmp_path):
    path, found = tmp_path / "all.mbox", []
    bodies = [mail_texts.SHAPES[name].data.replace(b"\r\n", b"\n") for name in ("outlook reply", "gmail reply")]
    path.write_bytes(b"".join(b"From anna@acme.example Mon Nov  2 10:00:00 2026\n" + each + b"\n\n" for each in bodies))
    reader.read_all(path, tmp_path, found.append)
    *messages, last = found
    assert [each["message"]["text"] for each in messages] == ["Hi\n\nFive please.", "Five please."]
    assert last == {"left": 0}
    assert [Path(each["path"]).read_bytes().strip() for each in messages] == [body.strip() for body in bodies]


@FUZZ
@given(st.binary(max_size=400))
def test_no_bytes_are_too_odd(data):
    message, _files = mime.read(data)
    assert Message.from_json(message.as_json()) == message


@FUZZ
@given(st.sampled_from(sorted(set(SHAPES) - {"5000 levels", "5000 parts", "a line of a megabyte", "200 levels"})),
       st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=3), st.integers(0, 40)), min_size=1, max_size=6))
def test_whatever_breaks_on_the_way_something_is_read(name, changes):
    data = SHAPES[name].data or b"x"
    for at, new, gone in changes:
        at %= len(data) + 1
        data = data[:at] + new + data[at + gone :]
    message, files = mime.read(data)
    assert "\0" not in message.text + message.subject + "".join(each.filename for each in files)
    assert "<script" not in message.text.lower() or b"<script" in data.lower()


@FUZZ
@given(st.binary(max_size=600), st.sampled_from(sorted(mail_files.OUTLOOK)), st.integers(0, 10**6))
def test_no_container_is_too_odd(noise, name, place):
    whole = mail_files.OUTLOOK[name].data
    place %= len(whole)
    found = []
    with TemporaryDirectory() as name:
        path = Path(name, "odd.msg")
        path.write_bytes(whole[:place] + noise + whole[place + len(noise) :])
        reader.read_all(path, Path(name), found.append)
    assert found


@pytest.mark.parametrize("text", ["-----BEGIN PGP SIGNED MESSAGE-----\n\n", "-----BEGIN PGP SIGNED MESSAGE-----\n\n"
                                  "-----BEGIN PGP SIGNATURE-----\n"])
def test_what_is_signed_without_end_takes_no_time(text):
    began = time.process_time()
    assert armour.without(text * 20_000) == text * 20_000
    assert time.process_time() - began < 2


@pytest.mark.parametrize("text", ["On 1 Anna wrote:\n> a\nMine\n", "On 2 Anna\nwrote:\n> x\n\nMine\n"])
def test_what_quotes_without_end_takes_no_time(text):
    began = time.process_time()
    assert "Mine" in quotes.split(text * 10_000).said
    assert time.process_time() - began < 2


@pytest.mark.parametrize("subject", ["Re: Grippers", "AW: RE: Grippers", "Fwd: [EXT] grippers", "Re[2]: Grippers",
                                     "回复：Grippers",                                     " WG:  Grippers "])
def test_a_thread_keeps_its_subject(subject):
    assert subject_key(subject) == "grippers"


def test_a_list_of_addresses_is_cut_where_it_ends():
    found = addresses('"Weber, Anna" <anna@acme.example>; tom@acme.example, Lee (or, him) <LEE@acme.example>, Zoë')
    assert [(each.email, each.name) for each in found] == [
        ("anna@acme.example", "Weber, Anna"), ("tom@acme.example", ""), ("lee@acme.example", "Lee (or, him"),
        ("", "Zoë")]
