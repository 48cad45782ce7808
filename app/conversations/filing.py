"""Filing a letter where its customer is talked of: once, in its thread, with who wrote it and what came along.

Like every action it takes its actor, records what happened and never commits.
"""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.activity.recording import record
from app.assets.actions import KeptFile, remember, upload
from app.assets.models import Asset
from app.contacts.actions import recognise
from app.contacts.models import Contact
from app.conversations import kinds
from app.conversations.colleagues import Colleagues
from app.conversations.mail.headers import as_moment, subject_key
from app.conversations.mail.message import Address, Attached, Message
from app.conversations.mail.reading import Arrived
from app.conversations.mail_models import Mail, MailReference
from app.conversations.models import Conversation
from app.conversations.passing_on import carrier, carries, unwrap
from app.db import now, one_at_a_time
from app.entries.actions import after_removal, publish, say, share_along
from app.entries.models import TITLE_LENGTH, Comment, Entry
from app.extensions import db
from app.people.models import Person
from app.search import index

SAME_THREAD = timedelta(days=30)
"""So far apart letters of one subject between the same people may be and still be one thread."""
TOMORROW = timedelta(days=1)
MOST_CONTACTS = 20
MOST_RECIPIENTS = 30


class Filed(NamedTuple):
    """Where a letter is; `is_new` unless it was there already."""

    mail: Mail
    is_new: bool


def file_arrived(account: Account, arrived: Arrived, *, actor: Person, announced_by: Person | None = None,
                 quietly: bool = False, thread: Conversation | None = None) -> list[Filed]:
    """Keep a letter in the account's space, or those that a colleague passes on by it. `actor` is who stands for it
    here; `announced_by` who brought it, if it did not come by itself; `thread` where it belongs if it says nothing
    else. `quietly` nobody is told.
    """
    colleagues, filed = Colleagues(arrived.message.everybody), []
    who = {"actor": actor, "announced_by": announced_by, "quietly": quietly}
    if carries(arrived, colleagues):
        for each in sorted(arrived.inside, key=lambda each: each.message.date or "9"):
            # Whoever brought it first answers for it: what stands between says of itself what it likes.
            each.message.forwarded_by = arrived.message.forwarded_by or arrived.message.sender
            filed += file_arrived(account, each, **who)
        if (rest := carrier(arrived)) is None:
            return filed
        arrived, thread = rest, filed[0].mail.thread
    return [*filed, file_mail(account, arrived, colleagues, thread=thread, **who)]


def file_mail(account: Account, arrived: Arrived, colleagues: Colleagues, *, actor: Person,
              announced_by: Person | None = None, quietly: bool = False, thread: Conversation | None = None) -> Filed:
    """Keep one letter: the words of who wrote it first, with those of who passed it on as comments."""
    one_at_a_time(db.session, f"mail-{account.id}")
    sent, (message, notes) = arrived.message.date, unwrap(account, arrived.message, colleagues)
    arrived = replace(arrived, message=message)
    known = _known(account, arrived) or _same_words(account, arrived, colleagues)
    mail = known or _file(account, arrived, colleagues, actor, thread)
    if known is None and not quietly:
        _tell(mail, message, announced_by)
    for who, text in notes:
        _note(mail.thread, who, text, sent, actor)
    return Filed(mail, known is None)


def _file(account: Account, arrived: Arrived, colleagues: Colleagues, actor: Person,
          thread: Conversation | None) -> Mail:
    mail = _mail(account, arrived, colleagues)
    people = _contacts(account, arrived.message, colleagues, actor, mail)
    files = _attach(account, arrived.files, actor)
    root = thread or _thread(account, mail, arrived.message)
    entry = _open(account, mail, arrived.message, people, actor) if root is None else _add(
        root, mail, arrived.message, actor)
    mail.entry, mail.conversation_id = entry, (root or entry).id
    mail.attachments = files
    mail.references = [MailReference(reference=each) for each in arrived.message.references]
    db.session.add(mail)
    db.session.flush()
    db.session.expire(root or entry, ["letters", "mail"])
    db.session.expire(entry, ["mail"])
    if root is not None:
        _join(root, people, mail, actor)
    return mail


def _same_words(account: Account, arrived: Arrived, colleagues: Colleagues) -> Mail | None:
    """The same letter, if it came by another way: what is passed on in a text has an id of its own, and a date without
    seconds.
    """
    message, sent = arrived.message, as_moment(arrived.message.date)
    if not sent or not message.sender.email or not message.text.strip():
        return None
    near = select(Mail).where(
        Mail.account_id == account.id, Mail.subject_key == subject_key(message.subject),
        Mail.sent_at.between(sent - TOMORROW, sent + TOMORROW), Mail.sender_email == message.sender.email)
    words, files = message.text.split(), {kept.sha256 for _told, kept in arrived.files}
    for each in db.session.scalars(near.limit(20)):
        passed_on = message.forwarded_by or each.told.get("forwarded_by")
        if passed_on and each.entry.body.split() == words and files <= _hashes(each):
            return each
    return None


def _hashes(mail: Mail) -> set[str]:
    return {version.sha256 for each in mail.attachments for version in each.versions}


def _note(root: Conversation, who: Address, text: str, sent: str, actor: Person) -> None:
    """What a colleague said when they passed a letter on, once."""
    body = text if who.email == actor.email else f"{who.shown}: {text}"
    same = select(Comment.id).where(Comment.thread_id == root.id, Comment.by_mail, Comment.body == body)
    if db.session.scalar(same.limit(1)) is None:
        said = as_moment(sent)
        say(Comment(space=root.space, author=actor, thread_id=root.id, body=body, by_mail=True,
                    happened_at=said if said and said <= now() else now()), actor=actor, root=root)


def _known(account: Account, arrived: Arrived) -> Mail | None:
    """The same letter, if it is here: the same bytes, or the same id of the same sender about the same."""
    message, mine = arrived.message, select(Mail).where(Mail.account_id == account.id)
    found = db.session.scalar(mine.where(Mail.sha256 == arrived.original.sha256))
    if found is None and message.message_id:
        found = db.session.scalar(mine.where(Mail.message_id == message.message_id))
        # Broken programs give many letters one id: what else differs is another letter, which must not be lost.
        if found and (found.sender_email, found.subject_key) != (message.sender.email, subject_key(message.subject)):
            message.message_id = ""
            return None
    return found


def _mail(account: Account, arrived: Arrived, colleagues: Colleagues) -> Mail:
    message, original = arrived.message, arrived.original
    remember(original)
    sent = as_moment(message.date)
    names = [each.shown for each in [*message.to, *message.cc]]
    told = {
        "to": names[:MOST_RECIPIENTS], "more": max(0, len(names) - MOST_RECIPIENTS), "dropped": message.dropped,
        "trouble": message.trouble, "invitation": vars(message.invitation) if message.invitation else None,
        "forwarded_by": _bearer(message.forwarded_by, colleagues) if message.forwarded_by else "",
        "is_automatic": message.is_automatic or colleagues.is_ours(message),
    }
    return Mail(
        account_id=account.id, message_id=message.message_id, subject_key=subject_key(message.subject),
        sent_at=sent if sent and sent <= now() + TOMORROW else now(), sender_name=message.sender.name[:200],
        sender_email=message.sender.email[:260], direction="out" if colleagues.knows(message.sender) else "in",
        sha256=original.sha256, filename=original.filename, bytes=original.bytes, quoted=message.quoted, told=told,
    )


def _bearer(who: Address, colleagues: Colleagues) -> str:
    """Who passed it on: one of us by their name; others can call themselves so, and are told by their address."""
    if not who.email:
        return _("an unknown sender")
    return who.shown if colleagues.knows(who) else f"{who.name} {who.email}".strip()


def _contacts(account: Account, message: Message, colleagues: Colleagues, actor: Person, mail: Mail) -> list[Contact]:
    """Who of the customer's is named in it. Robots and our own addresses are nobody."""
    outside = [each for each in message.people if colleagues.is_outside(each)][:MOST_CONTACTS]
    if message.sender.name and not message.sender.email and message.forwarded_by:
        outside.insert(0, message.sender)
    people = [(each.name, each.email) for each in outside]
    found = recognise(account, people, actor=actor, spoken_at=mail.sent_at) if people else []
    wanted = message.sender.email or message.sender.name
    mail.contact = next((each for each in found if wanted and wanted in (each.email, each.name)), None)
    return found


def _attach(account: Account, files: list[tuple[Attached, KeptFile]], actor: Person) -> list[Asset]:
    """What came along, each a file of the account's space; the same bytes twice in one letter are one."""
    unique = {kept.sha256: kept for _told, kept in files}
    return [upload(account.space, kept, actor=actor, quietly=True) for kept in unique.values()]


def _thread(account: Account, mail: Mail, message: Message) -> Conversation | None:
    """The conversation it belongs to: by what it refers to or is referred to by, else by subject and people."""
    root = aliased(Conversation)
    living = select(root).join(Mail, Mail.conversation_id == root.id).where(
        Mail.account_id == account.id, root.deleted_at.is_(None)).order_by(Mail.id.desc()).limit(1)
    named = [each for each in (message.message_id, *message.references) if each]
    if named:
        referring = select(MailReference.mail_id).where(MailReference.reference.in_(named))
        found = db.session.scalar(living.where(or_(Mail.message_id.in_(message.references), Mail.id.in_(referring))))
        if found is not None:
            return found
    if not mail.subject_key:
        return None
    alike = living.where(Mail.subject_key == mail.subject_key,
                         Mail.sent_at.between(mail.sent_at - SAME_THREAD, mail.sent_at + SAME_THREAD))
    people = {each.email for each in message.people if each.email}
    candidates = db.session.scalars(alike.limit(20)).unique()
    return next((each for each in candidates if people & _emails(each)), None)


def _emails(conversation: Conversation) -> set[str]:
    """The addresses of the customer's people in a conversation, and of whoever wrote."""
    return {each.email for each in conversation.contacts} | {each.sender_email for each in conversation.letters} - {""}


def _open(account: Account, mail: Mail, message: Message, people: list[Contact], actor: Person) -> Conversation:
    title = message.subject.strip() or (_("Mail from %(sender)s", sender=mail.sender) if mail.sender
                                        else _("A message that could not be read"))
    conversation = Conversation(space=account.space, channel="mail", happened_at=mail.sent_at, by_mail=True,
                                contacts=people, title=title[:TITLE_LENGTH], body=message.text)
    return publish(conversation, actor=actor, quietly=True)


def _add(root: Conversation, mail: Mail, message: Message, actor: Person) -> Comment:
    return say(Comment(space=root.space, author=actor, thread_id=root.id, body=message.text, by_mail=True,
                       happened_at=mail.sent_at), actor=actor, root=root)


def _join(root: Conversation, people: list[Contact], mail: Mail, actor: Person) -> None:
    """Whoever takes part in a thread was there; what came along goes where it is shared."""
    root.contacts = [*root.contacts, *(each for each in people if each not in root.contacts)]
    if mail.sent_at < root.happened_at:
        root.happened_at = mail.sent_at
    db.session.flush()
    share_along(root, actor=actor)
    index.write_entry(db.session, root)


def _tell(mail: Mail, message: Message, actor: Person | None) -> None:
    is_first = mail.entry_id == mail.conversation_id
    thread = {} if is_first else {"thread": mail.thread.headline}
    record(kinds.MailFiled if is_first else kinds.MailAnswered, actor=actor, entry=mail.entry,
           sender=mail.sender or _("an unknown sender"), is_automatic=mail.told["is_automatic"], **thread)


@after_removal
def forget(entry: Entry) -> None:
    """A letter that was withdrawn is not kept: it can be filed anew."""
    if isinstance(entry, Conversation | Comment) and entry.by_mail:
        for mail in db.session.scalars(select(Mail).where(Mail.entry_id == entry.id)):
            db.session.delete(mail)
        db.session.flush()
