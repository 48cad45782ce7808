"""What happens when files go out to customers, besides what happens to every entry."""

from flask_babel import lazy_gettext as _l

from app.accounts.kinds import owners
from app.activity.kinds import NEW_ENTRY
from app.assets.models import Asset
from app.entries.kinds import Posted
from app.extensions import db
from app.sendings.models import SendingItem


class Sent(Posted):
    """A customer was sent something; who works the account should know, and whose files they are, as far as they may
    see that account.
    """

    name = "sending.recorded"
    counts_as = NEW_ENTRY
    icon = "send"
    sentence = _l("%(actor)s sent files to %(space)s: “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        authors = db.select(Asset.author_id).join(SendingItem, SendingItem.asset_id == Asset.id).where(
            SendingItem.sending_id == activity.entry_id)
        return [*super().recipients(activity), *owners(activity.entry.space.account),
                *((key, "sent") for key in db.session.scalars(authors))]
