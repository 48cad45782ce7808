"""How often one person may have this server ask others."""

from flask_login import current_user

from app.extensions import limiter


@limiter.shared_limit("10 per minute; 60 per hour", scope="feeds", key_func=lambda: str(current_user.id))
def count_a_look() -> None:
    """One question more, of the person who asks. Raises TooManyRequests."""
