"""The shelf as a view of an account's page."""

from urllib.parse import urlencode

from flask import render_template, request
from flask_login import current_user

from app.accounts.models import Account
from app.accounts.tabs import account_tab, frame
from app.sendings.shelf import Spot, history, moved_on, suiting
from app.web import before_argument, is_fragment

FILTERS = ("unsent", "approved")


@account_tab("shelf")
def shelf(account: Account):
    """What suits; `?view=sent`: what it was sent."""
    return _sent(account) if request.args.get("view") == "sent" else _suiting(account)


def _address(account: Account, **arguments) -> str:
    return f"{account.url}?{urlencode({'tab': 'shelf'} | {name: each for name, each in arguments.items() if each})}"


def _suiting(account: Account):
    wanted = {name: "1" for name in FILTERS if request.args.get(name)}
    lines, older = suiting(account, current_user, **dict.fromkeys(wanted, True),
                           below=Spot.read(request.args.get("below")))
    shown = {"lines": lines, "older_url": _address(account, **wanted, below=older and str(older)) if older else None}
    if is_fragment() and "below" in request.args:
        return render_template("sendings/_lines.html", account=account, **shown)
    return render_template("sendings/shelf.html", tab="shelf", view="suits", wanted=wanted, here=_address(account),
                           moved=moved_on(account, current_user), **shown, **frame(account))


def _sent(account: Account):
    rows, older = history(account, current_user, before=before_argument())
    shown = {"rows": rows, "older_url": _address(account, view="sent", before=older) if older else None}
    if is_fragment() and before_argument() is not None:
        return render_template("sendings/_history.html", account=account, **shown)
    return render_template("sendings/shelf.html", tab="shelf", view="sent", wanted={}, here=_address(account), moved=[],
                           **shown, **frame(account))
