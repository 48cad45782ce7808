"""Making key points of a review: written as one, or made of a comment later. Actions take their actor, never commit."""

from app.activity.recording import record
from app.entries.actions import TooLong, after_removal, comment
from app.entries.anchors import spoken_of
from app.entries.models import Comment, Entry
from app.extensions import db
from app.people.models import Person
from app.reviews import kinds
from app.reviews.key_point_models import LONGEST, KeyPoint
from app.reviews.models import Review


class NoKeyPoint(ValueError):
    """Only a comment of a review's thread that asks nothing can be a key point."""


def make_point(
    review: Review, body: str, *, actor: Person, page: int | None = None, version_id: int | None = None,
    region: dict | None = None,
) -> KeyPoint:
    """Say what the review, or a slide (from 1) of the version the speaker looks at, comes to.

    Raises TooLong, and CannotAnswer for no such slide.
    """
    _check(body.strip())
    about = spoken_of(review, page=page, version_id=version_id, region=region)
    said = comment(review, body, actor=actor, kind=kinds.KeyPointMade, **about)
    said.key_point = KeyPoint()
    db.session.flush()
    return said.key_point


def mark(said: Comment, *, actor: Person) -> bool:
    """Make a key point of a comment; False if it was one. Raises TooLong, NoKeyPoint."""
    if said.key_point:
        return False
    if said.question or not isinstance(db.session.get(Entry, said.thread_id), Review):
        raise NoKeyPoint
    _check(said.body)
    said.key_point = KeyPoint()
    record(kinds.KeyPointMarked, actor=actor, entry=said)
    return True


def unmark(said: Comment, *, actor: Person) -> bool:
    """It is a comment like others again; False if it was."""
    if not said.key_point:
        return False
    said.key_point = None
    record(kinds.KeyPointWithdrawn, actor=actor, entry=said)
    return True


def _check(body: str) -> None:
    if len(body) > LONGEST:
        raise TooLong(LONGEST)


@after_removal
def forget(entry: Entry) -> None:
    """A comment that was withdrawn makes no point."""
    if isinstance(entry, Comment):
        entry.key_point = None


def points_of(review: Review, comments: list[Comment]) -> list[Comment]:
    """The key points in a thread: those of the review's author first, each in the order of the slides."""
    points = [each for each in comments if each.key_point and not each.is_deleted]
    return sorted(points, key=lambda each: (each.author_id != review.author_id, each.page or 0, each.id))
