"""Keeping the index: each entry's words are written in the transaction that writes the entry."""

from collections.abc import Iterator, Mapping

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.entries.markdown import plain
from app.entries.models import Entry
from app.search.analysis import tokens, words
from app.search.engine import engine_of
from app.search.language import clean
from app.search.models import PAGES, SearchDocument, SearchWord
from app.search.query import Tokens

PAGE_CHARACTERS = 300_000
"""Of a longer page the beginning is searched."""
ENTRY_WORDS = 5000
"""So many words of one entry are offered as corrections."""
BATCH = 200


def write(session: Session, entry_id: int, pages: Mapping[int, tuple[str, str]]) -> None:
    """Replace all that is found of an entry. `pages` maps 0, the entry, and 1…n to (title, text), both plain."""
    remove(session, entry_id)
    documents, rows = [], []
    for page, (title, text) in sorted(pages.items()):
        title, text = clean(title), clean(text[:PAGE_CHARACTERS])
        one = Tokens(entry_id * PAGES + page, entry_id, tokens(title), tokens(text))
        if page < PAGES and (one.title or one.body):
            documents.append(one)
            length = len(one.title) + len(one.body)
            rows.append({"id": one.id, "entry_id": entry_id, "page": page, "length": length, "title": title,
                         "text": text})
    if not documents:
        return
    engine = engine_of(session)
    session.execute(insert(SearchDocument), rows)
    engine.write(session, documents)
    known = sorted(words(" ".join(f"{row['title']} {row['text']}" for row in rows)))[:ENTRY_WORDS]
    if known:
        new = engine.insert(SearchWord).on_conflict_do_nothing()
        session.execute(new, [{"word": word, "beginning": word[:2], "length": len(word)} for word in known])


def remove(session: Session, entry_id: int) -> None:
    """Forget an entry and its pages; the engine's rows go with the documents."""
    session.execute(
        delete(SearchDocument).where(SearchDocument.entry_id == entry_id),
        execution_options={"synchronize_session": False},
    )


def write_entry(session: Session, entry: Entry) -> None:
    """Index an entry as it is now: its text and the pages of its file's newest version. A deleted one is forgotten."""
    session.flush()
    if entry.is_deleted:
        remove(session, entry.id)
        return
    texts = "\n".join(plain(text) for text in entry.searchable if text)
    pages = {0: (entry.title, texts)} | entry.searchable_pages()
    write(session, entry.id, pages)


def rebuild(session: Session) -> Iterator[int]:
    """Index every entry anew, after a change of the analysis; yields how many are done, for the caller to commit."""
    ids = session.scalars(select(Entry.id).order_by(Entry.id)).all()
    for start in range(0, len(ids), BATCH):
        for entry in session.scalars(select(Entry).where(Entry.id.in_(ids[start : start + BATCH]))):
            write_entry(session, entry)
        session.flush()
        session.expunge_all()
        yield min(start + BATCH, len(ids))
