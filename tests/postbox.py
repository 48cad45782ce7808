"""A real mail server on loopback, and what it was handed."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message

from tests.serving import free_port


class Postbox(Message):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[email.message.EmailMessage] = []

    def handle_message(self, message) -> None:
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=email.policy.default))


@contextmanager
def open_postbox() -> Iterator[tuple[Postbox, str]]:
    """The postbox and the address of its server, for `MAIL_URL`."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield box, f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()
