"""An answer by mail lands in its thread once, for who may answer, and whatever a mail holds."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.activity.delivery import commit
from app.db import at, now
from app.entries.actions import comment, post
from app.entries.attachments import Upload
from app.entries.models import Comment
from app.extensions import db
from app.notifications import tokens
from app.notifications.choosing import settings_of
from app.notifications.mailing import mail_regularly
from app.notifications.replying import receive
from app.spaces.actions import remove_member
from app.spaces.archiving import archive


@pytest.fixture
def thread(world):
    root = post(world.space("project", "closed"), "Which hall?", actor=world.lena)
    commit()
    return root


def address(person, entry, purpose: str = "reply") -> str:
    return f"{purpose}+{tokens.make(purpose, person.id, entry.id)}@example.com"


def letter(text: str = "Hall 4", **headers) -> EmailMessage:
    message = EmailMessage()
    for name, value in ({"From": "jon@example.com", "Message-ID": "<1@mail.example>"} | headers).items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def comments(root) -> list[Comment]:
    return list(db.session.scalars(db.select(Comment).where(Comment.thread_id == root.id)))


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
    monkeypatch.setitem(app.config, "REPLY_DOMAIN", "reply.example")
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
    assert receive(letter().as_bytes(), to).what == "refused" and not comments(thread)


def test_a_token_is_good_for_its_purpose_and_for_ninety_days(world, thread):
    to = address(world.jon, thread)
    foreign = address(world.jon, thread, "unsubscribe").replace("unsubscribe+", "reply+")
    changed = to.replace("@", "a@")
    for wrong in (foreign, changed, "reply+@x", "reply", ""):
        assert receive(letter().as_bytes(), wrong).what == "refused"
    with at(now() + timedelta(days=91)):
        assert receive(letter().as_bytes(), to).why == "too old"
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


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=st.one_of(st.binary(max_size=300), st.tuples(
    st.sampled_from([b"Content-Type: text/plain; charset=", b"Content-Type: multipart/mixed; boundary=", b"From: ",
                     b"Message-ID: ", b"Content-Disposition: attachment; filename*=", b"Content-Transfer-Encoding: "]),
    st.binary(max_size=60), st.binary(max_size=200)).map(lambda parts: parts[0] + parts[1] + b"\n\n" + parts[2])))
def test_no_mail_breaks_it(world, thread, raw):
    to = address(world.jon, thread)
    with db.session.begin_nested() as attempt:
        assert receive(raw, to).what in ("commented", "refused", "ignored", "repeated")
        attempt.rollback()
    db.session.expire_all()


def test_the_command_takes_what_a_mail_server_pipes(app, world, thread):
    runner = app.test_cli_runner()
    to = address(world.jon, thread)
    db.session.commit()
    done = runner.invoke(args=["mail", "reply", "--to", to], input=letter("Piped").as_bytes())
    assert done.exit_code == 0 and "Commented" in done.output
    assert runner.invoke(args=["mail", "reply", "--to", "reply+x@y"], input=b"").exit_code == 1
    db.session.rollback()
    assert [each.body for each in comments(thread)] == ["Piped"]
