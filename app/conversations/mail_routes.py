"""Mail dropped onto an account, and the originals of letters."""

from flask import current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from app.access import fetch
from app.activity.delivery import commit
from app.assets.actions import KeptFile, keep
from app.assets.sending import send_original
from app.assets.store import StoreError
from app.assets.uploads import as_http, name_sent
from app.conversations import mail_imports
from app.conversations.filing import Filed
from app.conversations.forms import MailboxForm
from app.conversations.mail.reading import Delivery, read
from app.conversations.mail_import_models import MailImport
from app.conversations.mail_models import Mail
from app.conversations.receiving import file_all
from app.conversations.routes import conversations
from app.spaces.models import Space
from app.web import done, looking_first

MOST_FILES = 50


@conversations.route("/accounts/<slug>/mail", methods=["GET", "POST"])
def mail(slug: str):
    """Messages as files: one or many, each alone or in a mailbox."""
    with looking_first():
        space = fetch(Space, verb="post", slug=slug, kind="account")
    sent = [each for each in request.files.getlist("files") if each.filename] if request.method == "POST" else []
    wrong = request.method == "POST" and (not sent or len(sent) > MOST_FILES)
    if not sent or wrong:
        errors = [_("Choose the messages first, %(most)s files at most.", most=MOST_FILES)] if wrong else []
        recent = mail_imports.recent(space.account, current_user)
        page = render_template("conversations/mail.html", space=space, errors=errors, recent=recent,
                               form=MailboxForm(formdata=None))
        return page, 422 if wrong else 200
    files = [_kept(each) for each in sent]
    large = [each for each in files if mail_imports.is_large(each)]
    deliveries = [read(each) for each in files if each not in large]
    space = fetch(Space, verb="post", slug=slug, kind="account")
    filed = [each for delivery in deliveries for each in file_all(space.account, delivery, actor=current_user)]
    begun = [mail_imports.start_import(space.account, each, actor=current_user) for each in large]
    commit()
    return done(_told(filed, deliveries, begun), begun[0].url if begun else
                filed[0].mail.entry.url if len(filed) == 1 else space.url)


def _kept(sent: FileStorage) -> KeptFile:
    try:
        return keep(sent.stream, name_sent(sent))
    except StoreError as error:
        current_app.logger.exception("a message could not be stored")
        raise as_http(error) from None


def _told(filed: list[Filed], deliveries: list[Delivery], begun: list[MailImport]) -> str:
    """What became of them, in a sentence or three."""
    new, left = sum(each.is_new for each in filed), sum(each.left for each in deliveries)
    parts = [ngettext("%(num)s message is filed.", "%(num)s messages are filed.", new)] if new else []
    if known := len(filed) - new:
        parts.append(ngettext("%(num)s was here already.", "%(num)s were here already.", known))
    if left:
        parts.append(ngettext("%(num)s was too many for one file: send it apart.",
                              "%(num)s were too many for one file: send them apart.", left))
    if begun:
        parts.append(_("A mailbox this large is filed in the background: here is how far it is."))
    return " ".join(parts) or _("There was no message in it.")


@conversations.get("/mails/<int:key>/original")
def original(key: int):
    """The message byte for byte, as it came."""
    letter = fetch(Mail, key)
    return send_original(letter.sha256, letter.filename, "message/rfc822", letter.bytes)
