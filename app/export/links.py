"""Where links lead in an export: to its own pages and files, or out of it, marked as such.

Texts are stored as HTML that was made safe (`entries.markdown`), so that their links can be found by their form.
"""

import re
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from flask import current_app
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import select

from app.assets.models import Page, Version
from app.entries.attachments import Upload
from app.entries.models import Entry
from app.export import names
from app.export.scope import Scope, Spot
from app.extensions import db
from app.people.models import Person

_TAG = re.compile(r'<(a|img)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_THING = re.compile(r"/([a-z]+)/(\d{1,9})(/.*)?")
_FILE = re.compile(r"/versions/(\d{1,9})/(?:file|media)")
_PICTURE = re.compile(r"/versions/(\d{1,9})/pages/(\d{1,9})\.webp")
_SPOKEN_OF = re.compile(r"(?:entry|comment|thread|e)-(\d{1,9})")


def _links(html: str):
    for tag in _TAG.finditer(html):
        attributes = dict(_ATTRIBUTE.findall(tag[2]))
        if address := attributes.get("href" if tag[1] == "a" else "src"):
            yield unescape(address)


def _ours(address: str):
    """The parts of an address on this server; None for one elsewhere."""
    home = current_app.config["PUBLIC_URL"].rstrip("/")
    address = address.removeprefix(home) if address.startswith(f"{home}/") else address
    try:
        return urlsplit(address) if address.startswith("/") and not address.startswith("//") else None
    except ValueError:
        return None


def _absolute(address: str) -> str:
    """An address as it is reached from anywhere; that of this server for one that cannot be read."""
    home = current_app.config["PUBLIC_URL"].rstrip("/") + "/"
    try:
        return urljoin(home, address)
    except ValueError:
        return home


@dataclass
class Links:
    """What the texts and things of one batch point at, looked up together."""

    scope: Scope
    spots: dict[int, Spot] = field(default_factory=dict)
    spaces: dict = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    files: dict[tuple[int, int], str] = field(default_factory=dict)
    pictures: dict[tuple[int, int, int], str] = field(default_factory=dict)
    uploads: dict[int, str] = field(default_factory=dict)
    named_people: set[int] = field(default_factory=set)
    named_tags: set[str] = field(default_factory=set)

    def look_up(self, texts: list[str], ids: set[int], space_ids: set[int]) -> None:
        """Find what these texts, and these ids of entries and spaces, lead to: at most nine statements."""
        addresses = {address for text in texts for address in _links(text)}
        ours = [parts for parts in map(_ours, addresses) if parts]
        things = [found for parts in ours if (found := _THING.fullmatch(unquote(parts.path)))]
        keys = {int(found[2]) for found in things if found[1] != "uploads"}
        keys |= {int(found[1]) for parts in ours if (found := _SPOKEN_OF.fullmatch(parts.fragment))}
        self.spots = self.scope.spots(ids | keys)
        self.spaces = self.scope.spaces(space_ids)
        handles = {unquote(parts.path).removeprefix("/people/") for parts in ours if parts.path.startswith("/people/")}
        named = db.session.scalars(select(Person).where(Person.handle.in_(handles))) if handles else []
        self.people = {person.handle: person for person in named}
        self._look_up_files(things)

    def _look_up_files(self, things: list[re.Match]) -> None:
        self.files, self.pictures, self.uploads = {}, {}, {}
        inside = {int(found[2]) for found in things if found[1] == "assets" and found[3]}
        inside = {key for key in inside if self.spots.get(key) and self.spots[key].page}
        if inside:
            versions = select(Version.asset_id, Version.number, Version.filename, Version.media_type)
            versions = versions.where(Version.asset_id.in_(inside))
            for key, number, *file in db.session.execute(versions):
                self.files[key, number] = names.original_name(self.spots[key].page, number, *file)
            pages = select(Version.asset_id, Version.number, Page.number).join(Page.version).where(
                Version.asset_id.in_(inside), Page.image_sha256.is_not(None))
            for key, number, slide in db.session.execute(pages):
                self.pictures[key, number, slide] = names.picture_name(self.spots[key].page, number, slide)
        held = {int(found[2]) for found in things if found[1] == "uploads"}
        if held:
            rows = db.session.execute(
                select(Upload.id, Upload.entry_id, Upload.filename, Upload.media_type).where(Upload.id.in_(held))).all()
            here = self.scope.spots({entry_id for _key, entry_id, *_file in rows if entry_id})
            self.uploads = {key: names.upload_name(key, *file) for key, entry_id, *file in rows
                            if entry_id in here and here[entry_id].page}

    def place(self, address: str) -> str | None:
        """Where an address of this server leads in the export, from its top; None if that is outside of it."""
        parts = _ours(address)
        if parts is None:
            return None
        path = unquote(parts.path)
        if path == self.scope.space.url:
            return "index.html"
        if person := self.people.get(path.removeprefix("/people/")):
            return self.person(person)
        if path.startswith("/tags/"):
            return self.tag(path.removeprefix("/tags/"))
        return self._thing(path, parts)

    def _thing(self, path: str, parts) -> str | None:
        found = _THING.fullmatch(path)
        if found is None:
            return None
        folder, key, rest = found[1], int(found[2]), found[3]
        if folder == "uploads":
            return names.address(self.uploads[key]) if key in self.uploads else None
        spot = self.spots.get(key)
        if spot is None or spot.page is None:
            return None
        if rest:
            return self._file(key, rest)
        if folder != "e" and not self._is_address_of(folder, spot):
            return None
        spoken = _SPOKEN_OF.fullmatch(parts.fragment)
        said = self.spots.get(int(spoken[1])) if spoken else None
        if said and said.page:
            return names.address(said.page, said.fragment)
        return self._slide(spot, parts.query)

    def _is_address_of(self, folder: str, spot: Spot) -> bool:
        model = Entry.__mapper__.polymorphic_map.get(spot.kind)
        return model is not None and urlsplit(model.class_(id=spot.id).url).path == f"/{folder}/{spot.id}"

    def _file(self, key: int, rest: str) -> str | None:
        if found := _FILE.fullmatch(rest):
            name = self.files.get((key, int(found[1])))
        else:
            found = _PICTURE.fullmatch(rest)
            name = self.pictures.get((key, int(found[1]), int(found[2]))) if found else None
        return names.address(name) if name else None

    def _slide(self, spot: Spot, query: str) -> str:
        slide = parse_qs(query).get("slide", [""])[-1]
        is_slide = slide.isdecimal() and spot.kind == "asset" and "version" not in parse_qs(query)
        return names.address(spot.page, f"slide-{int(slide)}" if is_slide else spot.fragment)

    def person(self, person: Person) -> str:
        """Where a person is told of; they will be."""
        self.named_people.add(person.id)
        return names.address("people.html", f"person-{person.id}")

    def tag(self, name: str) -> str:
        """Where the entries under a tag are listed; they will be."""
        self.named_tags.add(name)
        return names.address("tags.html", f"tag-{name}")


@dataclass
class Desk:
    """The links of a batch, as a page writes them that lies so deep: `up` leads to the top, "" or "../"."""

    links: Links
    up: str

    def entry(self, key: int | None) -> Markup:
        """A link to an entry by its name; empty if the reader may not know of it."""
        spot = self.links.spots.get(key)
        if spot is None:
            return Markup("")
        if spot.page:
            href = self.up + names.address(spot.page, spot.fragment)
            return Markup('<a href="{}" dir="auto">{}</a>').format(href, spot.name)
        return self.outside(f"/e/{spot.id}", spot.name)

    def knows(self, key: int | None) -> bool:
        """Whether the reader may know of this entry."""
        return key in self.links.spots

    def space(self, key: int | None) -> Markup:
        """A link to a space by its name; empty if the reader may not know of it."""
        space = self.links.spaces.get(key)
        if space is None:
            return Markup("")
        if space.id == self.links.scope.space.id:
            return Markup('<a href="{}index.html" dir="auto">{}</a>').format(self.up, space.name)
        return self.outside(space.url, space.name)

    def person(self, person: Person) -> Markup:
        """A person's name, linked to what is told of them."""
        return Markup('<a class="person" href="{}" dir="auto">{}</a>').format(
            self.up + self.links.person(person), person.name)

    def tag(self, name: str) -> Markup:
        """A tag, linked to what is filed under it."""
        return Markup('<a class="tag" href="{}" dir="auto">#{}</a>').format(self.up + self.links.tag(name), name)

    def outside(self, address: str, name: str) -> Markup:
        """A link out of the export, said to be one."""
        href = _absolute(address)
        return Markup('<a class="outside" rel="noopener noreferrer" href="{}" dir="auto">{}</a> {}').format(
            href, name, self._note())

    def _note(self) -> Markup:
        return Markup('<span class="outside-note">{}</span>').format(_("(outside of this export)"))

    def html(self, html: str) -> Markup:
        """A text with its links led to where they belong in the export."""
        ends: list[str] = []

        def lead(tag: re.Match) -> str:
            if tag[0] == "</a>":
                return "</a>" + (ends.pop() if ends else "")
            attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[2])}
            return self._picture(attributes) if tag[1] == "img" else self._link(attributes, ends)

        return Markup(re.sub(rf"{_TAG.pattern}|</a>", lead, html))

    def _link(self, attributes: dict, ends: list[str]) -> str:
        address = attributes.pop("href", "")
        place = self.links.place(address)
        if place is not None:
            ends.append("")
            return _written("a", attributes | {"href": self.up + place})
        ends.append(f" {self._note()}" if _ours(address) else "")
        said = {"class": "outside", "rel": "noopener noreferrer", "title": _("outside of this export")}
        return _written("a", attributes | {"href": _absolute(address)} | said)

    def _picture(self, attributes: dict) -> str:
        place = self.links.place(attributes.pop("src", ""))
        if place is None:
            return f'<span class="soft">{escape(_("A picture that is outside of this export"))}</span>'
        return _written("img", attributes | {"src": self.up + place, "alt": attributes.get("alt", ""),
                                             "loading": "lazy"})


def _written(tag: str, attributes: dict) -> str:
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{said}>"
