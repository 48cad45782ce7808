"""The browser says which space its reader looks at."""

from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.feed import visits
from app.feed.routes import feed
from app.spaces.models import Space


@feed.post("/spaces/<slug>/visit")
def visit(slug: str):
    visits.look(fetch(Space, slug=slug), current_user)
    commit()
    return "", 204
