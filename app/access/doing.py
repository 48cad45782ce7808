"""What somebody may do, verb by verb, to things that are loaded already."""

from sqlalchemy import select

from app.access.seeing import person_clause
from app.entries.models import Entry, Share
from app.extensions import db
from app.people.models import Person
from app.spaces.models import COMMONS, Membership, Space


def membership(person: Person, space: Space) -> Membership | None:
    """Where `person` stands in `space`; loads all their memberships once.

    A page asks hundreds of times, so they are kept by space as long as the loaded list is the same: joining makes it
    longer, leaving expires it (`spaces.actions.remove_member`).
    """
    rows = person.memberships
    known = person.__dict__.get("_standings")
    if known is None or known[0] is not rows or len(known[1]) != len(rows):
        known = person.__dict__["_standings"] = (rows, {each.space_id: each for each in rows})
    return known[1].get(space.id)


def _reads_space(person: Person, space: Space) -> bool:
    return membership(person, space) is not None or (space.access == "open" and not person.is_guest)


def _sees_space(person: Person, space: Space) -> bool:
    return membership(person, space) is not None or (space.access != "secret" and not person.is_guest)


def _writes_in_space(person: Person, space: Space) -> bool:
    return _reads_space(person, space) and not space.is_archived and not space.is_room


def _works_in_space(person: Person, space: Space) -> bool:
    """Who belongs to it as a colleague: what changes the work of others is theirs, in an open space too."""
    return membership(person, space) is not None and not person.is_guest and _writes_in_space(person, space)


def _owns_space(person: Person, space: Space) -> bool:
    standing = membership(person, space)
    return standing is not None and standing.role == "owner"


def _runs_space(person: Person, space: Space) -> bool:
    runs = _owns_space(person, space) or person.is_admin
    return not space.is_room and not person.is_guest and _sees_space(person, space) and runs


def _manages_space(person: Person, space: Space) -> bool:
    return not space.is_archived and _runs_space(person, space)


def _exports_space(person: Person, space: Space) -> bool:
    """Who runs it may take what they read there along, out of an archived one as well."""
    return _runs_space(person, space) and _reads_space(person, space)


def _archives_space(person: Person, space: Space) -> bool:
    """The company-wide community is never archived: everybody belongs to it."""
    return space.slug != COMMONS and _manages_space(person, space)


def _asks_to_join(person: Person, space: Space) -> bool:
    is_shut = space.access == "closed" and not space.is_archived
    return is_shut and not person.is_guest and membership(person, space) is None


def _joins_space(person: Person, space: Space) -> bool:
    is_open = space.access == "open" and not space.is_archived
    return is_open and not person.is_guest and membership(person, space) is None


def root_of(entry: Entry) -> Entry:
    """The entry whose thread this one stands in; one that answers nothing is its own."""
    return entry if entry.thread_id is None else db.session.get(Entry, entry.thread_id)


def _spaces_of(entry: Entry):
    yield entry.space
    yield from (share.space for share in root_of(entry).shares)


def home_of(person: Person, entry: Entry) -> Space | None:
    """Where `entry` lives for this person: its home if they may know of it, else the first space they read it in."""
    if _sees_space(person, entry.space):
        return entry.space
    return next((space for space in _spaces_of(entry) if _reads_space(person, space)), None)


def _reads_entry(person: Person, entry: Entry) -> bool:
    return any(_reads_space(person, space) for space in _spaces_of(entry))


def _answers_entry(person: Person, entry: Entry) -> bool:
    """What is at home in an archived space is a record, wherever else it can be read."""
    return not entry.space.is_archived and any(_writes_in_space(person, space) for space in _spaces_of(entry))


def _comments_entry(person: Person, entry: Entry) -> bool:
    return not entry.is_deleted and _answers_entry(person, entry)


def _votes_for_entry(person: Person, entry: Entry) -> bool:
    return entry.author_id != person.id and _comments_entry(person, entry)


def _accepts_answers(person: Person, entry: Entry) -> bool:
    """Who asked and whose thread it is know best what settles a question."""
    knows_best = entry.author_id == person.id or root_of(entry).is_written_by(person)
    return knows_best and _comments_entry(person, entry)


def _resolves_entry(person: Person, entry: Entry) -> bool:
    return entry.is_resolvable and _comments_entry(person, entry)


def _moves_entry(person: Person, entry: Entry) -> bool:
    """Whoever may answer and open a discussion at home there may move a comment into one."""
    return entry.kind == "comment" and _comments_entry(person, entry) and _writes_in_space(person, entry.space)


def _decides_entry(person: Person, entry: Entry) -> bool:
    """Who asked, who is named to decide and who runs the space."""
    named = entry.is_written_by(person) or entry.is_decided_by(person) or _manages_space(person, entry.space)
    return entry.kind == "decision" and named and _comments_entry(person, entry)


def _does_task(person: Person, entry: Entry) -> bool:
    """Whoever writes where it is at home takes, changes, moves and settles it: no ceremony."""
    return entry.kind == "task" and _comments_entry(person, entry) and _writes_in_space(person, entry.space)


def _takes_handoff(person: Person, entry: Entry) -> bool:
    """Whom it is given to, alone or with a queue: they accept it, ask back and decline."""
    return entry.kind == "handoff" and entry.is_for(person) and _comments_entry(person, entry)


def _gives_handoff(person: Person, entry: Entry) -> bool:
    """Who gave it, and who runs the account when they are away: they answer what is asked back, and take it back."""
    runs = _manages_space(person, entry.space) and not entry.is_for(person)
    gave = not person.is_guest and (entry.author_id == person.id or runs)
    return entry.kind == "handoff" and gave and _comments_entry(person, entry)


def _passes_handoff_on(person: Person, entry: Entry) -> bool:
    """Whom it waits for, and who could take it back: it is better passed on than left lying. Once accepted, who has it
    and who runs the account.
    """
    if entry.kind == "handoff" and entry.state == "accepted":
        return _reports_on_handoff(person, entry)
    return _takes_handoff(person, entry) or _gives_handoff(person, entry)


def _reports_on_handoff(person: Person, entry: Entry) -> bool:
    """Who accepted it, and who runs the account when they are away: they say what came of it."""
    took = entry.is_taken_by(person) or _manages_space(person, entry.space)
    return entry.kind == "handoff" and took and _comments_entry(person, entry)


WITH_A_CUSTOMER = ("conversation", "handoff", "sending")


def _edits_entry(person: Person, entry: Entry) -> bool:
    # To change these is to work with the people of the account, whom nobody knows who lost it.
    if entry.kind in WITH_A_CUSTOMER and not _writes_in_space(person, entry.space):
        return False
    # What is noted beside a letter is of all who work there: nobody here wrote it.
    letter = entry.kind == "conversation" and entry.is_from_outside and _writes_in_space(person, entry.space)
    may = entry.is_written_by(person) or _does_task(person, entry) or letter
    return not entry.is_deleted and _answers_entry(person, entry) and may


def _deletes_entry(person: Person, entry: Entry) -> bool:
    if entry.is_deleted or not _answers_entry(person, entry):
        return False
    return entry.author_id == person.id or _manages_space(person, entry.space)


def _adds_version(person: Person, entry: Entry) -> bool:
    """What is the deck of reviews in its space is theirs to change who wrote one of them."""
    if entry.is_deleted or not _writes_in_space(person, entry.space):
        return False
    if keepers := entry.kept_by:
        return any(_edits_entry(person, each) for each in keepers)
    return entry.is_written_by(person) or _works_in_space(person, entry.space)


def _marks_important(person: Person, entry: Entry) -> bool:
    """Who wrote it and who runs the space may ask all of it to have seen something."""
    may = entry.is_written_by(person) or _manages_space(person, entry.space)
    return entry.thread_id is None and may and not person.is_guest and _comments_entry(person, entry) \
        and _writes_in_space(person, entry.space)


def _acknowledges(person: Person, entry: Entry) -> bool:
    asked = entry.important_at is not None and entry.author_id != person.id and _reads_space(person, entry.space)
    return asked and _comments_entry(person, entry)


def _asks_for_approval(person: Person, entry: Entry) -> bool:
    may = entry.is_written_by(person) or _works_in_space(person, entry.space)
    return entry.kind == "asset" and may and not person.is_guest and _comments_entry(person, entry)


def _shares_entry(person: Person, entry: Entry) -> bool:
    return entry.thread_id is None and not entry.is_deleted and not person.is_guest and _reads_entry(person, entry)


def _ends_share(person: Person, share: Share) -> bool:
    entry = share.entry
    if not _reads_entry(person, entry) or share.space.is_archived:
        return False
    mine = person.id in (share.by_id, entry.author_id)
    return mine or _manages_space(person, share.space) or _manages_space(person, entry.space)


def _sees_person(person: Person, other: Person) -> bool:
    return db.session.scalar(select(Person.id).where(Person.id == other.id, person_clause(person))) is not None


def _is_self_or_admin(person: Person, other: Person) -> bool:
    return person.is_admin or person.id == other.id


SPACE_VERBS = {
    "see": _sees_space,
    "read": _reads_space,
    "post": _writes_in_space,
    "work": _works_in_space,
    "draft": lambda person, space: space.is_room and membership(person, space) is not None,
    "discard": lambda person, space: space.is_room and _owns_space(person, space),
    "join": _joins_space,
    "request": _asks_to_join,
    "leave": lambda person, space: membership(person, space) is not None and not space.is_room,
    "manage": _manages_space,
    "export": _exports_space,
    "archive": _archives_space,
    "restore": lambda person, space: space.is_archived and _runs_space(person, space),
}
ENTRY_VERBS = {
    "read": _reads_entry,
    "comment": _comments_entry,
    "ask": lambda person, entry: entry.takes_questions and _comments_entry(person, entry),
    "react": _comments_entry,
    "vote": _votes_for_entry,
    "accept": _accepts_answers,
    "resolve": _resolves_entry,
    "mark": lambda person, entry: root_of(entry).kind == "review" != entry.kind and _edits_entry(person, entry),
    "bookmark": _reads_entry,
    "pin": lambda person, entry: entry.thread_id is None and _comments_entry(person, entry) and _works_in_space(
        person, entry.space),
    "mark_important": _marks_important,
    "acknowledge": _acknowledges,
    "share": _shares_entry,
    "move": _moves_entry,
    "decide": _decides_entry,
    "do": _does_task,
    "take": _takes_handoff,
    "give": _gives_handoff,
    "pass_on": _passes_handoff_on,
    "report": _reports_on_handoff,
    "edit": _edits_entry,
    "delete": _deletes_entry,
    "add_version": _adds_version,
    "ask_approval": _asks_for_approval,
}
SHARE_VERBS = {
    "read": lambda person, share: _reads_entry(person, share.entry),
    "end": _ends_share,
}
PERSON_VERBS = {
    "see": _sees_person,
    "read": _sees_person,
    "follow": _sees_person,
    "edit": _is_self_or_admin,
    "administer": lambda person, other: person.is_admin,
}


def can(person: Person, verb: str, thing) -> bool:
    """Whether `person` may do `verb` to a space, an entry, a share, a person, or something that lives in one.

    Raises KeyError for a verb that the thing does not know, so that a misspelt check never lets anybody in.
    """
    if isinstance(thing, Space):
        return SPACE_VERBS[verb](person, thing)
    if isinstance(thing, Entry):
        return ENTRY_VERBS[verb](person, thing)
    if isinstance(thing, Share):
        return SHARE_VERBS[verb](person, thing)
    if isinstance(thing, Person):
        return PERSON_VERBS[verb](person, thing)
    own = getattr(thing, "verbs", {}).get(verb)
    return own(person, thing) if own else can(person, verb, getattr(thing, thing.lives_in))
