"""Mail through a real SMTP server; the text, the subject in other scripts, and a server that is away."""

import smtplib

import pytest

import config
from app import mail
from app.activity.delivery import commit
from app.people.actions import invite
from tests.serving import free_port


def test_an_invitation_arrives_with_its_link(app, world, postbox, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "http://quarterdeck.example")
    with app.test_request_context():
        invitation, secret = invite("new@example.com", actor=world.mei, space=world.space("project", "open"))
        link = mail.absolute("people.invitation", secret=secret)
        mail.send(invitation.email, "invitation", invitation=invitation, link=link)
        commit()
    [arrived] = postbox.mails
    assert arrived["To"] == "new@example.com" and arrived["Subject"] == "王梅 invites you to Quarterdeck"
    assert f"http://quarterdeck.example/invitations/{secret}" in arrived.get_content()


def test_links_use_the_public_address_and_never_the_host_a_request_names(app, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://deck.example.com/")
    with app.test_request_context(headers={"Host": "evil.example"}):
        assert mail.absolute("people.sign_in") == "https://deck.example.com/sign-in"


def test_without_a_public_address_links_lead_to_where_the_server_listens(app):
    with app.test_request_context(headers={"Host": "evil.example"}):
        assert mail.absolute("people.sign_in") == "http://127.0.0.1:5000/sign-in"


@pytest.mark.parametrize(("environment", "url"), [
    ({}, "http://127.0.0.1:5000"), ({"HOST": "10.0.0.7", "PORT": "80"}, "http://10.0.0.7:80"),
    ({"HOST": "::1"}, "http://[::1]:5000"),
])
def test_the_address_of_a_server_without_a_public_one(environment, url):
    assert config.local_url(environment) == url


def test_a_server_that_is_away_is_an_error_for_the_queue_to_retry(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises((ConnectionRefusedError, smtplib.SMTPException)):
        mail.deliver("new@example.com", "Subject", "Text")
