"""Mail goes out in the background to `MAIL_URL`; without one it is printed and kept in `data/mail/`."""

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template

from app import jobs

log = logging.getLogger(__name__)
TIMEOUT_SECONDS = 20
MESSAGE_DOMAIN = "quarterdeck.local"
"""Of the ids of what we send: by it we know our own letters again."""


def send(to: str, template: str, **context) -> None:
    """Queue the mail in `email/<template>.txt` for after the commit."""
    jobs.request("mail.deliver", to, *compose(template, **context))


def compose(template: str, **context) -> tuple[str, str]:
    """Subject and text of the mail in `email/<template>.txt`, whose first line is the subject."""
    subject, _, body = render_template(f"email/{template}.txt", **context).strip().partition("\n")
    return subject.strip(), body.strip() + "\n"


def absolute(endpoint: str, **values) -> str:
    """A full address for a link in a mail. Never made from the request's Host, which anybody can write.

    Needs no request: jobs write mails too.
    """
    return absolute_path(current_app.url_map.bind("").build(endpoint, values))


def absolute_path(path: str) -> str:
    """A full address for a page of ours, given as its path."""
    return current_app.config["PUBLIC_URL"].rstrip("/") + path


@jobs.job("mail.deliver")
def deliver(to: str, subject: str, body: str) -> None:
    """Hand one mail to the server; a failure is retried by the queue."""
    message = EmailMessage()
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = to
    message["Subject"] = subject
    message["Message-ID"] = make_msgid(domain=MESSAGE_DOMAIN)
    message.set_content(body)
    hand_over(message)


def hand_over(message: EmailMessage, *, aloud: bool = True) -> None:
    """Give a whole message to the mail server, or keep it where there is none; `aloud` prints what it says.

    Raises OSError or SMTPException while the server is away.
    """
    url = current_app.config["MAIL_URL"]
    if url:
        _submit(url, message)
    else:
        _keep(current_app.config["DATA_FOLDER"] / "mail", message, aloud)


def _submit(url: str, message: EmailMessage) -> None:
    """`smtp://user:password@host:587` (STARTTLS when the server offers it) or `smtps://…:465`."""
    server = urlsplit(url)
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        client = smtplib.SMTP_SSL(server.hostname, server.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        client = smtplib.SMTP(server.hostname, server.port or 25, timeout=TIMEOUT_SECONDS)
    with client:
        if server.scheme == "smtp" and client.has_extn("starttls"):
            client.starttls(context=context)
        if server.username:
            client.login(unquote(server.username), unquote(server.password or ""))
        client.send_message(message)


def _keep(folder: Path, message: EmailMessage, aloud: bool) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").split("@")[0]
    (folder / f"{name}.eml").write_bytes(message.as_bytes())
    log.warning("No MAIL_URL: kept the mail to %s in %s%s", message["To"], folder,
                f"\n{message.get_content()}" if aloud else "")
