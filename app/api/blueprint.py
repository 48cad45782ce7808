"""The blueprint of the API: ids in its addresses, and how much one token may ask for."""

from flask import Blueprint, current_app, request
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.routing import BaseConverter

from app.access import LARGEST_KEY
from app.db import only_reading
from app.extensions import limiter
from app.people.sessions import digest

PREFIX = "/api/v1"
api = Blueprint("api", __name__, url_prefix=PREFIX)


class KeyConverter(BaseConverter):
    """An id. A number that no database can hold becomes 0, the id of nothing.

    (To refuse it here would be answered with 405 where an address has several methods.)
    """

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        key = int(value)
        return key if key <= LARGEST_KEY else 0


@api.record_once
def _know_keys(state) -> None:
    state.app.url_map.converters["key"] = KeyConverter


def _who() -> str:
    """Whose requests are counted together: those of one token; without one that is good, those of one address.

    A token that is none counts for nobody, or whoever guesses tokens would never be slowed down.
    """
    with only_reading():
        is_known = current_user.is_authenticated
    return f"token-{digest(request.headers['Authorization'])[:20]}" if is_known else get_remote_address()


limiter.shared_limit(lambda: current_app.config["API_RATE_LIMIT"], scope="api", key_func=_who)(api)
