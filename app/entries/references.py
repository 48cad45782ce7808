"""Keeping an entry's stored HTML and its links to people, tags and accounts in step with its text."""

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.db import insert_missing
from app.entries.markdown import References, references, render
from app.entries.models import AccountMention, Entry, EntryTag, Mention, Tag
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


def _ids(column, key, names) -> dict[str, int]:
    if not names:
        return {}
    return dict(db.session.execute(select(key, column).where(key.in_(names))).all())


def _tag_ids(names) -> dict[str, int]:
    insert_missing(db.session, Tag, [{"name": name} for name in sorted(names)])
    return _ids(Tag.id, Tag.name, names)


def _accounts(names) -> dict[str, int]:
    if not names:
        return {}
    query = select(Space.slug, Account.id).join(Account.space).where(Space.slug.in_(names))
    return dict(db.session.execute(query).all())


def rendered(text: str) -> tuple[str, dict, dict, dict]:
    """HTML of `text` with what it names linked, and the ids of the people, tags and accounts it names."""
    wanted = references(text)
    people = _ids(Person.id, Person.handle, wanted.people)
    accounts = _accounts(wanted.accounts)
    tags = _tag_ids({name[:60] for name in wanted.tags})
    known = References(frozenset(people), frozenset(tags), frozenset(accounts))
    return render(text, known), people, tags, accounts


def refresh(entry: Entry) -> set[int]:
    """Render `entry.body`, store what it names; the ids of the people it names now and did not before."""
    entry.body_html, people, tags, accounts = rendered(entry.body)
    db.session.flush()
    before = set(db.session.scalars(select(Mention.person_id).where(Mention.entry_id == entry.id)))
    _replace(Mention, Mention.person_id, entry, set(people.values()))
    _replace(EntryTag, EntryTag.tag_id, entry, set(tags.values()))
    _replace(AccountMention, AccountMention.account_id, entry, set(accounts.values()))
    return set(people.values()) - before


def _replace(model, column, entry: Entry, wanted: set[int]) -> None:
    present = set(db.session.scalars(select(column).where(model.entry_id == entry.id)))
    if present - wanted:
        db.session.execute(delete(model).where(model.entry_id == entry.id, column.in_(present - wanted)))
    db.session.add_all(model(entry_id=entry.id, **{column.key: key}) for key in sorted(wanted - present))
