"""Loading entries the way cards and threads show them: all a template needs, in a bounded number of statements."""

from collections.abc import Iterable
from functools import cache
from itertools import zip_longest

from flask_login import current_user
from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload, with_polymorphic
from sqlalchemy.orm.attributes import set_committed_value

from app.access import entry_clause
from app.entries.important import seen
from app.entries.models import Comment, Entry, Post, Reaction, Share
from app.entries.personal_models import Bookmark
from app.entries.quoting import times_quoted
from app.extensions import db
from app.people.models import Person

# What a card shows of another entry: relationship by relationship, with the column that names it.
RELATED = {"quoted": "quoted_id", "review": "review_id", "deck": "deck_id", "about": "about_id",
           "superseded_by": "superseded_by_id", "moved_to": "moved_to_id", "origin": "stale_origin_id",
           "asset": "asset_id"}
POINTS = 2
"""So many key points stand on the card of a review."""


@cache
def _whole():
    """Entries with the columns of every kind; made once, since mapping a dozen tables costs more than reading them."""
    return with_polymorphic(Entry, "*")


@cache
def _as_cards() -> Select:
    whole = _whole()
    # Not `Post`, which would be taken for a part of the whole.
    posts = Post.__table__.alias()
    is_quoted = exists().where(posts.c.quoted_id == whole.id, posts.c.is_quote).correlate(whole)
    return select(whole, is_quoted).where(whole.id.in_(bindparam("ids", expanding=True))).options(
        joinedload(whole.author), joinedload(whole.space), joinedload(whole.resolved_by),
        selectinload(whole.reactions).joinedload(Reaction.person),
        selectinload(whole.shares).joinedload(Share.space),
        joinedload(whole.Comment.question), joinedload(whole.Comment.answered_question),
        joinedload(whole.Comment.key_point), selectinload(whole.Decision.deciders), joinedload(whole.Post.poll),
        joinedload(whole.Task.owner), joinedload(whole.Task.milestone),
        joinedload(whole.Handoff.person), joinedload(whole.Handoff.queue), joinedload(whole.Handoff.taker),
        joinedload(whole.Comment.mail), joinedload(whole.Conversation.mail), selectinload(whole.Conversation.contacts),
        selectinload(whole.Conversation.promises), selectinload(whole.Sending.items),
    )


def cards(ids: Iterable[int], reader: Person | None = None) -> list[Entry]:
    """The entries with these ids in this order, ready to be shown to `reader` (default: who asks)."""
    ids, reader = list(ids), reader or current_user
    rows = db.session.execute(_as_cards(), {"ids": ids}).unique().all() if ids else []
    loaded = {entry.id: entry for entry, _is_quoted in rows}
    load_related(loaded.values(), reader)
    for key, known in seen(loaded.values(), reader).items():
        loaded[key].seen = known
    for key, times in times_quoted([entry for entry, is_quoted in rows if is_quoted], reader).items():
        loaded[key].quoted_times = times
    return [loaded[key] for key in ids if key in loaded]


def load_related(entries: Iterable[Entry], reader: Person) -> None:
    """What the entries quote, rest on or show, and what reviews come to; what `reader` may not see is not there.

    The ids are asked for first: PostgreSQL joins the tables of all kinds in full before it looks at a list of ids that
    is a query of its own.
    """
    # Some show further entries by rows of theirs, as what a customer was sent shows files.
    showing = [each for entry in entries for each in (entry, *getattr(entry, "parts", ()))]
    links = [
        (each, name, getattr(each, column)) for each in showing for name, column in RELATED.items()
        if hasattr(each, column)
    ]
    wanted_ids = {key for *_, key in links} - {None}
    reviews = [entry for entry in entries if entry.kind == "review"]
    if reviews:
        wanted_ids.update(db.session.scalars(_first_points([each.id for each in reviews])))
    found: dict[int, Entry] = {}
    if wanted_ids:
        whole = _whole()
        wanted = (whole.id.in_(wanted_ids), entry_clause(reader, whole), whole.deleted_at.is_(None))
        query = select(whole).where(*wanted).options(joinedload(whole.author), joinedload(whole.space))
        found = {entry.id: entry for entry in db.session.scalars(query)}
    for each, name, key in links:
        set_committed_value(each, name, found.get(key))
    for review in reviews:
        review.first_points = _in_turn(review, [each for each in found.values() if each.thread_id == review.id])


def _first_points(review_ids: list[int]) -> Select:
    """Ids of the first key points of each review: so many of its author, and so many of others."""
    root = aliased(Entry)
    sides = (Comment.thread_id, Comment.author_id == root.author_id)
    rank = func.row_number().over(partition_by=sides, order_by=Comment.id).label("rank")
    ranked = select(Comment.id, rank).join(root, root.id == Comment.thread_id).where(
        Comment.thread_id.in_(review_ids), Comment.key_point.has(), Comment.deleted_at.is_(None)
    ).subquery()
    return select(ranked.c.id).where(ranked.c.rank <= POINTS)


def _in_turn(review: Entry, points: list[Entry]) -> list[Entry]:
    """The first of its author, the first of others, and so on, as many as a card holds."""
    points = sorted(points, key=lambda each: each.id)
    sides = [[each for each in points if (each.author_id == review.author_id) is own] for own in (True, False)]
    return [each for pair in zip_longest(*sides) for each in pair if each is not None][:POINTS]


def runs(entries: Iterable[Entry], folds: Iterable = ()) -> list[list[Entry]]:
    """The entries in their order: those that follow each other and came with one import together, others alone; and
    between them the lines that stand for folded ones, the newest first like them.
    """
    grouped: list[list[Entry]] = []
    folds = list(folds)
    for entry in sorted([*entries, *folds], key=lambda each: -each.id) if folds else entries:
        together = getattr(entry, "import_id", None)
        if together and grouped and getattr(grouped[-1][-1], "import_id", None) == together:
            grouped[-1].append(entry)
        else:
            grouped.append([entry])
    return grouped


def bookmarked(entries: Iterable[Entry], reader: Person | None = None) -> set[int]:
    """Which of these the reader keeps for later."""
    reader = reader or current_user
    ids = [entry.id for entry in entries]
    kept = select(Bookmark.entry_id).where(Bookmark.person_id == reader.id, Bookmark.entry_id.in_(ids))
    return set(db.session.scalars(kept)) if ids else set()


def thread(root: Entry, *conditions, reader: Person | None = None) -> list[Comment]:
    """The comments of a thread, what was said first first; `conditions` narrow it, say to one slide."""
    query = select(Comment).where(Comment.thread_id == root.id, *conditions).order_by(
        Comment.happened_at, Comment.id)
    comments = list(db.session.scalars(query.options(
        joinedload(Comment.author), joinedload(Comment.space), joinedload(Comment.resolved_by),
        joinedload(Comment.question), joinedload(Comment.answered_question), joinedload(Comment.key_point),
        joinedload(Comment.mail),
        selectinload(Comment.reactions).joinedload(Reaction.person),
    )))
    load_related([each for each in comments if each.moved_to_id], reader or current_user)
    return comments
