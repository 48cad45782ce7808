"""What happens to an account's record."""

from flask_babel import lazy_gettext as _l

from app.access import who_may_read
from app.accounts.models import Account
from app.activity.kinds import Kind
from app.activity.models import Activity
from app.extensions import db


def owners(account: Account | None) -> list[tuple[int, str]]:
    """Who works the account, one from marketing and one from sales, as people who should know."""
    return [(key, "account") for key in (account.marketing_owner_id, account.sales_owner_id) if key] if account else []


class RecordChanged(Kind):
    """What is known of the customer changed: told to its two owners."""

    name = "account.changed"
    counts_as = "record"
    icon = "edit"
    sentence = _l("%(actor)s changed the record of %(space)s")

    @classmethod
    def recipients(cls, activity: Activity):
        account = db.session.scalars(db.select(Account).where(Account.space_id == activity.space_id)).one()
        return [(key, "account") for key in who_may_read(account.space, {key for key, _reason in owners(account)})]
