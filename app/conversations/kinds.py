"""What happens in conversations with customers besides what happens to every entry."""

from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import lazy_gettext as _l

from app.accounts.kinds import owners
from app.activity.kinds import NEW_ENTRY, Kind
from app.entries.kinds import Posted, watchers


class ConversationLogged(Posted):
    """Somebody spoke with the customer; who works the account should know."""

    name = "conversation.logged"
    counts_as = NEW_ENTRY
    icon = "messages"
    sentence = _l("%(actor)s spoke with %(space)s: “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [*super().recipients(activity), *owners(activity.entry.space.account)]


class MailFiled(Kind):
    """A letter to or from the customer came; who works the account should know, unless a program wrote it."""

    name = "conversation.mail_filed"
    counts_as = NEW_ENTRY
    icon = "mail"
    sentence = _l("Mail from %(sender)s in %(space)s: “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [] if activity.data.get("is_automatic") else owners(activity.entry.space.account)


class MailAnswered(Kind):
    """A further letter came in a thread; who works the account and who watches the thread should know."""

    name = "conversation.mail_answered"
    counts_as = NEW_ENTRY
    icon = "mail"
    sentence = _l("Mail from %(sender)s in “%(thread)s”")

    @classmethod
    def recipients(cls, activity):
        if activity.data.get("is_automatic"):
            return []
        return [*owners(activity.entry.space.account), *watchers(activity.entry.root_id, "thread")]


class MailboxFiled(Kind):
    """A mailbox is filed: told once for all its letters, to who started it, and to who looks at the space."""

    name = "conversation.mailbox_filed"
    icon = "mail"
    sentence = _l("%(file)s is filed in %(space)s: %(letters)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "import")]

    @classmethod
    def url(cls, activity) -> str:
        return f"/mail-imports/{activity.data['import_id']}"

    @classmethod
    def details(cls, activity) -> dict:
        filed = activity.data["filed"]
        return {"file": activity.data["file"], "letters": ngettext("%(num)s letter", "%(num)s letters", filed)}


class PromiseMade(Kind):
    """Something was promised to the customer that is somebody's to keep; they should know."""

    name = "promise.made"
    icon = "flag"
    sentence = _l("%(actor)s counts on you in “%(title)s”: %(what)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "promise")]


class PromiseSettled(Kind):
    """Somebody told what came of a promise: whose it is, and who wrote it down, should know."""

    name = "promise.settled"
    icon = "checks"
    sentence = _l("%(actor)s settled a promise of “%(title)s”: %(what)s")

    @classmethod
    def recipients(cls, activity):
        owner = [(activity.person_id, "promise")] if activity.person_id else []
        return [*owner, (activity.entry.author_id, "author")]


class PromiseReopened(PromiseSettled):
    """A promise is not settled after all."""

    name = "promise.reopened"
    icon = "flag"
    sentence = _l("%(actor)s opened a promise of “%(title)s” again: %(what)s")


class PromiseDue(Kind):
    """Its owner is reminded that its day comes, or is over."""

    name = "promise.due"
    icon = "clock"
    sentence = _l("A promise to %(space)s is due on %(due_on)s: %(what)s")

    @classmethod
    def details(cls, activity):
        return activity.data | {"due_on": format_date(date.fromisoformat(activity.data["due_on"]), "d MMMM")}

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "due")]


class MailAddressMade(Kind):
    """The account has a new address for mail; an older one leads nowhere any more."""

    name = "account.mail_address_made"
    icon = "at"
    sentence = _l("%(actor)s made a new mail address for %(space)s")
