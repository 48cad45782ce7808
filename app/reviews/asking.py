"""What an address asks to see side by side, and in which state; made from its query and written back into links.

`ids=1,2,3` (or `id=1&id=2`, as the form of checkboxes sends it), the filters, or `peers_of=7`; `view`, `by`,
`currency`, or `convert=1` at the rates that reviews state; `sort=cpl`, and `sort=-cpl` from the most to the least.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort
from werkzeug.datastructures import MultiDict

from app.access import LARGEST_KEY, fetch
from app.people.models import Person
from app.reviews.choosing import MOST, Chosen, Peers, choose, peers_of, row_of
from app.reviews.comparison import COLUMNS, DIMENSIONS, KPI_COLUMNS, METRIC_COLUMNS, TEXT_COLUMNS, Row
from app.reviews.filters import conditions, wanted
from app.reviews.models import Review
from app.web import whole_number

PAGE = "/reviews/compare"
VIEWS = {"": KPI_COLUMNS, "counts": METRIC_COLUMNS, "groups": KPI_COLUMNS}
LONGEST_KEY = len(str(LARGEST_KEY))


@dataclass(frozen=True)
class Found:
    """What stands side by side. `own` is the review whose peers were asked for, one of the rows."""

    chosen: Chosen
    own: Row | None = None
    peers: Peers | None = None


@dataclass(frozen=True)
class Asked:
    """An address, read. `wanted` are the filters, empty where nothing is asked."""

    ids: tuple[int, ...]
    wanted: dict[str, str]
    peers_of: int | None
    view: str
    crossed: tuple[str, ...]
    currency: str
    convert: bool
    sort: str

    @property
    def anything(self) -> bool:
        """Whether any reviews are asked for at all."""
        return bool(self.ids or self.peers_of or any(self.wanted.values()))

    @property
    def by(self) -> str:
        """The column that sorts."""
        return self.sort.lstrip("-")

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def columns(self) -> tuple:
        return VIEWS[self.view]

    @property
    def state(self) -> dict[str, str]:
        """How it is shown, without what is shown."""
        crossed = ",".join(self.crossed) if self.crossed != DIMENSIONS else ""
        convert = "1" if self.convert else ""
        return {"view": self.view, "by": crossed, "currency": self.currency, "convert": convert, "sort": self.sort}

    def link(self, **changes) -> str:
        """The address of this page in another state: `link(sort="cpl")`."""
        same = {"ids": _written(self.ids), "peers_of": self.peers_of, **self.wanted, **self.state}
        return _address(same | changes)

    def only(self, rows: Iterable[Row]) -> str:
        """The address of these reviews alone, in the same state."""
        return _address({"ids": _written(row.id for row in rows), **self.state})

    def crossing(self, name: str) -> str:
        """The address that makes groups by `name` as well, or no longer."""
        return self.link(by=",".join(each for each in DIMENSIONS if (each in self.crossed) != (each == name)))


def read(arguments: MultiDict) -> Asked:
    """What the query of an address asks; what cannot be understood asks nothing."""
    view, sort = arguments.get("view", ""), arguments.get("sort", "")
    by = arguments.get("by", "").split(",")
    return Asked(
        ids=keys([arguments.get("ids", ""), *arguments.getlist("id")]),
        wanted=wanted(arguments), peers_of=whole_number(arguments, "peers_of"),
        view=view if view in VIEWS else "",
        crossed=tuple(name for name in DIMENSIONS if name in by) or DIMENSIONS,
        currency=arguments.get("currency", ""), convert=arguments.get("convert") == "1",
        sort=sort if sort.removeprefix("-") in (*TEXT_COLUMNS, *COLUMNS) else "",
    )


def keys(texts: Iterable[str]) -> tuple[int, ...]:
    """The keys in these lists with commas, each once; at most as many as can be compared."""
    parts = ",".join(texts).split(",")
    numbers = (int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= LONGEST_KEY)
    return tuple(dict.fromkeys(key for key in numbers if 0 < key <= LARGEST_KEY))[:MOST]


def find(person: Person, asked: Asked) -> Found:
    """The reviews asked for, as far as `person`, who makes this request, may see them."""
    if asked.peers_of:
        return with_peers(person, asked.peers_of)
    return find_all(person, asked.ids, asked.wanted) if asked.anything else Found(Chosen([]))


def find_all(person: Person, ids: Iterable[int], filters: dict[str, str]) -> Found:
    """Those of `ids`, of all reviews when there are none, that fit the filters and that `person` may see."""
    among = [Review.id.in_(ids)] if ids else []
    return Found(choose(person, *among, *conditions(filters)))


def with_peers(person: Person, key: int) -> Found:
    """A review and its peers; 404 where there is none that the reader may see."""
    review = fetch(Review, key)
    if review.is_deleted:
        abort(404)
    own, peers = row_of(review), peers_of(person, review)
    return Found(Chosen([own, *peers.rows]), own, peers)


def _written(ids: Iterable[int]) -> str:
    return ",".join(map(str, ids))


def _address(query: dict) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"{PAGE}?{urlencode(kept, safe=',')}" if kept else PAGE
