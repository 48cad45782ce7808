"""How far the people of the demo company have read, and what they keep for later."""

from sqlalchemy import select

from app.access import can
from app.activity.models import Activity, Notification
from app.db import now
from app.demo.stage import Stage
from app.entries import actions
from app.entries.models import QUIET, Entry
from app.entries.quoting import quote
from app.extensions import db
from app.learnings.digest_models import DigestMail
from app.lists.actions import begin_list, put, save_filter
from app.notifications.actions import mark_read
from app.people.models import Person
from app.reviews.quarters import neighbour, quarter_of
from app.spaces.models import COMMONS, Space

BOOKMARKS = {
    "lena": "l-short-invite l-trial-kit r-china-fair", "jon": "brennhage-press l-handover",
    "pieter": "routing l-handover", "ingrid": "r-leak-1 r-china-fair f6-price", "dana": "l-short-invite r-leak-1",
    "carla": "cleangrip-claim r-washdown-2", "martin": "f6-price", "rick": "l-trial-kit",
}
# Nobody reads everything: how many of the newest notifications stay unread, and entries in some spaces.
UNREAD_NOTIFICATIONS = {"lena": 6, "jon": 5, "pieter": 4}
OTHERS_UNREAD = 3
UNREAD_ENTRIES = (0, 2, 0, 1, 0, 0, 3, 0, 1, 0, 4)


def keep(stage: Stage) -> None:
    """Lists, filters, bookmarks, read marks in every space, and notifications read but for the newest."""
    _gather(stage)
    for handle, names in BOOKMARKS.items():
        for name in names.split():
            actions.bookmark(stage.entries[name], actor=stage.people[handle])
    for number, (handle, person) in enumerate(stage.people.items()):
        db.session.expire(person, ["memberships"])
        for membership in sorted(person.memberships, key=lambda each: each.space_id):
            unread = UNREAD_ENTRIES[(number + 3 * membership.space_id) % len(UNREAD_ENTRIES)]
            _read(membership.space, person, unread)
        _read_notifications(person, UNREAD_NOTIFICATIONS.get(handle, OTHERS_UNREAD))
        # They have had the last digest; whoever opens the demo company sends no mail by that.
        db.session.add(DigestMail(quarter=neighbour(quarter_of(now()), -1), person_id=person.id, sent_at=now()))


def _gather(stage: Stage) -> None:
    """Lena quotes a learning, keeps a list of a launch and a search; Jon keeps one of the accounts he sells to."""
    lena, jon = stage.people["lena"], stage.people["jon"]
    learning = stage.entries["l-short-invite"]
    if can(lena, "read", learning):
        commons = next(each.space for each in lena.memberships if each.space.slug == COMMONS)
        quote(learning, commons, "Worth a look before the spring mailings go out.", actor=lena)
    launch = begin_list("Launch in EMEA", actor=lena)
    for handle in ("jon", "pieter"):
        put(launch, person=stage.people[handle])
    sold_to = begin_list("My accounts", actor=jon)
    for found, person, kinds in ((launch, lena, ("project",)), (sold_to, jon, ("account",))):
        spaces = (each.space for each in person.memberships if each.space.kind in kinds)
        for space in sorted(spaces, key=lambda each: each.id)[:3]:
            put(found, space=space)
    save_filter("Webinars in EMEA", "/reviews", "region=EMEA&channel=webinar", actor=lena)


def _read(space: Space, person: Person, unread: int) -> None:
    """Read a space up to its newest entries; one's own are no news."""
    newest = db.session.scalars(
        select(Entry.id).where(Entry.space_id == space.id, Entry.thread_id.is_(None), Entry.author_id != person.id,
               Entry.kind != QUIET)
        .order_by(Entry.id.desc()).limit(unread + 1)
    ).all()
    if len(newest) > unread:
        last = db.session.scalar(select(db.func.max(Entry.id)).where(Entry.space_id == space.id))
        actions.mark_read(space, newest[unread] if unread else last, actor=person)


def _read_notifications(person: Person, unread: int) -> None:
    ids = db.session.scalars(
        select(Notification.id).join(Activity).where(Notification.person_id == person.id)
        .order_by(Notification.id.desc()).offset(unread)
    ).all()
    mark_read(person, list(ids))
