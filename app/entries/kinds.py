"""The events every kind of entry knows: written, answered, edited, deleted, shared, reacted to."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access import who_may_know
from app.activity.kinds import NEW_ENTRY, Kind
from app.entries.anchors import clock
from app.entries.models import Comment, Entry
from app.entries.personal_models import Watch
from app.entries.reference_models import Mention
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership


def _mentioned(activity):
    people = db.session.scalars(select(Mention.person_id).where(Mention.entry_id == activity.entry_id))
    return [(person_id, "mention") for person_id in people]


def watchers(entry_id: int, reason: str) -> list[tuple[int, str]]:
    """Who wants to hear of what happens in the thread of a root entry, for that reason."""
    watching = db.session.scalars(select(Watch.person_id).where(Watch.entry_id == entry_id))
    return [(person_id, reason) for person_id in watching]


class Posted(Kind):
    """A root entry of any kind was written."""

    name = "entry.posted"
    counts_as = NEW_ENTRY
    icon = "pencil"
    sentence = _l("%(actor)s posted “%(title)s” in %(space)s")

    @classmethod
    def recipients(cls, activity):
        return _mentioned(activity)


class Quoted(Posted):
    """Somebody wrote about an entry and quotes it: its author should know, besides those named."""

    name = "entry.quoted"
    icon = "quote"
    sentence = _l("%(actor)s quoted something in %(space)s: %(title)s")

    @classmethod
    def recipients(cls, activity):
        quoted = activity.entry.quoted
        return [*super().recipients(activity), *([(quoted.author_id, "author")] if quoted else [])]


class Commented(Kind):
    """Somebody answered in a thread: those named, whom it answers, and who watches the thread should know."""

    name = "entry.commented"
    counts_as = NEW_ENTRY
    icon = "message-circle"
    sentence = _l("%(actor)s wrote in “%(thread)s”%(where)s: %(title)s")

    @classmethod
    def details(cls, activity):
        """With the page or the moment it spoke of when it was written."""
        page, at = (activity.data.get(name) for name in ("page", "at"))
        where = _(", slide %(number)s", number=page) if page else ""
        return activity.data | {"where": where if at is None else _(", at %(moment)s", moment=clock(at))}

    @classmethod
    def recipients(cls, activity):
        comment: Comment = activity.entry
        answered = db.session.get(Entry, comment.parent_id).author_id if comment.parent_id else None
        return [
            *_mentioned(activity),
            *([(answered, "reply")] if answered else []),
            *watchers(comment.root_id, "thread"),
        ]


class DiscussionOpened(Posted):
    """A discussion was made of comments that stood elsewhere; who wrote them hears of the move, not of this."""

    name = "discussion.opened"
    icon = "messages"
    sentence = _l("%(actor)s opened the discussion “%(title)s” in %(space)s")


class MarkedImportant(Kind):
    """Everybody who belongs to the space is asked to have seen it."""

    name = "entry.marked_important"
    icon = "alert-triangle"
    sentence = _l("%(actor)s asks you to have seen “%(title)s” in %(space)s")

    @classmethod
    def recipients(cls, activity):
        members = select(Membership.person_id).join(Person, Person.id == Membership.person_id).where(
            Membership.space_id == activity.space_id, Person.deactivated_at.is_(None))
        author = activity.entry.author_id
        return [(key, "important") for key in db.session.scalars(members) if key != author]


class UnmarkedImportant(Kind):
    """Nobody is asked to have seen it any more."""

    name = "entry.unmarked_important"
    icon = "alert-triangle"
    sentence = _l("%(actor)s no longer asks that “%(title)s” is seen by all")


class Acknowledged(Kind):
    """Somebody says that they have seen it: only its count changes."""

    name = "entry.acknowledged"
    icon = "eye"
    sentence = _l("%(actor)s has seen “%(title)s”")


class CommentsMoved(Kind):
    """Comments went into a discussion of their own; who wrote them should know where they are."""

    name = "entry.comments_moved"
    icon = "arrow-right"
    sentence = _l("%(actor)s moved what you wrote to “%(subject)s”")

    @classmethod
    def recipients(cls, activity):
        inside = Comment.thread_id == activity.entry.moved_to_id
        return [(key, "moved") for key in db.session.scalars(select(Comment.author_id).where(inside).distinct())]

    @classmethod
    def url(cls, activity):
        """To where it is now."""
        return f"/e/{activity.entry.moved_to_id or activity.entry_id}"

    @classmethod
    def rooms(cls, activity):
        moved_to = activity.entry.moved_to_id
        return [*super().rooms(activity), *([f"entry-{moved_to}"] if moved_to else [])]


class Edited(Kind):
    """An entry reads differently now; who is newly named in it should know."""

    name = "entry.edited"
    icon = "pencil"
    sentence = _l("%(actor)s edited “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [(person_id, "mention") for person_id in activity.data.get("mentioned", [])]


class Deleted(Kind):
    """An entry was withdrawn."""

    name = "entry.deleted"
    icon = "trash"
    sentence = _l("%(actor)s deleted an entry in %(space)s")


class Shared(Kind):
    """An entry lives in one more space."""

    name = "entry.shared"
    icon = "share"
    sentence = _l("%(actor)s shared “%(title)s” into %(space)s")

    @classmethod
    def recipients(cls, activity):
        return [(key, "share") for key in who_may_know(activity.space, [activity.entry.author_id])]


class Unshared(Kind):
    """An entry no longer lives in a space it was shared into."""

    name = "entry.unshared"
    icon = "share"
    sentence = _l("%(actor)s took “%(title)s” back out of %(space)s")


class Reacted(Kind):
    """Somebody reacted. Nobody is notified: a reaction asks for nothing."""

    name = "entry.reacted"
    icon = "mood-smile"
    sentence = _l("%(actor)s reacted to “%(title)s”")


class ReactionWithdrawn(Kind):
    """Somebody took a reaction back."""

    name = "entry.reaction_withdrawn"
    icon = "mood-smile"
    sentence = _l("%(actor)s took back a reaction to “%(title)s”")


def _taking_part(entry: Entry) -> list[tuple[int, str]]:
    """Who wrote a discussion or in it; of a comment, who wrote it or answered it. Watching alone is not taking part."""
    inside = Comment.thread_id == entry.id if entry.thread_id is None else Comment.parent_id == entry.id
    answering = db.session.scalars(select(Comment.author_id).where(inside, Comment.deleted_at.is_(None)).distinct())
    return [(person_id, "resolved") for person_id in (entry.author_id, *sorted(answering))]


class Resolved(Kind):
    """What a discussion or a comment asked for is settled; who took part should know."""

    name = "entry.resolved"
    icon = "circle-check"
    sentence = _l("%(actor)s resolved “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return _taking_part(activity.entry)


class Reopened(Kind):
    """It was not settled after all; who took part should know."""

    name = "entry.reopened"
    icon = "rotate"
    sentence = _l("%(actor)s reopened “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return _taking_part(activity.entry)


class Pinned(Kind):
    """An entry stands at the top of its space."""

    name = "entry.pinned"
    icon = "pin"
    sentence = _l("%(actor)s pinned “%(title)s” in %(space)s")


class Unpinned(Kind):
    """It does no longer."""

    name = "entry.unpinned"
    icon = "pin"
    sentence = _l("%(actor)s unpinned “%(title)s” in %(space)s")
