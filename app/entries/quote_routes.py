"""Writing about an entry, with its card under one's own words; and who did."""

from flask import abort, render_template
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch, writable_spaces
from app.activity.delivery import commit
from app.entries.cards import bookmarked, cards
from app.entries.forms import PostForm
from app.entries.models import Entry
from app.entries.quoting import NothingToQuote, quote, quotes_of
from app.entries.routes import entries
from app.extensions import db
from app.spaces.models import Space
from app.web import before_argument, done


@entries.route("/e/<int:key>/quote", methods=["GET", "POST"])
def quoting(key: int):
    entry = fetch(Entry, key)
    form = PostForm()
    if form.validate_on_submit():
        space = fetch(Space, form.space_id.data, "post")
        try:
            quoting = quote(entry, space, form.body.data, actor=current_user)
        except NothingToQuote:
            abort(404)
        commit()
        return done(_("Posted in %(space)s.", space=space.name), quoting.url)
    page = render_template("entries/quote.html", entry=entry, form=form, spaces=writable_spaces(current_user))
    return (page, 422) if form.errors else page


@entries.get("/e/<int:key>/quotes")
def quotes(key: int):
    """The posts that quote it, the newest first."""
    entry = fetch(Entry, key)
    query, before = quotes_of(entry, current_user), before_argument()
    query = query.where(Entry.id < before) if before else query
    ids = list(db.session.scalars(query.order_by(Entry.id.desc()).limit(21)))
    found = cards(ids[:20])
    return render_template("entries/quotes.html", entry=entry, entries=found, bookmarked_ids=bookmarked(found),
                           older_url=f"/e/{key}/quotes?before={ids[19]}" if len(ids) > 20 else None)
