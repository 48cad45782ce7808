"""Help while writing: the Markdown preview, and completion of @people, #tags and $accounts."""

from flask import Blueprint, abort, jsonify, request
from flask_login import current_user
from sqlalchemy import func, or_, select

from app.access import entry_clause, person_clause, space_clause
from app.entries.forms import BODY_LENGTH
from app.entries.linking import References
from app.entries.markdown import references, render
from app.entries.models import Entry
from app.entries.reference_models import EntryTag, Tag
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

writing = Blueprint("writing", __name__)
SUGGESTIONS = 8


@writing.post("/preview")
def preview():
    """How the text will look. Writes nothing, so tags that are new are shown as if they existed."""
    text = request.form.get("body", "")[:BODY_LENGTH]
    wanted = references(text)
    people = select(Person.handle).where(Person.handle.in_(wanted.people), person_clause(current_user))
    accounts = select(Space.slug).where(Space.slug.in_(wanted.accounts), Space.kind == "account",
                                        space_clause(current_user))
    known = References(frozenset(db.session.scalars(people)), wanted.tags, frozenset(db.session.scalars(accounts)))
    return render(text, known)


@writing.get("/complete")
def complete():
    """Names that begin like what was typed: `[{value, label, hint}]`, only such as the writer may know of."""
    finders = {"person": _people, "tag": _tags, "account": _accounts}
    find = finders.get(request.args.get("kind", "")) or abort(400)
    return jsonify(find(request.args.get("q", "").strip().lower()))


def _starts(column, text: str):
    return func.lower(column).startswith(text, autoescape=True)


def _people(text: str) -> list[dict]:
    named = or_(_starts(Person.handle, text), _starts(Person.name, text), func.lower(Person.name).contains(f" {text}"))
    query = select(Person).where(person_clause(current_user), Person.deactivated_at.is_(None), named)
    found = db.session.scalars(query.order_by(Person.name).limit(SUGGESTIONS))
    return [{"value": each.handle, "label": each.name, "hint": each.title} for each in found]


def _tags(text: str) -> list[dict]:
    """Tags in use where the writer may read, the most used first: a tag of a secret space is a secret too."""
    uses = func.count(EntryTag.id)
    query = (
        select(Tag.name, uses).join(EntryTag, EntryTag.tag_id == Tag.id).join(Entry, Entry.id == EntryTag.entry_id)
        .where(_starts(Tag.name, text), entry_clause(current_user)).group_by(Tag.name).order_by(uses.desc(), Tag.name)
    )
    return [{"value": name, "label": f"#{name}", "hint": str(count)}
            for name, count in db.session.execute(query.limit(SUGGESTIONS))]


def _accounts(text: str) -> list[dict]:
    named = or_(_starts(Space.slug, text), _starts(Space.name, text))
    query = select(Space).where(Space.kind == "account", space_clause(current_user), named)
    found = db.session.scalars(query.order_by(Space.name).limit(SUGGESTIONS))
    return [{"value": each.slug, "label": each.name, "hint": ""} for each in found]
