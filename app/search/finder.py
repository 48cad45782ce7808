"""Finding: what somebody typed, within what they may see, best first."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from types import ModuleType

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import aliased, load_only

from app.access import entry_clause, space_clause, visible
from app.entries.models import Entry, Share
from app.extensions import db
from app.people.models import Person
from app.search import filters
from app.search.engine import engine_of
from app.search.language import Phrase, Request, leaves, read
from app.search.models import PAGES, SearchDocument
from app.search.query import Candidate, Match
from app.search.ranking import Ranking, rank
from app.search.snippets import snippet
from app.search.spelling import suggestion
from app.spaces.models import Space

COUNTED_ENTRIES = 1000
"""Facets and the total count so many entries; beyond, `total_is_more`."""
COUNTED_DOCUMENTS = 2000
"""They look at so many of the newest documents: a word that hundreds of thousands hold would cost half a second."""
FACET_SPACES = 20


@dataclass(frozen=True)
class Hit:
    """An entry that was found, opened at the page that fits best, if it is one."""

    entry_id: int
    kind: str
    title: str
    snippet: Markup
    page: int | None
    url: str
    space_id: int
    created_at: datetime
    author_id: int
    more_pages: int = 0
    """How many other pages of the same entry were found as well."""


@dataclass
class Found:
    """One page of hits. `next` is the cursor of the following one; facets and total speak of all pages.

    Each facet ignores its own filter, so that it offers what else could be chosen.
    """

    items: list[Hit] = field(default_factory=list)
    facets: dict[str, dict] = field(default_factory=lambda: {"kind": {}, "space": {}})
    total: int = 0
    total_is_more: bool = False
    did_you_mean: str | None = None
    next: str | None = None


def find(
    person: Person,
    text: str,
    *,
    kind: str | None = None,
    space_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Found:
    """What `person` may see of what `text` asks for. `since` is included, `until` is not; both aware.

    An empty text finds nothing, whatever the filters. A cursor that is none begins at the start.
    """
    request = read(text)
    if request.is_empty:
        return Found()
    engine = engine_of(db.session)
    sight = _Sight(person, request, since, until)
    chosen = sight.conditions + _own(person, kind, space_id)
    after = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else None
    ranking = rank(engine, request, chosen, limit) if request.wanted else _listed(engine, request, chosen, after, limit)
    found = Found()
    if ranking.candidates:
        page, found.next = _page(ranking, after, limit)
        found.items = _hits(page, ranking, leaves(request.wanted))
    _count(found, _all(engine, request, ranking, sight.conditions), person, kind, space_id)
    found.total_is_more |= ranking.is_bounded
    if not found.total and request.wanted:
        found.did_you_mean = suggestion(engine, request, sight.access, text)
    return found


class _Sight:
    """What of the entries comes into question: access, deletion, typed filters and dates."""

    def __init__(self, person: Person, request: Request, since: datetime | None, until: datetime | None) -> None:
        self.access = [entry_clause(person), Entry.deleted_at.is_(None)]
        self.conditions = self.access + filters.conditions(request.filters, space_clause(person))
        if since:
            self.conditions.append(filters.since(since))
        if until:
            self.conditions.append(filters.until(until))


def _own(person: Person, kind: str | None, space_id: int | None) -> list[ColumnElement[bool]]:
    """The filters chosen beside the text. A space means what it means in the text: home, or shared into it."""
    chosen = [Entry.kind == kind] if kind else []
    return chosen + ([filters.lives_in(space_clause(person), Space.id == space_id)] if space_id else [])


def _without(engine: ModuleType, request: Request, conditions: list) -> list[ColumnElement[bool]]:
    """The conditions of a request that has filters only, with its exclusions."""
    for node in request.unwanted:
        excluded = engine.matches(Match(node), []).subquery()
        conditions = [*conditions, Entry.id.not_in(select(excluded.c.entry_id))]
    return conditions


def _listed(engine: ModuleType, request: Request, conditions: list, after: int | None, limit: int) -> Ranking:
    """Filters alone: the newest first."""
    query = select(Entry.id).where(*_without(engine, request, conditions))
    if after is not None:
        query = query.where(Entry.id < after)
    ids = db.session.scalars(query.order_by(Entry.id.desc()).limit(limit + 1))
    return Ranking([Candidate(id * PAGES, id, 0) for id in ids])


def _all(engine: ModuleType, request: Request, ranking: Ranking, conditions: list) -> Select:
    """All entries found, as far as they are counted: entry_id, kind, space_id, documents."""
    if ranking.match:
        found = engine.matches(ranking.match, conditions)
        found = found.order_by(found.selected_columns.id.desc()).limit(COUNTED_DOCUMENTS).subquery()
        columns = (found.c.entry_id, found.c.kind, found.c.space_id)
        return select(*columns, func.count().label("documents")).group_by(*columns)
    return select(Entry.id.label("entry_id"), Entry.kind, Entry.space_id, literal(1).label("documents")).where(
        *_without(engine, request, conditions)
    )


def _page(ranking: Ranking, after: int | None, limit: int) -> tuple[list[Candidate], str | None]:
    """The best document of each entry after the entry of the cursor, and the cursor of the next page."""
    best: dict[int, Candidate] = {}
    for candidate in ranking.candidates:
        best.setdefault(candidate.entry_id, candidate)
    ids = list(best)
    start = ids.index(after) + 1 if after in best else 0
    page = ids[start : start + limit]
    is_last = start + limit >= len(ids)
    return [best[id] for id in page], None if is_last else str(page[-1])


def _hits(page: list[Candidate], ranking: Ranking, phrases: list[Phrase]) -> list[Hit]:
    """The candidates with what is shown of them, in two statements."""
    root = aliased(Entry, flat=True)
    columns = load_only(Entry.kind, Entry.title, Entry.body, Entry.space_id, Entry.author_id, Entry.thread_id,
                        Entry.created_at, raiseload=False)
    rows = db.session.execute(
        select(Entry, func.coalesce(root.title, ""), SearchDocument)
        .join(SearchDocument, SearchDocument.entry_id == Entry.id)
        .outerjoin(root, root.id == Entry.thread_id)
        .where(SearchDocument.id.in_([candidate.id for candidate in page]))
        .options(columns)
    )
    by_entry = {entry.id: (entry, root_title, document) for entry, root_title, document in rows}
    pages = Counter(candidate.entry_id for candidate in ranking.candidates)
    return [_hit(*by_entry[one.entry_id], pages[one.entry_id] - 1, phrases) for one in page if one.entry_id in by_entry]


def _hit(entry: Entry, root_title: str, document: SearchDocument, more_pages: int, phrases: list[Phrase]) -> Hit:
    number = document.page or None
    return Hit(
        entry_id=entry.id,
        kind=entry.kind,
        title=entry.title or root_title or entry.headline,
        snippet=snippet(_shown(document), phrases),
        page=number,
        url=f"{entry.url}?slide={number}" if number else entry.url,
        space_id=entry.space_id,
        created_at=entry.created_at,
        author_id=entry.author_id,
        more_pages=more_pages,
    )


def _shown(document: SearchDocument) -> str:
    """The text a snippet is cut from: a page's begins with its own title, an entry's title stands above it anyway."""
    if document.page and not document.text.startswith(document.title):
        return f"{document.title}\n{document.text}"
    return document.text or document.title


def _count(found: Found, everything: Select, person: Person, kind: str | None, space_id: int | None) -> None:
    """Fill in total and facets from at most `COUNTED_ENTRIES` entries, and name no hidden space.

    An entry counts in each space it lives in, and once in all else.
    """
    kind_of, places, documents = _places(everything)
    found.total_is_more = len(kind_of) >= COUNTED_ENTRIES or documents >= COUNTED_DOCUMENTS
    spaces = Counter(space for entry, its in places.items() if kind in (None, kind_of[entry]) for space in its)
    known = visible(person, Space).with_only_columns(Space.id)
    most = [id for id, _ in spaces.most_common(FACET_SPACES)]
    known = set(db.session.scalars(known.where(Space.id.in_({*most, space_id} - {None}))))
    chosen = {space_id} & known
    here = [entry for entry, its in places.items() if space_id is None or chosen & its]
    kinds = Counter(kind_of[entry] for entry in here)
    found.total = sum(count for each, count in kinds.items() if kind in (None, each))
    found.facets = {"kind": dict(kinds.most_common()), "space": {id: spaces[id] for id in most if id in known}}


def _places(everything: Select) -> tuple[dict[int, str], dict[int, set[int]], int]:
    """The kind of each of the newest entries, the spaces it lives in (its home and those it is shared into), and how
    many documents were looked at."""
    counted = everything.order_by(everything.selected_columns.entry_id.desc()).limit(COUNTED_ENTRIES).cte()
    homes = select(counted.c.entry_id, counted.c.kind, counted.c.space_id, counted.c.documents)
    shared = (
        select(counted.c.entry_id, counted.c.kind, Share.space_id, literal(0))
        .join(Entry, Entry.id == counted.c.entry_id)
        .join(Share, Share.entry_id == func.coalesce(Entry.thread_id, Entry.id))
    )
    kind_of: dict[int, str] = {}
    places: dict[int, set[int]] = {}
    documents = 0
    for entry_id, kind, space_id, held in db.session.execute(union_all(homes, shared)):
        kind_of[entry_id] = kind
        documents += held
        places.setdefault(entry_id, set()).add(space_id)
    return kind_of, places, documents
