"""Importing a mailbox from the page: sending it, however large, and the report of what became of each letter."""

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.access import fetch
from app.activity.delivery import commit
from app.assets.actions import KeptFile
from app.assets.held import fetch_held, keep_chosen, kept
from app.conversations import mail_imports
from app.conversations.forms import MailboxForm
from app.conversations.mail_import_models import STATES, MailImport
from app.conversations.routes import conversations
from app.spaces.models import Space
from app.web import done, looking_first, whole_number


@conversations.post("/accounts/<slug>/mail-imports")
def import_mailbox(slug: str):
    """Take a mailbox in; its letters come in the background."""
    form = MailboxForm()
    with looking_first():
        space = fetch(Space, verb="post", slug=slug, kind="account")
    if form.validate() and (box := _box(form)):
        space = fetch(Space, verb="post", slug=slug, kind="account")
        started = mail_imports.start_import(space.account, box, actor=current_user)
        commit()
        return done(_("The import has begun."), started.url)
    recent = mail_imports.recent(space.account, current_user)
    return render_template("conversations/mail.html", space=space, errors=[], form=form, recent=recent), 422


def _box(form: MailboxForm) -> KeptFile | None:
    if form.upload_id.data:
        return kept(fetch_held(form.upload_id.data, current_user))
    return keep_chosen(form)


def _mine(key: int) -> MailImport:
    return mail_imports.of(current_user, key) or abort(404)


@conversations.get("/mail-imports/<int:key>")
def mail_import(key: int):
    """How far an import is, and what became of each letter."""
    work, state = _mine(key), request.args.get("state", "")
    state = state if state in STATES else None
    rows, following = mail_imports.stretch(work, state, after=whole_number(request.args, "after"))
    further = url_for("conversations.mail_import", key=key, state=state, after=following) if following else None
    return render_template("conversations/import.html", work=work, counts=mail_imports.counts(work), letters=rows,
                           state_shown=state, further_url=further)


@conversations.get("/mail-imports/<int:key>/progress")
def mail_import_progress(key: int):
    """Asked while the import runs; once it does not, the page is shown anew."""
    work = _mine(key)
    if work.status != "running":
        return Response(status=204, headers={"HX-Refresh": "true"})
    return render_template("conversations/_import_progress.html", work=work, counts=mail_imports.counts(work))


@conversations.post("/mail-imports/<int:key>/resumption")
def resume_mail_import(key: int):
    """What stopped goes on where it stopped."""
    work = _mine(key)
    if work.status == "stopped":
        mail_imports.resume(work)
        commit()
    return done(_("The import goes on."), work.url)
