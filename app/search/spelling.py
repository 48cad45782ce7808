"""Did you mean …? A correction that names only words the person could have read anyway."""

from types import ModuleType

from sqlalchemy import ColumnElement, literal, select, union_all
from whoosh.support.levenshtein import distance

from app.extensions import db
from app.search.analysis import is_cjk, stem, words
from app.search.language import Phrase, Request, leaves
from app.search.models import SearchDocument, SearchWord
from app.search.query import Match

CORRECTED_WORDS = 4
NEAR_WORDS = 3000
CANDIDATES = 5


def suggestion(
    engine: ModuleType, request: Request, access: list[ColumnElement[bool]], text: str
) -> str | None:
    """The text with each word that no visible entry holds replaced by the nearest that one does; None without one.

    The list of words knows no access, so it only proposes: what is shown is read from a document the person may see.
    """
    typed = [leaf for leaf in leaves(request.wanted) if _can_be_corrected(leaf)][:CORRECTED_WORDS]
    held = _visible_texts(engine, access, {leaf.tokens[0] for leaf in typed})
    corrected = text
    for leaf in typed:
        if leaf.tokens[0] not in held and (better := _nearest(engine, access, leaf.typed.lower())):
            corrected = corrected.replace(leaf.typed, better, 1)
    return corrected if corrected != text else None


def _can_be_corrected(leaf: Phrase) -> bool:
    return len(leaf.tokens) == 1 and leaf.typed.isalpha() and 4 <= len(leaf.typed) <= 30 and not is_cjk(leaf.typed)


def _nearest(engine: ModuleType, access: list[ColumnElement[bool]], typed: str) -> str | None:
    """The visible word nearest to the typed one, at most two letters away (one for a short word)."""
    allowed = 1 if len(typed) < 6 else 2
    near = select(SearchWord.word).where(
        SearchWord.beginning == typed[:2], SearchWord.length.between(len(typed) - allowed, len(typed) + allowed)
    )
    known = ((distance(typed, word, allowed), word) for word in db.session.scalars(near.limit(NEAR_WORDS)))
    nearest = sorted((far, word) for far, word in known if far <= allowed and stem(word) != stem(typed))
    texts = _visible_texts(engine, access, {stem(word) for _, word in nearest[:CANDIDATES]})
    read = {word for text in texts.values() for word in words(text)}
    return next((word for _, word in nearest[:CANDIDATES] if word in read), None)


def _visible_texts(
    engine: ModuleType, access: list[ColumnElement[bool]], tokens: set[str]
) -> dict[str, str]:
    """For each token that a visible entry holds, the text of one that does."""
    queries = []
    for token in sorted(tokens - {""}):
        found = engine.matches(Match(Phrase((token,), token)), access).limit(1).subquery()
        queries.append(select(literal(token).label("token"), SearchDocument.title, SearchDocument.text)
                       .join(found, found.c.id == SearchDocument.id))
    if not queries:
        return {}
    return {token: f"{title} {text}" for token, title, text in db.session.execute(union_all(*queries))}
