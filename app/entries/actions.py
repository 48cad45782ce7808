"""What people do with entries of every kind. Each action takes its actor, records what happened and never commits."""

from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from app import jobs
from app.activity.kinds import Kind
from app.activity.recording import record
from app.db import insert_missing, now
from app.entries import kinds, references
from app.entries.emoji import is_emoji
from app.entries.models import Comment, Entry, Post, Reaction, Share
from app.entries.personal_models import Bookmark, Watch
from app.entries.revision_models import Revision
from app.extensions import db
from app.people.models import Person
from app.search import index
from app.spaces.models import Membership, Space

REMOVALS: list[Callable[[Entry], None]] = []


def after_removal(follow: Callable[[Entry], None]) -> Callable[[Entry], None]:
    """Register what a feature does when an entry was withdrawn, in the same transaction: the spine knows no feature."""
    REMOVALS.append(follow)
    return follow


class NotAnEmoji(ValueError):
    """A reaction is one emoji."""


class CannotAnswer(ValueError):
    """The comment to answer, or the page to speak of, is not part of this thread."""


class NotUsable(ValueError):
    """What it is about may not be put to further use; the message says why, for people."""


class TooLong(ValueError):
    """A text that has to be short, such as a key point, has more than `most` characters."""

    def __init__(self, most: int) -> None:
        super().__init__(_("This may have %(most)s characters at most.", most=most))


def publish(
    entry: Entry, *, actor: Person, kind: type[Kind] = kinds.Posted, quietly: bool = False
) -> Entry:
    """Put a new root entry of any kind into its space: render, link, index, record. Features build it and call this,
    with a `kind` of their own where it is more than an entry that was posted.

    `quietly` records nothing: the feature tells of many at once.
    """
    entry.author = actor
    db.session.add(entry)
    references.refresh(entry)
    watch(entry, actor)
    index.write_entry(db.session, entry)
    if not quietly:
        record(kind, actor=actor, entry=entry)
    return entry


def post(space: Space, body: str, *, actor: Person, quoted: Entry | None = None, title: str = "") -> Post:
    """Write a message into a space."""
    return publish(Post(space=space, title=title, body=body.strip(), quoted=quoted), actor=actor)


def comment(
    root: Entry, body: str, *, actor: Person, parent: Entry | None = None, version=None, page: int | None = None,
    region: dict | None = None, at: float | None = None, kind: type[Kind] = kinds.Commented,
) -> Comment:
    """Answer in the thread of `root`, perhaps to one comment, perhaps about a page of a version and a region of it
    (`x, y, w, h`), or about the moment `at` so many seconds.

    A feature for which a comment is more than that records it as a `kind` of its own, so that nobody hears of it twice.
    Raises CannotAnswer when `parent` is of another thread, `page` is not a page of `version`, or it has no moments.
    """
    if parent is not None and parent.root_id != root.id:
        raise CannotAnswer("parent")
    if page is not None and (version is None or not 1 <= page <= max(version.page_count, 1)):
        raise CannotAnswer("page")
    if at is not None and version is None:
        raise CannotAnswer("at")
    version_id = version.id if version else None
    if isinstance(parent, Comment) and page is None and at is None:
        # An answer stands where what it answers stands.
        version_id, page = (parent.version_id, parent.page) if parent.page else (None, None)
    answer = Comment(
        space=root.space, author=actor, thread_id=root.id, body=body.strip(),
        parent_id=parent.id if parent else None, version_id=version_id, page=page, at=at, **(region or {}),
    )
    say(answer, actor=actor, root=root)
    where = {name: value for name, value in {"page": page, "at": at}.items() if value is not None}
    record(kind, actor=actor, entry=answer, thread=root.headline, **where)
    return answer


def say(answer: Comment, *, actor: Person, root: Entry) -> Comment:
    """Put a comment that a feature built into the thread of `root`. Nothing is recorded: the feature knows as what."""
    db.session.add(answer)
    references.refresh(answer)
    watch(root, actor)
    count_comments(root.id, 1)
    index.write_entry(db.session, answer)
    return answer


def share_along(entry: Entry, *, actor: Person) -> None:
    """What the entry shows goes where it is shared, also what came to it later."""
    _share_companions(entry, [share.space for share in entry.shares], actor)


def count_comments(thread_id: int, change: int) -> None:
    """Keep the number of comments beside the thread; the database adds, so that two writers at once both count."""
    counted = {"comment_count": Entry.comment_count + change}
    db.session.execute(update(Entry).where(Entry.id == thread_id).values(counted))


def edit(entry: Entry, *, actor: Person, body: str | None = None, title: str | None = None, **fields) -> Entry:
    """Change what an entry says; how it read before is kept. An edit that changes nothing leaves no trace.

    `body` and `title` left out stay as they are; a field of the kind given as None is emptied. Raises TooLong.
    """
    if entry.most_characters and len(body or "") > entry.most_characters:
        raise TooLong(entry.most_characters)
    given = {name: value for name, value in {"body": body, "title": title}.items() if value is not None} | fields
    changes = {name: value for name, value in given.items() if getattr(entry, name) != value}
    if not changes:
        return entry
    db.session.add(Revision(entry_id=entry.id, title=entry.title, body=entry.body, edited_by_id=actor.id))
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.edited_at = now()
    db.session.flush()
    _share_companions(entry, [share.space for share in entry.shares], actor)
    mentioned = references.refresh(entry)
    index.write_entry(db.session, entry)
    record(kinds.Edited, actor=actor, entry=entry, mentioned=sorted(mentioned))
    return entry


def remove(entry: Entry, *, actor: Person) -> Entry:
    """Withdraw an entry: its words, its history and its place in search go; a gravestone stays for the thread.

    With the post that announced a share, the share itself is taken back.
    """
    entry.title = entry.body = entry.body_html = ""
    entry.deleted_at = now()
    db.session.execute(delete(Revision).where(Revision.entry_id == entry.id))
    references.refresh(entry)
    index.remove(db.session, entry.id)
    if entry.thread_id:
        count_comments(entry.thread_id, -1)
    if isinstance(entry, Post) and entry.quoted and not entry.is_quote:
        _withdraw(entry.quoted, entry.space, actor)
    for follow in REMOVALS:
        follow(entry)
    record(kinds.Deleted, actor=actor, entry=entry)
    return entry


def share(entry: Entry, space: Space, *, actor: Person, note: str = "") -> Share | None:
    """Let an entry live in one more space, announced there by a post that quotes it. None if it lives there already.

    Raises NotUsable where the rights to it, or to what goes along with it, have ended or have not begun.
    """
    if entry.space_id == space.id or any(each.space_id == space.id for each in entry.shares):
        return None
    for each in (entry, *entry.companions):
        expect_usable(each)
    shared = Share(entry=entry, space=space, by=actor)
    db.session.add(shared)
    _share_companions(entry, [space], actor)
    post(space, note, actor=actor, quoted=entry)
    record(kinds.Shared, actor=actor, entry=entry, space=space)
    return shared


def expect_usable(entry: Entry) -> None:
    """Raises NotUsable unless it may be put to further use now."""
    if entry.unusable:
        raise NotUsable(entry.unusable)


def unshare(shared: Share, *, actor: Person) -> None:
    """Take an entry back out of a space, with what went along and the posts that announced it there."""
    entry, space = shared.entry, shared.space
    announcing = select(Post).where(Post.quoted_id == entry.id, Post.space_id == space.id, Post.deleted_at.is_(None),
                                    Post.is_quote.is_(False))
    for announcement in db.session.scalars(announcing).all():
        remove(announcement, actor=actor)
    _withdraw(entry, space, actor)


def _withdraw(entry: Entry, space: Space, actor: Person) -> None:
    going = [entry.id, *(each.id for each in entry.companions)]
    gone = db.session.execute(delete(Share).where(Share.space_id == space.id, Share.entry_id.in_(going))).rowcount
    if gone:
        db.session.expire(entry, ["shares"])
        record(kinds.Unshared, actor=actor, entry=entry, space=space)
        jobs.request("people.recheck_everybody")


def _share_companions(entry: Entry, spaces: list[Space], actor: Person) -> None:
    insert_missing(db.session, Share, [
        {"entry_id": companion.id, "space_id": space.id, "by_id": actor.id}
        for companion in entry.companions for space in spaces if companion.space_id != space.id
    ])


def react(entry: Entry, emoji: str, *, actor: Person) -> bool:
    """Add a reaction; False if it was there. Raises NotAnEmoji."""
    if not is_emoji(emoji):
        raise NotAnEmoji(emoji)
    new = insert_missing(db.session, Reaction, [{"entry_id": entry.id, "person_id": actor.id, "emoji": emoji}])
    if new:
        record(kinds.Reacted, actor=actor, entry=entry, emoji=emoji)
    return bool(new)


def withdraw_reaction(entry: Entry, emoji: str, *, actor: Person) -> bool:
    """Take a reaction back; False if there was none."""
    gone = db.session.execute(delete(Reaction).where(
        Reaction.entry_id == entry.id, Reaction.person_id == actor.id, Reaction.emoji == emoji
    )).rowcount
    if gone:
        record(kinds.ReactionWithdrawn, actor=actor, entry=entry, emoji=emoji)
    return bool(gone)


def bookmark(entry: Entry, *, actor: Person, keep: bool = True) -> None:
    """Keep an entry for later, or no longer."""
    _set(Bookmark, entry, actor, keep)


def watch(entry: Entry, person: Person, *, keep: bool = True) -> None:
    """Hear of every answer in a thread, or no longer."""
    _set(Watch, entry, person, keep)


def is_watched(entry: Entry, person: Person) -> bool:
    """Whether they hear of every answer in the thread of this root."""
    watching = select(Watch.id).where(Watch.entry_id == entry.id, Watch.person_id == person.id)
    return db.session.scalar(watching) is not None


def _set(model, entry: Entry, person: Person, keep: bool) -> None:
    if keep:
        insert_missing(db.session, model, [{"entry_id": entry.id, "person_id": person.id}])
    else:
        db.session.execute(delete(model).where(model.entry_id == entry.id, model.person_id == person.id))


def mark_read(space: Space, entry_id: int, *, actor: Person) -> None:
    """Everything in the space up to this entry is read; a mark never goes back."""
    _read_up_to(entry_id, [each for each in actor.memberships if each.space_id == space.id])


def mark_all_read(entry_id: int, *, actor: Person) -> None:
    """Everything in all spaces of `actor` up to this entry is read."""
    _read_up_to(entry_id, actor.memberships)


def _read_up_to(entry_id: int, memberships: list[Membership]) -> None:
    for each in memberships:
        each.read_entry_id = max(each.read_entry_id, entry_id)
