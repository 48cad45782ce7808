"""The digest of a quarter: a page that prints."""

from flask import abort, redirect, render_template, url_for
from flask_login import current_user

from app.db import now
from app.learnings.digest import digest
from app.learnings.routes import learnings
from app.reviews.quarters import PATTERN, neighbour, quarter_of


@learnings.get("/digest")
def latest_digest():
    """Of the quarter that ended last."""
    return redirect(url_for("learnings.digest_of", quarter=neighbour(quarter_of(now()), -1)))


@learnings.get("/digest/<quarter>")
def digest_of(quarter: str):
    if not PATTERN.fullmatch(quarter) or not "1900" < quarter < "2999":
        abort(404)
    return render_template(
        "learnings/digest.html", digest=digest(current_user, quarter), before=neighbour(quarter, -1),
        after=neighbour(quarter, 1) if quarter < quarter_of(now()) else None,
    )
