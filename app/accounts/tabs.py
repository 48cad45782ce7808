"""The views of an account besides its stream: features above bring theirs, and the page knows none of them."""

from collections.abc import Callable

from flask_login import current_user

from app.access import membership
from app.accounts.family import family
from app.accounts.models import Account
from app.feed.pages import follows

TABS: dict[str, Callable[[Account], object]] = {}
"""By `?tab=`: what answers with the page, for who may read the account's group."""


def account_tab(name: str):
    """Register what shows a view of an account; its template extends `accounts/show.html` and takes `frame`."""
    def register(show: Callable[[Account], object]) -> Callable[[Account], object]:
        TABS[name] = show
        return show
    return register


def frame(account: Account) -> dict:
    """What the page around a view needs."""
    parent, children = family(account, current_user)
    return {"space": account.space, "account": account, "parent": parent, "children": children,
            "membership": membership(current_user, account.space), "follows": follows(account.space)}
