"""The pages by which one finds one's way: the space itself, lists by kind, by title, by tag, by person and by date."""

import json
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from pathlib import PurePosixPath

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from app.entries.markdown import beginning
from app.entries.models import Entry
from app.entries.reference_models import EntryTag, Tag
from app.export.contents import Contents
from app.export.links import Links
from app.export.pages import STYLE, Printer
from app.export.parts import part_of
from app.export.records import Records, plain
from app.export.scope import LOOKED_AT, Scope, Spot, lives_in
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership

READ_AT_ONCE, LATEST = 200, 10
SHOWN = {
    "memberships", "projects", "accounts", "versions", "pages", "shares", "pinned_entries", "questions", "key_points",
    "commitments", "learning_evidence", "learning_contradictions", "trials", "review_breakdown", "reactions",
    "revisions", "mentions", "account_mentions", "entry_tags", "uploads", "learning_scopes", "learning_vouches",
    "question_votes", "review_authors", "decision_makers", "approval_requests", "approvers", "verdicts",
}
"""Tables whose rows are told by pages of their own making; those of any other are listed as they are."""


def kinds_in(contents: Contents) -> list[str]:
    """The kinds of root entries that are there."""
    return [kind for kind in contents.kinds if kind != "comment"]


def navigation(contents: Contents) -> list[tuple[str, object]]:
    """What stands at the top of each page."""
    lists = [(f"{part_of(kind).folder}.html", part_of(kind).label) for kind in kinds_in(contents)]
    return [*lists, ("a-z.html", _("A–Z")), ("tags.html", _("Tags")), ("people.html", _("People")),
            ("dates.html", _("By date"))]


def write(printer: Printer, records: Records, contents: Contents, pins: set[int]) -> None:
    """All of them, the style, and what tells programs where things are."""
    scope = printer.scope
    links = Links(scope)
    for kind in kinds_in(contents):
        _kind_page(printer, links, kind)
    _by_title(printer, links)
    _by_date(printer, links)
    _home(printer, contents, pins, _records(printer, links, records))
    # The last ones: what they list, other pages link to.
    _tags(printer, links)
    _people(printer, links, records)
    _about(printer, records, contents)


def _spots(scope: Scope, *conditions, order=None, extra=()) -> Iterator[tuple]:
    """(spot, created at, number of comments, *extra) of root entries, read little by little."""
    query = select(
        Entry.id, Entry.kind, Entry.title, func.substr(Entry.body, 1, LOOKED_AT), Entry.created_at,
        Entry.comment_count, *extra,
    ).where(lives_in(scope.space), Entry.deleted_at.is_(None), *conditions)
    rows = db.session.execute(query.order_by(*(order or (Entry.id.desc(),))).execution_options(yield_per=READ_AT_ONCE))
    for key, kind, title, body, created_at, comments, *more in rows:
        page = part_of(kind).page(key, title)
        yield Spot(key, kind, title or beginning(body) or f"#{key}", page, key), created_at, comments, *more


def _kind_page(printer: Printer, links: Links, kind: str) -> None:
    """The entries of a kind, the newest first; of decisions this is the log."""
    model = Entry.__mapper__.polymorphic_map[kind].class_
    query = select(model).where(lives_in(printer.scope.space, model), model.deleted_at.is_(None))
    entries = db.session.scalars(query.options(joinedload(model.author)).order_by(model.id.desc()).execution_options(
        yield_per=READ_AT_ONCE))
    part = part_of(kind)
    printer.page(f"{part.folder}.html", "export/kind.html", links, part=part, entries=entries)
    db.session.expunge_all()


def _letter(title: str) -> tuple[str, str]:
    """By what a title is filed: its first letter without accents, and itself."""
    bare = "".join(each for each in unicodedata.normalize("NFKD", title) if not unicodedata.combining(each)).casefold()
    first = next((each for each in bare if each.isalnum()), "#")
    return ("0–9" if first.isdigit() else first.upper()), bare


def _by_title(printer: Printer, links: Links) -> None:
    titled = [(*_letter(spot.name), spot) for spot, *_rest in _spots(printer.scope, Entry.title != "")]
    titled.sort(key=itemgetter(0, 1))
    letters = sorted({letter for letter, _bare, _spot in titled})
    groups = ((letter, [(spot, None) for _letter, _bare, spot in rows])
              for letter, rows in groupby(titled, key=itemgetter(0)))
    printer.page("a-z.html", "export/list.html", links, heading=_("A–Z"), groups=groups, jumps=letters, anchor="letter")


def _by_date(printer: Printer, links: Links) -> None:
    """A page for each year, with its months."""
    here, years = printer.voice.here, []
    rows = _spots(printer.scope, order=(Entry.created_at.desc(), Entry.id.desc()))
    for year, of_year in groupby(rows, key=lambda row: here(row[1]).year):
        months = groupby(of_year, key=lambda row: printer.voice.month(row[1]))
        groups = ((month, [(row[0], row[1]) for row in of_month]) for month, of_month in months)
        printer.page(f"dates-{year}.html", "export/list.html", links, heading=str(year), groups=groups, jumps=[],
                     anchor="month")
        years.append(year)
    printer.page("dates.html", "export/years.html", links, years=years)


def _tags(printer: Printer, links: Links) -> None:
    """Each tag with what is filed under it, comments in their threads."""
    root = aliased(Entry, flat=True)
    query = select(
        Tag.name, Entry.id, Entry.kind, Entry.title, func.substr(Entry.body, 1, LOOKED_AT), Entry.created_at,
        root.id, root.kind, root.title,
    ).select_from(EntryTag).join(Tag, Tag.id == EntryTag.tag_id).join(Entry, Entry.id == EntryTag.entry_id).join(
        root, root.id == func.coalesce(Entry.thread_id, Entry.id)).where(lives_in(printer.scope.space, root))
    rows = db.session.execute(query.order_by(Tag.name, Entry.id.desc()).execution_options(yield_per=READ_AT_ONCE))
    missing = set(printer.tags)

    def groups():
        for name, found in groupby(rows, key=itemgetter(0)):
            missing.discard(name)
            yield name, [(Spot(key, kind, title or beginning(body) or f"#{key}",
                               part_of(root_kind).page(root_id, root_title), root_id), created_at)
                         for _name, key, kind, title, body, created_at, root_id, root_kind, root_title in found]
        for name in sorted(missing):
            yield name, []

    printer.page("tags.html", "export/list.html", links, heading=_("Tags"), groups=groups(), jumps=[], anchor="tag")


def _people(printer: Printer, links: Links, records: Records) -> None:
    """Everybody who is in the space or named in the export, with what they wrote."""
    members = {each.person_id: each for each in db.session.scalars(
        select(Membership).where(Membership.space_id == printer.scope.space.id))}
    ids = printer.people | members.keys()
    people = list(db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.name, Person.id)))
    for person in people:
        records.lines("data/people.jsonl").add(_told(printer, person))
    written = (
        (person, [(row[0], row[1]) for row in _spots(printer.scope, Entry.author_id == person.id)]) for person in people
    )
    printer.page("people.html", "export/people.html", links, written=written, members=members)


def _told(printer: Printer, person: Person) -> dict:
    """A person as data; addresses are for admins and for the person alone, as everywhere."""
    reader = printer.scope.person
    told = {name: plain(getattr(person, name)) for name in ("id", "handle", "name", "role", "title", "region")}
    told |= {"team": person.team.name if person.team else None, "deactivated": person.deactivated_at is not None}
    return told | ({"email": person.email} if reader.is_admin or reader.id == person.id else {})


def _records(printer: Printer, links: Links, records: Records) -> list[tuple[str, str, int]]:
    """Pages of records that no other page tells: (page, name, number of records)."""
    pages = []
    for name, lines in records.files.items():
        table = PurePosixPath(name).stem
        if name.startswith("data/records/") and table not in SHOWN and lines.count:
            heading = table.replace("_", " ").capitalize()
            rows = ({key: value for key, value in json.loads(line).items() if value not in (None, "")}
                    for line in lines)
            page = f"records-{table}.html"
            printer.page(page, "export/records.html", links, heading=heading, rows=rows)
            pages.append((page, heading, lines.count))
    return pages


def _home(printer: Printer, contents: Contents, pins: set[int], others: list) -> None:
    space = printer.scope.space
    project = space.project
    brief = project.brief_html if project else ""
    links = Links(printer.scope)
    links.look_up([brief], set(pins), set())
    standings = db.session.scalars(
        select(Membership).where(Membership.space_id == space.id).options(joinedload(Membership.person)))
    standings = sorted(standings, key=lambda each: (each.role != "owner", each.person.name))
    latest = [(spot, moment) for spot, moment, _comments in islice(_spots(printer.scope), LATEST)]
    kinds = {kind: contents.kinds[kind] for kind in kinds_in(contents)}
    printer.page("index.html", "export/index.html", links, latest=latest, kinds=kinds, project=project, brief=brief,
                 standings=standings, contents=contents, pins=sorted(pins), others=others, part_of=part_of)


def _about(printer: Printer, records: Records, contents: Contents) -> None:
    """The style, the data of the space, and what the data means."""
    space, reader = printer.scope.space, printer.scope.person
    columns = {attribute.key: plain(getattr(space, attribute.key)) for attribute in space.__mapper__.column_attrs}
    about = {
        "format": "quarterdeck-export", "format_version": 1, "made_at": _utc(printer.made_at),
        "made_by_id": reader.id, "locale": reader.locale, "timezone": printer.voice.zone, "space": columns,
        "entries": contents.kinds, "files": contents.files,
        "data": sorted(records.files),
    }
    printer.sink.write("data/space.json", [json.dumps(about, ensure_ascii=False, indent=1)])
    printer.sink.write("README.txt", [STYLE.with_name("readme.txt").read_text()])
    printer.sink.write("style.css", [STYLE.read_text()])


def _utc(moment: datetime) -> str:
    return plain(moment)
