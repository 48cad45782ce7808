"""The index on PostgreSQL: a `tsvector` of our own tokens under a GIN index, and the tree compiled to `tsquery`."""

import math
from collections.abc import Iterable, Sequence

from sqlalchemy import (
    BigInteger,
    Connection,
    Select,
    String,
    Subquery,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    table,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR, insert
from sqlalchemy.orm import Session

from app.entries.models import Entry
from app.search.language import All, Node, Phrase, leaves
from app.search.models import SearchDocument
from app.search.query import COUNTED, HITS, SCORED, TITLE_WEIGHT, Candidate, Frequency, Match, Tokens, at_most

__all__ = ["TABLES", "create_tables", "drop_tables", "frequencies", "insert", "matches", "ranked", "write"]

TABLES = ("search_index",)
LAST_POSITION = 16383
MAX_BYTES = 900_000
"""A `tsvector` holds at most a mebibyte; of a longer document the beginning is searched."""
K1, B = 1.2, 0.75
"""The same constants as in FTS5."""

WEIGHTS = f"'{{{1 / TITLE_WEIGHT:.3f}, 0, 0, 1}}'::float4[]"
"""Of a token in the text and in the title, for `ts_rank`."""
SMALL = 500
"""With fewer documents than that no token is called common."""
SIZE = """
    SELECT CASE WHEN reltuples > 0 THEN reltuples::bigint ELSE (SELECT count(*) FROM search_index) END,
           (SELECT coalesce(avg(length), 1)
            FROM (SELECT length FROM search_documents ORDER BY id DESC LIMIT 1000) AS recent)
    FROM pg_class WHERE oid = 'search_index'::regclass
"""
STATISTICS = """
    SELECT token, share
    FROM pg_stats, unnest(most_common_elems::text::text[],
                          most_common_elem_freqs[1:cardinality(most_common_elems::text::text[])]) AS known(token, share)
    WHERE schemaname = current_schema AND tablename = 'search_index' AND attname = 'tokens' AND token = ANY(:tokens)
"""

_index = table("search_index", column("document_id", BigInteger), column("entry_id", BigInteger),
               column("tokens", TSVECTOR))


def create_tables(connection: Connection) -> None:
    """Make the index beside the models' tables."""
    for statement in (
        "CREATE TABLE search_index (document_id bigint PRIMARY KEY REFERENCES search_documents ON DELETE CASCADE, "
        "entry_id bigint NOT NULL, tokens tsvector NOT NULL)",
        # A small list of pending entries keeps writes cheap without every search having to read a long one.
        "CREATE INDEX ix_search_index_tokens ON search_index USING gin (tokens) WITH (gin_pending_list_limit = 512)",
        # `frequencies` reads the most common tokens from the statistics: a few thousand of them.
        "ALTER TABLE search_index ALTER COLUMN tokens SET STATISTICS 300",
    ):
        connection.execute(text(statement))


def drop_tables(connection: Connection) -> None:
    """Remove what `create_tables` made; nothing happens when it is not there."""
    connection.execute(text("DROP TABLE IF EXISTS search_index"))


def write(session: Session, documents: Sequence[Tokens]) -> None:
    """Store the tokens of new documents. Those of deleted ones go by their foreign key."""
    rows = [{"document_id": one.id, "entry_id": one.entry_id, "tokens": _vector(one)} for one in documents]
    session.execute(_index.insert(), rows)


def _vector(document: Tokens) -> str:
    """The title at weight A, then the text at weight D, as PostgreSQL writes a `tsvector`."""
    places: dict[str, list[str]] = {}
    size = 0
    for position, token in enumerate([*document.title, *document.body], start=1):
        weight = "A" if position <= len(document.title) else ""
        size += 2 if token in places else 8 + len(token.encode())
        if size > MAX_BYTES:
            break
        places.setdefault(token, []).append(f"{min(position, LAST_POSITION)}{weight}")
    return " ".join(f"'{token}':{','.join(positions)}" for token, positions in places.items())


def expression(node: Node) -> str:
    """A tree as a `tsquery`. Every token is quoted, so nothing in it is syntax."""
    if isinstance(node, Phrase):
        quoted = [f"'{token}'" for token in node.tokens]
        if node.prefix:
            quoted[-1] += ":*"
        return f"({' <-> '.join(quoted)})"
    joined = (" & " if isinstance(node, All) else " | ").join(expression(child) for child in node.nodes)
    return f"({joined})"


def _holds(match: Match):
    query = expression(match.wanted) + "".join(f" & !{expression(node)}" for node in match.unwanted)
    return _index.c.tokens.op("@@")(cast(literal(query, String), TSQUERY))


def matches(match: Match, conditions: Iterable, bound: int | None = HITS) -> Select:
    """The matching documents whose `Entry` passes the conditions: id, entry_id, kind, space_id.

    Of more than `bound` matches the newest are looked at.
    """
    hits = select(_index.c.document_id.label("id"), _index.c.entry_id).where(_holds(match))
    hits = hits.order_by(_index.c.document_id.desc()).limit(bound)
    # The planner cannot guess who may see what: left to itself it reads all entries, or all documents, for a few hits.
    hits = hits.cte().prefix_with("MATERIALIZED")
    entry = select(Entry.kind, Entry.space_id).where(Entry.id == hits.c.entry_id, *conditions)
    entry = entry.offset(0).lateral()
    return select(hits.c.id, hits.c.entry_id, entry.c.kind, entry.c.space_id).join_from(hits, entry, true())


def ranked(
    session: Session, match: Match, conditions: Iterable, limit: int, held: dict[str, Frequency]
) -> list[Candidate]:
    """The best documents, best first: the database chooses by `ts_rank`, which knows no rarity, then BM25 decides."""
    conditions, phrases = list(conditions), leaves(match.wanted)
    # A plan made once for all words serves neither the rare nor the common ones: 70 ms instead of 1.5.
    session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    scores = _Scores(session, phrases, held)
    scores.add(session.execute(_occurrences(_best(match, phrases, conditions, limit, HITS), phrases)))
    if len(scores.sums) < limit and at_most(match.wanted, held) > HITS:
        # The newest hits were mostly out of this person's sight.
        scores.add(session.execute(_occurrences(_best(match, phrases, conditions, limit, None), phrases)))
    return scores.ordered()


def _best(match: Match, phrases: list[Phrase], conditions: list, limit: int, bound: int | None) -> Subquery:
    """The visible documents with the highest `ts_rank`."""
    quoted = {expression(Phrase((token,), "")) for leaf in phrases for token in leaf.tokens}
    quoted |= {expression(Phrase(leaf.tokens[-1:], "", prefix=True)) for leaf in phrases if leaf.prefix}
    any_of_them = cast(literal(" | ".join(sorted(quoted)), String), TSQUERY)
    found = matches(match, conditions, bound)
    found = found.order_by(text("1 DESC")).limit(SCORED).cte().prefix_with("MATERIALIZED")
    rank = func.ts_rank(text(WEIGHTS), _index.c.tokens, any_of_them, 1)
    best = select(found.c.id, found.c.entry_id).join_from(found, _index, _index.c.document_id == found.c.id)
    return best.order_by(rank.desc(), found.c.id.desc()).limit(limit).subquery()


def _occurrences(best: Subquery, phrases: list[Phrase]) -> Select:
    """How often each of the tokens is in each of the chosen documents: a row per document and token."""
    token = func.unnest(_index.c.tokens).table_valued("lexeme", "positions", "weights").lateral()
    asked = [token.c.lexeme.in_({token for leaf in phrases for token in leaf.tokens})]
    asked += [token.c.lexeme.startswith(leaf.tokens[-1], autoescape=True) for leaf in phrases if leaf.prefix]
    in_all = func.cardinality(token.c.positions)
    in_title = func.cardinality(func.array_positions(token.c.weights, "A"))
    return (
        select(best.c.id, best.c.entry_id, SearchDocument.length, token.c.lexeme, in_all.label("times"),
               in_title.label("in_title"))
        .join_from(best, SearchDocument, SearchDocument.id == best.c.id)
        .join(_index, _index.c.document_id == best.c.id)
        .join(token, or_(*asked))
    )


class _Scores:
    """BM25 sums of documents, built up a token at a time."""

    def __init__(self, session: Session, phrases: list[Phrase], held: dict[str, Frequency]) -> None:
        self.total, self.mean_length = _size(session)
        self.held = held
        self.entries: dict[int, int] = {}
        self.sums: dict[int, float] = {}

    def add(self, rows: Iterable) -> None:
        """Score documents anew from their tokens."""
        self.sums = {}
        for row in rows:
            self._add(row)

    def _add(self, row) -> None:
        documents = self.held[row.lexeme].documents if row.lexeme in self.held else 1
        rarity = max(math.log((self.total - documents + 0.5) / (documents + 0.5)), 1e-6)
        times = row.times + (TITLE_WEIGHT - 1) * row.in_title
        part = times * (K1 + 1) / (times + K1 * (1 - B + B * row.length / self.mean_length))
        self.entries[row.id] = row.entry_id
        self.sums[row.id] = self.sums.get(row.id, 0) + rarity * part

    def ordered(self) -> list[Candidate]:
        """All documents, the best first, the newer of equals first."""
        found = [Candidate(id, self.entries[id], score) for id, score in self.sums.items()]
        return sorted(found, key=lambda one: (-one.score, -one.id))


def _size(session: Session) -> tuple[int, float]:
    """How many documents there are, as the last analysis saw it (counted when there was none), and the tokens of a
    recent one on average."""
    total, mean = session.execute(text(SIZE)).one()
    return total, float(mean)


def frequencies(session: Session, tokens: Sequence[str]) -> dict[str, Frequency]:
    """How many documents hold each token, and their share.

    Of common tokens the statistics know it; any other is rare, so counting it is cheap.
    """
    if not tokens:
        return {}
    total, _ = _size(session)
    known = dict(session.execute(text(STATISTICS), {"tokens": list(tokens)}).all())
    found = {token: Frequency(round(share * total), share) for token, share in known.items()}
    counts = []
    for token in set(tokens) - set(found):
        held = select(_index.c.document_id).where(_holds(Match(Phrase((token,), token)))).limit(COUNTED).subquery()
        counts.append(select(literal(token), select(func.count()).select_from(held).scalar_subquery()))
    if counts:
        found |= {token: Frequency(n, n / max(total, SMALL)) for token, n in session.execute(union_all(*counts))}
    return found
