"""The hand-offs of one account, as a view of its page."""

from urllib.parse import urlencode

from flask import render_template, request
from flask_login import current_user

from app.accounts.models import Account
from app.accounts.tabs import account_tab, frame
from app.handoffs import waiting
from app.handoffs.models import STATES
from app.web import is_fragment


@account_tab("handoffs")
def handoffs(account: Account):
    """Those in a state, or all; what is due first at the top."""
    asked = request.args.get("state", "")
    state = asked if asked in STATES else ""
    wanted = waiting.Wanted("all", state=state, space_id=account.space_id)
    rows, after = waiting.found(current_user, wanted, request.args.get("after", ""))
    address = {"tab": "handoffs"} | ({"state": state} if state else {})
    older_url = f"{account.url}?{urlencode(address | {'after': after})}" if after else None
    if is_fragment() and "after" in request.args:
        return render_template("handoffs/_rows.html", rows=rows, older_url=older_url)
    return render_template("handoffs/account.html", tab="handoffs", rows=rows, older_url=older_url, state_shown=state,
                           counts=waiting.counts_at(account.space, current_user), states=STATES, **frame(account))
