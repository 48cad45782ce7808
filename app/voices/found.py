"""What reading a page finds: a feed with its items, or the feeds that a web page names. On both sides of the fence."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

LONGEST_ADDRESS = 1000
LONGEST_TEXT = 2000
"""Characters of an item that are kept: how it begins, for whoever wants all of it reads it there."""


@dataclass
class Item:
    """One thing the feed tells. Everything is plain text or an address of the web; what it does not say is empty.

    `published` is in ISO 8601 with a zone; `seconds` is the length of the sound.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    text: str = ""
    by: str = ""
    published: str = ""
    sound: str = ""
    seconds: int | None = None

    @property
    def moment(self) -> datetime | None:
        """When it was published, as far as the feed says so."""
        return datetime.fromisoformat(self.published) if self.published else None


@dataclass
class Choice:
    """A feed that a web page names."""

    address: str
    title: str


@dataclass
class Reading:
    """What a page is: a feed, the newest item first; or no feed, but it names some; or neither, for a reason by its
    name (`trouble`, see `words.TROUBLES`). `minutes` is how often the feed asks to be looked at.
    """

    title: str = ""
    site: str = ""
    minutes: int | None = None
    items: list[Item] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    trouble: str = ""

    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict) -> "Reading":
        items, choices = ([kind(**each) for each in told.pop(name)]
                          for name, kind in (("items", Item), ("choices", Choice)))
        return cls(**told, items=items, choices=choices)
