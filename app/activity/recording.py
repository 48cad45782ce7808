"""`record()`: the one way to say that something happened. It writes rows in the caller's transaction, no more."""

from app.access import who_may_see
from app.activity.kinds import Kind
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

    The actor is never notified, nobody is notified of an entry they may not see, and one activity notifies a person
    once, for the strongest reason.
    """
    activity = Activity(
        kind=kind.name, actor=actor, entry=entry, space=space or (entry.space if entry else None), person=person,
        data=data,
    )
    db.session.add(activity)
    db.session.flush()
    reasons: dict[int, str] = {}
    for person_id, reason in kind.recipients(activity):
        reasons.setdefault(person_id, reason)
    if actor:
        reasons.pop(actor.id, None)
    if reasons and entry:
        allowed = who_may_see(entry, list(reasons))
        reasons = {key: reason for key, reason in reasons.items() if key in allowed}
    db.session.add_all(
        Notification(person_id=key, activity=activity, reason=reason) for key, reason in sorted(reasons.items())
    )
    db.session.info.setdefault("recorded", []).append(activity)
    return activity
