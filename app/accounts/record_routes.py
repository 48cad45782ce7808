"""The record of an account, field by field, where it is read."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from app.access import allow, fetch
from app.accounts import actions
from app.accounts.family import family
from app.accounts.record_forms import RECORD_FIELDS, known, record_form, record_of
from app.accounts.routes import accounts
from app.activity.delivery import commit
from app.spaces.models import Space
from app.web import done, is_fragment


@accounts.route("/accounts/<slug>/record/<name>", methods=["GET", "POST"])
def record_field(slug: str, name: str):
    """One field: in its place for who has script, else as a page; `?shown=1` gives it back as it stands."""
    account = fetch(Space, verb="read", slug=slug, kind="account").account or abort(404)
    if name not in RECORD_FIELDS:
        abort(404)
    allow("work", account)
    form = record_form(account, known(account), only=name)
    if form.validate_on_submit():
        try:
            actions.change_account(account, actor=current_user, **record_of(form))
            commit()
            return _fact(account, name) if is_fragment() else done(_("Saved."), account.url)
        except actions.InCircle:
            form[name].errors = [_("It is a part of this account itself.")]
    if is_fragment() and "shown" in request.args:
        return _fact(account, name)
    template = "accounts/_field.html" if is_fragment() else "accounts/field.html"
    return render_template(template, account=account, form=form, name=name), 422 if form.errors else 200


def _fact(account, name: str) -> str:
    parent, _children = family(account, current_user)
    return render_template("accounts/_fact.html", account=account, name=name, parent=parent, back=True)
