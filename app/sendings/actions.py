"""Recording what a customer was sent. Each action takes its actor, records what happened and never commits."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.accounts.models import Account
from app.assets.models import Version
from app.contacts.actions import recognise
from app.contacts.models import Contact
from app.db import now
from app.entries.actions import after_removal, edit, publish
from app.entries.models import TITLE_LENGTH, Entry
from app.extensions import db
from app.people.models import Person
from app.sendings import kinds
from app.sendings.fit import against
from app.sendings.models import Sending, SendingItem
from app.sendings.words import TITLES

MOST = 30
"""Files in one sending."""


class NeedsReason(ValueError):
    """Something is known against sending this; who does so all the same says why. `codes` by the id of the file."""

    def __init__(self, codes: dict[int, list[str]]) -> None:
        super().__init__(codes)
        self.codes = codes


class Incomplete(ValueError):
    """Something was sent, and to somebody."""


def record_sending(
    account: Account, versions: Sequence[Version], *, actor: Person, channel: str = "mail",
    contacts: Sequence[Contact] = (), people: Sequence[tuple[str, str]] = (), happened_at: datetime | None = None,
    note: str = "", reason: str = "",
) -> Sending:
    """Write down that these versions went to these people; nothing is sent by it. `people` are names and addresses:
    whom nobody knows yet becomes a contact. Raises Incomplete, and NeedsReason where something is known against it and
    no `reason` is given.
    """
    versions = list({each.asset_id: each for each in versions}.values())
    if not versions or len(versions) > MOST or not (contacts or people):
        raise Incomplete
    known = {each.asset_id: against(each.asset, each.number, account, channel) for each in versions}
    known = {key: codes for key, codes in known.items() if codes}
    if known and not reason.strip():
        raise NeedsReason(known)
    there = recognise(account, [*((each.name, each.email) for each in contacts), *people], actor=actor)
    sending = Sending(
        space=account.space, channel=channel, contacts=there, body=note.strip(), title=title_of(channel, there),
        happened_at=happened_at or now(), reason=reason.strip() if known else "",
        items=[SendingItem(asset_id=each.asset_id, version=each, warned=" ".join(known.get(each.asset_id, ())))
               for each in versions])
    return publish(sending, actor=actor, kind=kinds.Sent)


def change_sending(
    sending: Sending, *, actor: Person, versions: Sequence[Version] | None = None, shown: Iterable[int] = (),
    contacts: Sequence[Contact] | None = None, people: Sequence[tuple[str, str]] = (), reason: str = "", **fields,
) -> Sending:
    """Correct what was written down; how it read before is kept. `versions` take the place of the files whose ids are
    `shown` to `actor`: what they cannot see stays. Raises Incomplete, and NeedsReason where something is known against
    a file that was not among it in this version.
    """
    account, channel = sending.space.account, fields.get("channel", sending.channel)
    changed = versions is not None and _put(sending, versions, set(shown), account, channel, reason.strip())
    if contacts is not None and not (contacts or people):
        raise Incomplete
    if contacts is not None:
        there = recognise(account, [*((each.name, each.email) for each in contacts), *people], actor=actor)
        changed = changed or set(there) != set(sending.contacts)
        sending.contacts = there
    fields.setdefault("title", title_of(channel, sending.contacts))
    db.session.flush()
    # Whom and what it went to is no column of it: that it was edited is said all the same.
    return edit(sending, actor=actor, **fields, **({"edited_at": now()} if changed else {}))


def _put(sending: Sending, versions: Sequence[Version], shown: set[int], account: Account, channel: str, reason: str
         ) -> bool:
    """Let these files be the visible ones of it; whether that changes anything."""
    wanted = {each.asset_id: each for each in versions}
    before = {each.asset_id: each for each in sending.items}
    stays = {key for key, item in before.items() if key not in shown or key in wanted}
    if not wanted.keys() | stays or len(wanted.keys() | stays) > MOST:
        raise Incomplete
    new = {key: each for key, each in wanted.items() if key not in before or before[key].version_id != each.id}
    known = {key: against(each.asset, each.number, account, channel) for key, each in new.items()}
    known = {key: codes for key, codes in known.items() if codes}
    if known and not reason:
        raise NeedsReason(known)
    sending.reason = reason if known else sending.reason
    gone = before.keys() - stays
    sending.items = [each for each in sending.items if each.asset_id in stays]
    for key, version in new.items():
        item = before.get(key) or SendingItem(asset_id=key)
        item.version, item.warned = version, " ".join(known.get(key, ()))
        if key not in before:
            sending.items.append(item)
    return bool(new or gone)


def title_of(channel: str, people: Sequence[Contact]) -> str:
    """What it is called: how and to whom. No file is named, for not everybody who reads it may see them."""
    names = ", ".join(each.name for each in people[:3]) + (" …" if len(people) > 3 else "")
    return (str(TITLES[channel]) % {"names": names})[:TITLE_LENGTH]


@after_removal
def forget(entry: Entry) -> None:
    """What was withdrawn was never sent."""
    if isinstance(entry, Sending):
        entry.items, entry.contacts, entry.reason = [], [], ""
