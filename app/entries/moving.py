"""Moving a comment, with what answers it, into a discussion of its own; a pointer stays where it stood."""

from sqlalchemy import select

from app.activity.recording import record
from app.db import insert_missing
from app.entries import kinds
from app.entries.actions import count_comments, publish
from app.entries.models import Comment, Entry, Post, Share
from app.entries.personal_models import Watch
from app.extensions import db
from app.people.models import Person


class CannotMove(ValueError):
    """Questions, their answers and key points belong to their review; a pointer has nowhere to go."""


def move_out(comment: Comment, subject: str, *, actor: Person) -> Post:
    """Open a discussion with this subject in the same space and take the comment and its answers there.

    They keep their ids, so that links, reactions and bookmarks go along; what they said of a page, the pointer says.
    Who wrote in them hears of answers there. Raises CannotMove.
    """
    # Whoever answers or moves at the same moment waits, and then sees what became of the thread.
    root = db.session.get(Entry, comment.thread_id, with_for_update={"of": Entry.__table__})
    db.session.refresh(comment, ["thread_id"])
    if comment.thread_id != root.id:
        raise CannotMove
    moving = sub_thread(comment)
    if any(each.question or each.key_point or each.moved_to_id for each in moving):
        raise CannotMove
    discussion = publish(Post(space=root.space, title=subject.strip(), quoted=root), actor=actor,
                         kind=kinds.DiscussionOpened)
    # Whoever read the comments where the thread is shared goes on reading them.
    insert_missing(db.session, Share, [{"entry_id": discussion.id, "space_id": each.space_id, "by_id": actor.id}
                                       for each in root.shares])
    pointer = Comment(
        space=root.space, author=actor, thread_id=root.id, parent_id=comment.parent_id, moved_to_id=discussion.id,
        version_id=comment.version_id, page=comment.page, x=comment.x, y=comment.y, w=comment.w, h=comment.h,
        at=comment.at, happened_at=comment.happened_at,
    )
    db.session.add(pointer)
    comment.parent_id = None
    for each in moving:
        each.thread_id = discussion.id
        each.version_id = each.page = each.x = each.y = each.w = each.h = each.at = None
    db.session.flush()
    living = sum(1 for each in moving if not each.is_deleted)
    count_comments(root.id, -living)
    count_comments(discussion.id, living)
    insert_missing(db.session, Watch, [{"entry_id": discussion.id, "person_id": key}
                                       for key in sorted({each.author_id for each in moving})])
    record(kinds.CommentsMoved, actor=actor, entry=pointer, number=living, subject=discussion.title)
    return discussion


def sub_thread(comment: Comment) -> list[Comment]:
    """The comment and all that answers it, at any depth, oldest first."""
    below = select(Comment.id).where(Comment.id == comment.id).cte(recursive=True)
    below = below.union_all(select(Comment.id).where(Comment.parent_id == below.c.id))
    return list(db.session.scalars(select(Comment).where(Comment.id.in_(select(below.c.id))).order_by(Comment.id)))
