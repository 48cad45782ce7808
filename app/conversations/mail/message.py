"""A message as it was understood: plain values that go from the process that reads mail to the one that files it."""

from dataclasses import asdict, dataclass, field
from typing import Optional

MOST_TEXT = 200_000
"""Characters of a message that are shown, and as many of what it quotes; the original has them all."""
MOST_PEOPLE = 200
MOST_FILES = 100
MOST_MESSAGES_INSIDE = 200
DEEPEST_MESSAGE = 5
"""Messages inside messages that are read: so many in all, so deep. Further ones stay files."""


@dataclass(frozen=True)
class Address:
    """Somebody named in a head: the e-mail address in lower case, perhaps empty, and the name they go by."""

    email: str
    name: str = ""

    @property
    def shown(self) -> str:
        return self.name or self.email


@dataclass
class Attached:
    """A file that came along; `path` is where the reader put its bytes. What a page only decorates itself with
    (`is_decoration`: logos, pixels) is no file that anybody sent. One that is a message is read as such (`message`)."""

    filename: str
    media_type: str
    bytes: int = 0
    path: str = ""
    is_decoration: bool = False
    message: Optional["Message"] = None


@dataclass
class Invitation:
    """An invitation to a meeting. `starts` and `ends` are ISO 8601, days alone for a whole day; `method` is REQUEST,
    REPLY, CANCEL or another word of RFC 5546."""

    summary: str = ""
    starts: str = ""
    ends: str = ""
    place: str = ""
    organiser: str = ""
    people: list[str] = field(default_factory=list)
    method: str = ""


@dataclass
class Message:
    """`text` is what the sender wrote, without what they quote (`quoted`) and without their signature.

    `date` is ISO 8601 in UTC or empty. `dropped` counts what was left out, by name: "images", "signature", "parts".
    `trouble` says why a message could not be read as what it is; then `text` is whatever could be made of it.

    `forwarded` is what its sender passes on in the text, `note` what they say above it; `is_forward` if it says that
    this is all it is for. `minutes_ahead` is how far the sender's clock is ahead of UTC, `is_report` a bounce or
    receipt.
    """

    subject: str = ""
    sender: Address = field(default_factory=lambda: Address(""))
    to: list[Address] = field(default_factory=list)
    cc: list[Address] = field(default_factory=list)
    reply_to: list[Address] = field(default_factory=list)
    delivered_to: list[Address] = field(default_factory=list)
    date: str = ""
    message_id: str = ""
    references: list[str] = field(default_factory=list)
    text: str = ""
    quoted: str = ""
    files: list[Attached] = field(default_factory=list)
    invitation: Invitation | None = None
    is_automatic: bool = False
    is_report: bool = False
    list_id: str = ""
    minutes_ahead: int = 0
    note: str = ""
    is_forward: bool = False
    forwarded: Optional["Message"] = None
    forwarded_by: Address | None = None
    dropped: dict[str, int] = field(default_factory=dict)
    trouble: str = ""

    def drop(self, what: str, count: int = 1) -> None:
        """Note that something was left out."""
        if count:
            self.dropped[what] = self.dropped.get(what, 0) + count

    @property
    def people(self) -> list[Address]:
        """Everybody named in it, the sender first, each once."""
        found = {each.email: each for each in reversed([self.sender, *self.reply_to, *self.to, *self.cc]) if each.email}
        return list(reversed(found.values()))

    @property
    def everybody(self) -> list[Address]:
        """The people of it and of all that is passed on in it, and who passed it on."""
        inside = [self.forwarded, *(each.message for each in self.files)]
        bearer = [self.forwarded_by] if self.forwarded_by else []
        return [*self.people, *bearer, *(each for message in inside if message for each in message.everybody)]

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict) -> "Message":
        """The message that `as_json` told. Raises KeyError or TypeError for anything else."""
        lists = {name: [Address(**each) for each in told[name]] for name in ("to", "cc", "reply_to", "delivered_to")}
        invitation, forwarder, forwarded = told["invitation"], told["forwarded_by"], told["forwarded"]
        return cls(**told | lists | {
            "sender": Address(**told["sender"]), "files": [_attached(each) for each in told["files"]],
            "invitation": Invitation(**invitation) if invitation else None,
            "forwarded_by": Address(**forwarder) if forwarder else None,
            "forwarded": cls.from_json(forwarded) if forwarded else None,
        })


def _attached(told: dict) -> Attached:
    return Attached(**told | {"message": Message.from_json(told["message"]) if told["message"] else None})
