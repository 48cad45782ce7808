"""What an address, a name and a password must be: one rule for pages, API, command line and invitations."""

import unicodedata

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

NAME_LENGTH = 120
TEAM_LENGTH = 80
EMAIL_LENGTH = 254
PASSWORD_LENGTH = 10
LONGEST_PASSWORD = 200
# Left in a name they would turn the text around it: "Anna gnp.exe" for "Anna exe.png".
_OVERRIDES = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_BREAKING = {"Cc", "Cs", "Zl", "Zp"}


class Unacceptable(ValueError):
    """Something given about a person breaks a rule: `field` names it, the message is for who typed it (lazy)."""

    def __init__(self, field: str, message) -> None:
        super().__init__(message)
        self.field, self.message = field, message

    def __str__(self) -> str:
        return str(self.message)


def line(field: str, text: str, most: int) -> str:
    """`text` without blanks around it, when it is one line of at most `most` characters. Raises Unacceptable."""
    text = text.strip()
    if len(text) > most:
        raise Unacceptable(field, _l("Use at most %(most)d characters.", most=most))
    if any(unicodedata.category(each) in _BREAKING or ord(each) in _OVERRIDES for each in text):
        raise Unacceptable(field, _l("This holds characters that nobody sees. Type it without them."))
    return text


def name(text: str) -> str:
    """A person's name: a line with something to read in it. Raises Unacceptable."""
    text = line("name", text, NAME_LENGTH)
    if all(unicodedata.category(each)[0] in "CZM" for each in text):
        raise Unacceptable("name", _l("A name is needed."))
    return text


def team(text: str) -> str:
    """A team's name; empty for none. Raises Unacceptable."""
    return line("team", text, TEAM_LENGTH)


def email(text: str) -> str:
    """An address in lower case. Raises Unacceptable."""
    text = text.strip().lower()
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        raise Unacceptable("email", _l("This is not an e-mail address.")) from None
    return text


def password(text: str) -> str:
    """Long enough to be one. Raises Unacceptable."""
    if len(text) < PASSWORD_LENGTH:
        raise Unacceptable("password", _l("Use at least %(least)d characters.", least=PASSWORD_LENGTH))
    if len(text) > LONGEST_PASSWORD:
        raise Unacceptable("password", _l("Use at most %(most)d characters.", most=LONGEST_PASSWORD))
    return text
