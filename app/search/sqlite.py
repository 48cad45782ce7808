"""The index on SQLite: an FTS5 table of our own tokens, and the tree compiled to its MATCH language."""

from collections.abc import Iterable, Sequence

from sqlalchemy import (
    Connection,
    Float,
    Integer,
    Select,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from app.entries.models import Entry
from app.search.language import All, Node, Phrase
from app.search.models import PAGES
from app.search.query import SCORED, TITLE_WEIGHT, Candidate, Frequency, Match, Tokens, at_most

__all__ = ["TABLES", "create_tables", "drop_tables", "frequencies", "insert", "matches", "ranked", "write"]

TABLES = ("search_index", "search_index_data", "search_index_idx", "search_index_content", "search_index_docsize",
          "search_index_config")
SAMPLE = 500
"""Newest documents among which the share of a token is counted."""
SCORABLE = 20_000
"""Tokens are counted up to so many documents, and what at least so many hold is not scored."""

_index = table("search_index", column("rowid", Integer), column("title"), column("body"))
_score = literal_column(f"bm25(search_index, {TITLE_WEIGHT}, 1.0)", Float)


def create_tables(connection: Connection) -> None:
    """Make the index beside the models' tables."""
    # `ascii` splits at ASCII characters only and folds nothing beyond them: our tokens come out as they went in.
    connection.execute(
        text("""CREATE VIRTUAL TABLE search_index USING fts5(title, body, tokenize = "ascii tokenchars '.'")""")
    )
    connection.execute(
        text("CREATE TRIGGER search_documents_deleted AFTER DELETE ON search_documents "
             "BEGIN DELETE FROM search_index WHERE rowid = old.id; END")
    )


def drop_tables(connection: Connection) -> None:
    """Remove what `create_tables` made; nothing happens when it is not there."""
    connection.execute(text("DROP TRIGGER IF EXISTS search_documents_deleted"))
    connection.execute(text("DROP TABLE IF EXISTS search_index"))


def write(session: Session, documents: Sequence[Tokens]) -> None:
    """Store the tokens of new documents. Those of deleted ones go by a trigger."""
    rows = [{"rowid": one.id, "title": " ".join(one.title), "body": " ".join(one.body)} for one in documents]
    session.execute(_index.insert(), rows)


def expression(node: Node) -> str:
    """A tree as an FTS5 query. Every token is quoted, so nothing in it is syntax."""
    if isinstance(node, Phrase):
        return '"' + " ".join(node.tokens) + '"' + (" *" if node.prefix else "")
    joined = (" AND " if isinstance(node, All) else " OR ").join(expression(child) for child in node.nodes)
    return f"({joined})"


def _holds(match: Match):
    query = expression(match.wanted)
    if match.unwanted:
        query += f" NOT ({' OR '.join(map(expression, match.unwanted))})"
    return literal_column("search_index").op("MATCH")(query)


def matches(match: Match, conditions: Iterable) -> Select:
    """The matching documents whose `Entry` passes the conditions: id, entry_id, kind, space_id."""
    found = select(_index.c.rowid.label("id"), Entry.id.label("entry_id"), Entry.kind, Entry.space_id)
    joined = found.join_from(_index, Entry, Entry.id == _index.c.rowid // PAGES)
    return joined.where(_holds(match), *conditions)


def ranked(
    session: Session, match: Match, conditions: Iterable, limit: int, held: dict[str, Frequency]
) -> list[Candidate]:
    """The best documents by BM25, best first.

    Before it scores the first one, FTS5 reads every document that holds a token (1.7 s for a word that 600,000 hold).
    What so many hold tells little by its score, so then the newest come first.
    """
    if at_most(match.wanted, held) >= SCORABLE:
        newest = matches(match, conditions).order_by(_index.c.rowid.desc()).limit(limit)
        return [Candidate(row.id, row.entry_id, 0.0) for row in session.execute(newest)]
    scored = matches(match, conditions).add_columns(_score.label("score"))
    scored = scored.order_by(_index.c.rowid.desc()).limit(SCORED).subquery()
    best = select(scored).order_by(scored.c.score, scored.c.id.desc()).limit(limit)
    return [Candidate(row.id, row.entry_id, -row.score) for row in session.execute(best)]


def frequencies(session: Session, tokens: Sequence[str]) -> dict[str, Frequency]:
    """How many documents hold each token, and their share among the newest."""
    if not tokens:
        return {}
    sample = select(_index.c.rowid).order_by(_index.c.rowid.desc()).limit(SAMPLE).subquery()
    oldest = func.coalesce(func.min(sample.c.rowid), 0)
    floor, size = session.execute(select(oldest, func.count()).select_from(sample)).one()
    counts = []
    for token in tokens:
        holds = _holds(Match(Phrase((token,), token)))
        held = select(_index.c.rowid).where(holds).limit(SCORABLE).subquery()
        recent = select(func.count()).select_from(_index).where(holds, _index.c.rowid >= floor)
        count = select(func.count()).select_from(held)
        counts.append(select(literal(token), count.scalar_subquery(), recent.scalar_subquery()))
    rows = session.execute(union_all(*counts))
    # With fewer documents than the sample no token is called common.
    return {token: Frequency(count, recent / max(size, SAMPLE)) for token, count, recent in rows}
