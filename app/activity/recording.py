"""`record()`: the one way to say that something happened. It writes rows in the caller's transaction, no more."""

from app.access import root_of, who_may_see
from app.activity import rules
from app.activity.kinds import NEW_ENTRY, Kind
from app.activity.models import Activity, Notification
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


def record(
    kind: type[Kind], *, actor: Person | None, entry: Entry | None = None, space: Space | None = None,
    person: Person | None = None, **data,
) -> Activity:
    """Write the activity and the notifications it causes; they are delivered after the commit, or by the sweep.

    The actor is never notified, nobody is notified of an entry they may not see or against their own rules, and one
    activity notifies a person once, for the strongest reason.
    """
    activity = Activity(
        kind=kind.name, actor=actor, entry=entry, space=space or (entry.space if entry else None), person=person,
        data=data,
    )
    db.session.add(activity)
    db.session.flush()
    told = _told(kind, activity)
    thread_id = entry.root_id if entry else None
    db.session.add_all(
        Notification(person_id=key, activity=activity, reason=reason, placed_at=activity.created_at,
                     thread_id=thread_id, space_id=None if thread_id else activity.space_id)
        for key, reason in sorted(told.items())
    )
    db.session.info.setdefault("recorded", []).append(activity)
    return activity


def _told(kind: type[Kind], activity: Activity) -> dict[int, str]:
    """The people who are told, with the reason."""
    reasons: dict[int, str] = {}
    for person_id, reason in kind.recipients(activity):
        reasons.setdefault(person_id, reason)
    entry, is_new = activity.entry, bool(activity.entry) and kind.counts_as == NEW_ENTRY
    if reasons or is_new:
        root = root_of(entry) if entry else None
        reasons = rules.apply(
            reasons, space_id=activity.space.id if activity.space else None, thread_id=root.id if root else None,
            kind=root.kind if root else "", is_new=is_new,
        )
    reasons.pop(activity.actor.id if activity.actor else None, None)
    if reasons and entry:
        allowed = who_may_see(entry, list(reasons))
        reasons = {key: reason for key, reason in reasons.items() if key in allowed}
    return reasons
