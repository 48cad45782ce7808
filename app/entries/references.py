"""Keeping an entry's stored HTML and its links to people, tags and accounts in step with its text."""

from sqlalchemy import delete, select, update

from app.access import person_clause, space_clause
from app.db import insert_missing
from app.entries.attachments import adopt
from app.entries.linking import References
from app.entries.markdown import as_typed, references, render
from app.entries.models import Entry
from app.entries.reference_models import AccountMention, EntryTag, Mention, Tag
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


def _tag_ids(names) -> dict[str, int]:
    insert_missing(db.session, Tag, [{"name": name} for name in sorted(names)])
    return dict(db.session.execute(select(Tag.name, Tag.id).where(Tag.name.in_(names))).all()) if names else {}


def _people(names, author: Person) -> dict[str, int]:
    query = select(Person.handle, Person.id).where(Person.handle.in_(names), person_clause(author))
    return dict(db.session.execute(query).all()) if names else {}


def _accounts(names, author: Person) -> dict[str, int]:
    query = select(Space.slug, Space.id).where(Space.slug.in_(names), Space.kind == "account", space_clause(author))
    return dict(db.session.execute(query).all()) if names else {}


def refresh(entry: Entry) -> set[int]:
    """Render `entry.body`, store what it names; the ids of the people it names now and did not before.

    Only what the author may know of becomes a link, so that writing `$name` tells nobody whether it exists.
    """
    db.session.flush()
    foreign = entry.is_from_outside
    wanted = References() if foreign else references("\n\n".join(entry.searchable))
    people, accounts = _people(wanted.people, entry.author), _accounts(wanted.accounts, entry.author)
    tags = _tag_ids({name[:60] for name in wanted.tags})
    known = References(frozenset(people), frozenset(tags), frozenset(accounts))
    entry.body_html = as_typed(entry.body) if foreign else render(entry.body, known)
    db.session.flush()
    before = set(db.session.scalars(select(Mention.person_id).where(Mention.entry_id == entry.id)))
    _replace(Mention, Mention.person_id, entry, set(people.values()))
    _replace(EntryTag, EntryTag.tag_id, entry, set(tags.values()))
    _replace(AccountMention, AccountMention.space_id, entry, set(accounts.values()), happened_at=entry.happened_at)
    adopt(entry)
    return set(people.values()) - before


def _replace(model, column, entry: Entry, wanted: set[int], **further) -> None:
    present = set(db.session.scalars(select(column).where(model.entry_id == entry.id)))
    if present - wanted:
        db.session.execute(delete(model).where(model.entry_id == entry.id, column.in_(present - wanted)))
    if further:
        db.session.execute(update(model).where(model.entry_id == entry.id).values(**further))
    db.session.add_all(model(entry_id=entry.id, **{column.key: key}, **further) for key in sorted(wanted - present))


def known(entry: Entry) -> References:
    """The people, tags and accounts that an entry was found to name: what links in its further texts."""
    people = select(Person.handle).join(Mention, Mention.person_id == Person.id).where(Mention.entry_id == entry.id)
    tags = select(Tag.name).join(EntryTag, EntryTag.tag_id == Tag.id).where(EntryTag.entry_id == entry.id)
    accounts = select(Space.slug).join(AccountMention, AccountMention.space_id == Space.id)
    accounts = accounts.where(AccountMention.entry_id == entry.id)
    return References(*(frozenset(db.session.scalars(query)) for query in (people, tags, accounts)))
