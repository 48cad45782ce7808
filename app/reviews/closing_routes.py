"""Closing a review for questions, and opening it again."""

from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.people.days import today_for
from app.reviews import closing
from app.reviews.models import Review
from app.reviews.routes import OPEN_FOR, reviews
from app.web import done


@reviews.post("/reviews/<int:key>/closing")
def close(key: int):
    review = fetch(Review, key, "edit")
    closing.close(review, actor=current_user)
    commit()
    return done(_("Closed. What is said from now on is a follow-up."), review.url)


@reviews.post("/reviews/<int:key>/closing/end")
def reopen(key: int):
    """Open again until the day that was given, else for as long as a new one."""
    review = fetch(Review, key, "edit")
    today = today_for(current_user)
    until = request.form.get("closes_on", type=date.fromisoformat)
    closing.reopen(review, until if until and until >= today else today + OPEN_FOR, actor=current_user)
    commit()
    return done(_("Open for questions again."), review.url)
