"""The names of those who read a thread, of whom sockets tell only ids."""

from flask import jsonify, request
from flask_login import current_user

from app.access import LARGEST_KEY, fetch, visible, who_may_see
from app.entries.models import Entry
from app.entries.routes import entries
from app.extensions import db
from app.people.models import Person

MOST = 50


@entries.get("/e/<int:key>/readers")
def readers(key: int):
    """Of the people with the `ids` asked for, the names of those who may see it and whom the reader may know of."""
    entry = fetch(Entry, key)
    asked = [int(each) for each in request.args.get("ids", "").split(",")[:MOST]
             if each.isascii() and each.isdigit() and len(each) < 11 and int(each) <= LARGEST_KEY]
    known = visible(current_user, Person).where(Person.id.in_(who_may_see(entry, asked)), Person.shows_presence)
    return jsonify({each.id: each.name for each in db.session.scalars(known)})
