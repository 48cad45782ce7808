"""Reading a space batch by batch, so that memory and statements are bounded however much it holds."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from app.assets.models import Asset, Version
from app.entries.attachments import Upload
from app.entries.linking import References
from app.entries.markdown import render
from app.entries.models import Comment, Entry
from app.entries.reference_models import AccountMention, EntryTag, Mention, Tag
from app.export.links import Links
from app.export.parts import BACKLINKS, Part, options_for_all, part_of
from app.export.scope import Scope, lives_in
from app.extensions import db
from app.learnings.models import Contradiction
from app.people.models import Person
from app.spaces.models import Space

FURTHER = ("what_worked", "what_did_not")
"""Fields of Markdown that are rendered when they are shown."""
ROOTS, ENTRIES = 100, 400
"""Threads of a batch at most, and their entries; one thread beyond that is a batch of its own."""


@dataclass
class Thread:
    """A root entry with all that answers it, and what stands beside it."""

    root: Entry
    part: Part
    comments: list[tuple[Comment, int]]
    tags: list[str] = field(default_factory=list)
    backlinks: list[tuple[object, list[int]]] = field(default_factory=list)
    opposed: list[int] = field(default_factory=list)
    beside: list = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        """The root and its comments."""
        return [self.root, *(comment for comment, _depth in self.comments)]

    @property
    def page(self) -> str:
        """Where it lies in the export."""
        return self.part.page(self.root.id, self.root.title)

    @property
    def living(self) -> list[tuple[Comment, int]]:
        """The comments with their depth, without gravestones."""
        return [each for each in self.comments if not each[0].is_deleted]

    @property
    def accepted(self) -> set[int]:
        """The ids of the comments that settle a question."""
        return {comment.question.accepted_id for comment, _depth in self.comments if comment.question}

    def on_slide(self, version, slide: int) -> list[Comment]:
        """What is said of a page of a version."""
        return [comment for comment, _depth in self.living
                if comment.version_id == version.id and comment.page == slide]


@dataclass
class Batch:
    """Some threads, and all that is known about them."""

    threads: list[Thread]
    entries: list[Entry]
    uploads: list[Upload]
    tags: dict[int, list[str]]
    texts: dict[int, dict[str, str]]
    stands: dict[int, "Stand"]
    links: Links


def batches(scope: Scope) -> Iterator[Batch]:
    """All of the export, the oldest threads first. What a batch holds is forgotten with the next one."""
    after = 0
    while roots := _next_roots(scope, after):
        after = roots[-1]
        yield _batch(scope, roots)
        db.session.expunge_all()


def _next_roots(scope: Scope, after: int) -> list[int]:
    pages = func.coalesce(Asset.page_count * Asset.version_count, 0)
    query = select(Entry.id, 1 + Entry.comment_count + pages / 4).outerjoin(Asset.__table__, Asset.id == Entry.id)
    rows = db.session.execute(query.where(Entry.id > after, lives_in(scope.space)).order_by(Entry.id).limit(ROOTS))
    ids, weight = [], 0
    for key, more in rows:
        weight += more
        if ids and weight > ENTRIES:
            break
        ids.append(key)
    return ids


def _batch(scope: Scope, root_ids: list[int]) -> Batch:
    rows = db.session.execute(select(Entry.id, Entry.kind).where(Entry.id.in_(root_ids))).all()
    rows += db.session.execute(select(Entry.id, Entry.kind).where(Entry.thread_id.in_(root_ids))).all()
    entries = _load(rows)
    ids = list(entries)
    tags = _grouped(EntryTag, Tag.name, Tag.id == EntryTag.tag_id, ids)
    texts = _further_texts(entries, tags)
    # What became an asset is its version; only what stands in texts is a file of its own.
    texts_of = [key for key, entry in entries.items() if not isinstance(entry, Asset)]
    uploads = list(db.session.scalars(select(Upload).where(Upload.entry_id.in_(texts_of)).order_by(Upload.id)))
    threads = _threads(scope, root_ids, entries, tags)
    stands = _stands({each.version_id for each in entries.values() if isinstance(each, Comment) and each.version_id})
    links = Links(scope)
    links.look_up(
        [*(entry.body_html for entry in entries.values()), *(html for own in texts.values() for html in own.values())],
        _ids_named(entries.values(), threads) | {stand.asset_id for stand in stands.values()},
        {share.space_id for entry in entries.values() for share in entry.shares}
        | {entry.space_id for entry in entries.values()}
        | {trial.space_id for entry in entries.values() for trial in getattr(entry, "trials", ()) if trial.space_id},
    )
    return Batch(threads, list(entries.values()), uploads, tags, texts, stands, links)


def _grouped(model, name, on, ids: list[int]) -> dict[int, list[str]]:
    """The names that rows of `model` give to these entries."""
    found = defaultdict(list)
    query = select(model.entry_id, name).join(name.class_, on).where(model.entry_id.in_(ids))
    for key, each in db.session.execute(query.order_by(name)):
        found[key].append(each)
    return found


def _further_texts(entries: dict[int, Entry], tags: dict[int, list[str]]) -> dict[int, dict[str, str]]:
    """The HTML of the Markdown fields that entries have besides their bodies."""
    named = {entry.id: [name for name in FURTHER if getattr(entry, name, "")] for entry in entries.values()}
    ids = [key for key, names in named.items() if names]
    people = _grouped(Mention, Person.handle, Person.id == Mention.person_id, ids)
    accounts = _grouped(AccountMention, Space.slug, Space.id == AccountMention.space_id, ids)
    return {
        key: {name: render(getattr(entries[key], name), References(
            frozenset(people[key]), frozenset(tags[key]), frozenset(accounts[key]))) for name in named[key]}
        for key in ids
    }


@dataclass(frozen=True)
class Stand:
    """A version that comments speak of; `is_read` if it is the one that people read, the newest that has pages."""

    asset_id: int
    number: int
    is_read: bool


def _stands(version_ids: set[int]) -> dict[int, Stand]:
    if not version_ids:
        return {}
    newer = aliased(Version)
    is_older = exists().where(newer.asset_id == Version.asset_id, newer.number > Version.number,
                              newer.status == "ready", newer.page_count > 0)
    rows = db.session.execute(
        select(Version.id, Version.asset_id, Version.number, ~is_older).where(Version.id.in_(version_ids)))
    return {key: Stand(asset_id, number, is_read) for key, asset_id, number, is_read in rows}


def _load(rows) -> dict[int, Entry]:
    """The entries by id, each kind in one statement and one for each thing that hangs on it."""
    by_kind = defaultdict(list)
    for key, kind in rows:
        by_kind[kind].append(key)
    found: dict[int, Entry] = {}
    for kind, ids in by_kind.items():
        model = Entry.__mapper__.polymorphic_map[kind].class_
        query = select(model).where(model.id.in_(ids)).options(*options_for_all(), *part_of(kind).options())
        found |= {entry.id: entry for entry in db.session.scalars(query).unique()}
    return dict(sorted(found.items()))


def _threads(scope: Scope, root_ids: list[int], entries: dict[int, Entry], tags) -> list[Thread]:
    answers = defaultdict(list)
    for entry in entries.values():
        if entry.thread_id:
            answers[entry.thread_id].append(entry)
    beside = _backlinks(scope, root_ids)
    opposed = _opposed(root_ids)
    by_kind = defaultdict(list)
    for key in root_ids:
        by_kind[entries[key].kind].append(key)
    parts = {key: found for kind, ids in by_kind.items() for key, found in part_of(kind).beside(ids).items()}
    return [
        Thread(entries[key], part_of(entries[key].kind), nested(answers[key]), tags[key], beside[key], opposed[key],
               parts.get(key, []))
        for key in root_ids
    ]


def nested(comments: list[Comment]) -> list[tuple[Comment, int]]:
    """The comments of a thread in reading order with their depth: each is followed by what answers it."""
    known = {comment.id for comment in comments}
    below = defaultdict(list)
    for comment in reversed(comments):
        below[comment.parent_id if comment.parent_id in known else None].append((comment, 0))
    ordered, waiting = [], list(below[None])
    while waiting:
        comment, depth = waiting.pop()
        ordered.append((comment, depth))
        waiting += [(answer, depth + 1) for answer, _depth in below[comment.id]]
    return ordered


def _backlinks(scope: Scope, root_ids: list[int]) -> dict[int, list]:
    """What of the export points at these entries, by heading; one statement each."""
    found: dict[int, dict] = defaultdict(lambda: defaultdict(list))
    for heading, column in BACKLINKS:
        model = column.class_
        query = select(column, model.id).where(column.in_(root_ids), model.deleted_at.is_(None), lives_in(
            scope.space, model))
        for key, pointing in db.session.execute(query.order_by(model.id)):
            found[key][heading].append(pointing)
    return defaultdict(list, {key: list(groups.items()) for key, groups in found.items()})


def _opposed(root_ids: list[int]) -> dict[int, list[int]]:
    pairs = select(Contradiction.learning_id, Contradiction.other_id).where(
        Contradiction.learning_id.in_(root_ids) | Contradiction.other_id.in_(root_ids))
    found = defaultdict(list)
    for one, other in db.session.execute(pairs):
        found[one].append(other)
        found[other].append(one)
    return found


def _ids_named(entries, threads: list[Thread]) -> set[int]:
    """Ids of all entries that these name in a column or beside them."""
    ids = {value for entry in entries for name in pointers(type(entry)) if (value := getattr(entry, name))}
    ids |= {key for thread in threads for _heading, keys in thread.backlinks for key in keys}
    ids |= {key for thread in threads for key in thread.opposed}
    return ids | {ground.entry_id for entry in entries for ground in getattr(entry, "evidence", ())}


@cache
def pointers(model: type[Entry]) -> list[str]:
    """The attributes of a kind of entry that hold ids of entries."""
    tables = {mapper.local_table for mapper in Entry.__mapper__.self_and_descendants}
    return [attribute.key for attribute in model.__mapper__.column_attrs for column in attribute.columns[:1]
            if not column.primary_key and any(key.column.table in tables for key in column.foreign_keys)]
