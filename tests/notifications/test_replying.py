"""An answer by mail lands in its thread once, for who may answer, and whatever a mail holds."""

from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO

import pytest

from app.activity.delivery import commit
from app.assets.actions import keep
from app.conversations.mail import mime
from app.conversations.mail.message import Attached
from app.conversations.mail.reading import Arrived
from app.db import at, now
from app.entries.actions import comment, post
from app.entries.attachments import Upload
from app.entries.models import Comment
from app.extensions import db
from app.notifications import tokens
from app.notifications.choosing import settings_of
from app.notifications.mail_command import EX_NOUSER
from app.notifications.mailing import mail_regularly
from app.notifications.replying import Outcome, Refused, door_at, take
from app.people.sessions import new_token
from app.spaces.actions import remove_member
from app.spaces.archiving import archive
from tests.api.conftest import Api


@pytest.fixture
def thread(world):
    root = post(world.space("project", "closed"), "Which hall?", actor=world.lena)
    commit()
    return root


def address(person, entry, purpose: str = "reply") -> str:
    return f"{purpose}+{tokens.make(purpose, person.id, entry.id)}@example.com"


def receive(raw: bytes, to: str) -> Outcome:
    """Take a letter as it is read; the process that reads it otherwise is the one of customers' mail."""
    door = door_at([to])
    if door is None:
        raise Refused("There is no such address here.")
    message, files = mime.read(raw)
    held = [(Attached(each.filename, each.media_type), keep(BytesIO(each.data), each.filename)) for each in files]
    return take(door, Arrived(message, keep(BytesIO(raw), "message.eml"), held))


def letter(text: str = "Hall 4", **headers) -> EmailMessage:
    message = EmailMessage()
    for name, value in ({"From": "jon@example.com", "Message-ID": "<1@mail.example>"} | headers).items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def comments(root) -> list[Comment]:
    return list(db.session.scalars(db.select(Comment).where(Comment.thread_id == root.id).order_by(Comment.id)))


def test_the_new_words_become_one_comment(world, thread):
    mail = letter("Hall 4, I think.\n\nOn Thu, 26 Nov 2026, Lena wrote:\n> Which hall?\n\n-- \nJon Park\n").as_bytes()
    outcome = receive(mail, address(world.jon, thread))
    assert outcome.what == "commented" and receive(mail, address(world.jon, thread)).what == "repeated"
    [answer] = comments(thread)
    assert (answer.body, answer.author) == ("Hall 4, I think.", world.jon)


def test_an_answer_to_a_comment_stands_below_it(world, thread):
    first = comment(thread, "Hall 4", actor=world.lena)
    assert receive(letter("Yes").as_bytes(), address(world.jon, first).upper()).comment.parent_id == first.id


def test_the_address_of_a_mail_leads_into_its_thread(app, world, thread, postbox, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_DOMAIN", "reply.example")
    answer = comment(thread, "@jon what do you say?", actor=world.lena)
    commit()
    with at(now() + timedelta(minutes=6)):
        mail_regularly()
    [mail] = [each for each in postbox.mails if each["Subject"] == "Re: Which hall?"]
    assert len(mail["Reply-To"].partition("@")[0]) <= 64
    assert receive(letter().as_bytes(), mail["Reply-To"]).comment.parent_id == answer.id
    off = mail["List-Unsubscribe"].partition("mailto:")[2].partition(">")[0]
    assert receive(b"", off).what == "unsubscribed" and settings_of(world.jon).mail == "none"


def revoke(world, thread):
    remove_member(thread.space, world.jon, actor=world.lena)
    db.session.flush()


@pytest.mark.parametrize("before", [
    revoke, lambda world, thread: archive(thread.space, actor=world.lena),
    lambda world, _thread: setattr(world.jon, "deactivated_at", now()),
    lambda _world, thread: setattr(thread, "deleted_at", now()),
])
def test_who_may_not_answer_does_not(world, thread, before):
    to = address(world.jon, thread)
    before(world, thread)
    with pytest.raises(Refused):
        receive(letter().as_bytes(), to)
    assert not comments(thread)


def test_a_token_is_good_for_its_purpose_and_for_ninety_days(world, thread):
    to = address(world.jon, thread)
    foreign = address(world.jon, thread, "unsubscribe").replace("unsubscribe+", "reply+")
    changed = to.replace("@", "a@")
    for wrong in (foreign, changed, "reply+@x", "reply", ""):
        assert door_at([wrong]) is None
    with at(now() + timedelta(days=91)), pytest.raises(Refused, match="too long ago"):
        receive(letter().as_bytes(), to)
    with at(now() + timedelta(days=90)):
        assert receive(letter().as_bytes(), to).what == "commented"


@pytest.mark.parametrize("headers", [
    {"Auto_Submitted": "auto-replied"}, {"Return_Path": "<>"}, {"Precedence": "bulk"}, {"X_Autoreply": "yes"},
])
def test_what_nobody_wrote_is_no_answer(world, thread, headers):
    assert receive(letter("I am out of office", **headers).as_bytes(), address(world.jon, thread)).what == "ignored"
    assert not comments(thread)


def test_files_come_along(world, thread):
    mail = letter("See this")
    mail.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="figures [1].csv")
    answer = receive(mail.as_bytes(), address(world.jon, thread)).comment
    [file] = db.session.scalars(db.select(Upload).where(Upload.entry_id == answer.id))
    assert file.filename == "figures [1].csv" and f'href="/uploads/{file.id}/figures' in answer.body_html


def test_html_alone_is_read_as_words(world, thread):
    mail = EmailMessage()
    mail.set_content("<p>Hall <b>4</b></p><script>x()</script><blockquote>Which hall?</blockquote>", subtype="html")
    assert receive(mail.as_bytes(), address(world.jon, thread)).comment.body == "Hall 4"


def test_a_mail_server_pipes_answers_where_it_pipes_the_mail_of_customers(app, world, thread):
    runner = app.test_cli_runner()
    to = address(world.jon, thread)
    db.session.commit()
    done = runner.invoke(args=["mail", "receive", "--to", to], input=letter("Piped").as_bytes())
    assert done.exit_code == 0 and "Commented" in done.output
    named = letter("Named", To=to, **{"Message-ID": "<2@mail.example>"}).as_bytes()
    assert runner.invoke(args=["mail", "receive"], input=named).exit_code == 0
    assert runner.invoke(args=["mail", "receive", "--to", "reply+x@y"], input=named).exit_code == EX_NOUSER
    db.session.rollback()
    assert [each.body for each in comments(thread)] == ["Piped", "Named"]


def test_a_script_posts_answers_where_it_posts_the_mail_of_customers(app, world, thread):
    to, (_token, text) = address(world.jon, thread), new_token(world.lena, "hook")
    db.session.commit()
    api = Api(app, text)
    sent = {"data": letter("Posted").as_bytes(), "content_type": "message/rfc822"}
    [item] = api.post("/mail", query_string={"to": to}, **sent).json["items"]
    assert item["is_new"] and db.session.get(Comment, item["entry_id"]).author == world.jon
    remove_member(thread.space, world.jon, actor=world.lena)
    db.session.commit()
    assert api.post("/mail", query_string={"to": to}, **sent).status_code == 422
