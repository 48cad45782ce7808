"""Key points of a review: writing one, and making one of a comment."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.entries.actions import TooLong
from app.entries.models import Comment
from app.reviews import key_points
from app.reviews.question_routes import say
from app.reviews.routes import reviews
from app.web import done


@reviews.post("/reviews/<int:key>/key-points")
def make_point(key: int):
    return say(key, key_points.make_point)


@reviews.post("/e/<int:key>/key-point")
def mark(key: int):
    said = fetch(Comment, key, "mark")
    try:
        key_points.mark(said, actor=current_user)
    except key_points.NoKeyPoint:
        abort(400)
    except TooLong as error:
        return done(_("Shorten it first: %(why)s", why=str(error)), f"/e/{key}")
    commit()
    return done(_("It is a key point now."), f"/e/{key}")


@reviews.post("/e/<int:key>/key-point/end")
def unmark(key: int):
    key_points.unmark(fetch(Comment, key, "mark"), actor=current_user)
    commit()
    return done(_("It is a comment like others again."), f"/e/{key}")
