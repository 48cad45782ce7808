"""Who of those an event concerns hears of it: the rules people made, and what they muted."""

from sqlalchemy import and_, or_, select

from app.activity.rule_models import USUAL, Mute, NotificationRule
from app.db import when_run
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership

MENTION = "mention"
ASKED = frozenset({
    MENTION, "question", "decider", "approver", "due", "review", "commitment", "task", "important", "invitation",
    "owner", "handoff",
})
"""Reasons that ask something of the person."""
NEW = "space"
"""The reason for who wants to hear of everything."""


def apply(
    reasons: dict[int, str], *, space_id: int | None, thread_id: int | None, kind: str, is_new: bool
) -> dict[int, str]:
    """The people to tell and why, out of those an event concerns; who wants everything new joins in, if it `is_new`.

    `kind` is the kind of the entry whose thread it is about, "" for none. Whether they may see it is asked elsewhere.
    """
    levels = _levels(list(reasons), space_id, kind, is_new)
    if is_new:
        reasons = {person_id: NEW for person_id, level in levels.items() if level == "all"} | reasons
    told = {
        person_id: reason for person_id, reason in reasons.items()
        if (level := levels.get(person_id, USUAL)) != "none" and (level != "asked" or reason in ASKED)
    }
    muted = _muted(list(told), space_id, thread_id)
    return {person_id: reason for person_id, reason in told.items() if reason == MENTION or person_id not in muted}


def _levels(people_ids: list[int], space_id: int | None, kind: str, is_new: bool) -> dict[int, str]:
    """What the most specific rule says, by person: of these, and of all who may want everything new there."""
    rule = NotificationRule
    here = or_(rule.space_id == space_id, rule.space_id.is_(None)) if space_id else rule.space_id.is_(None)
    whose = rule.person_id.in_(people_ids)
    if is_new:
        eager = select(rule.person_id).outerjoin(
            Membership, and_(Membership.person_id == rule.person_id, Membership.space_id == space_id)
        ).where(rule.level == "all", rule.kind.in_({"", kind}),
                or_(rule.space_id == space_id, and_(rule.space_id.is_(None), Membership.id.is_not(None))))
        whose = or_(whose, rule.person_id.in_(eager))
    elif not people_ids:
        return {}
    query = select(rule.person_id, rule.level, rule.space_id, rule.kind).where(
        whose, here, rule.kind.in_({"", kind}))
    # The last one wins: rules for everywhere first, those for the space and the kind at the end.
    rows = sorted(db.session.execute(query), key=lambda row: (row.space_id is not None, row.kind != ""))
    return {row.person_id: row.level for row in rows}


def lasting():
    """True, in SQL, for mutes that are not over."""
    return or_(Mute.until.is_(None), Mute.until > when_run())


def _muted(people_ids: list[int], space_id: int | None, thread_id: int | None) -> set[int]:
    if not people_ids or not (space_id or thread_id):
        return set()
    about = or_(Mute.thread_id == thread_id, Mute.space_id == space_id)
    return set(db.session.scalars(select(Mute.person_id).where(Mute.person_id.in_(people_ids), about, lasting())))


def unmuted(person: Person, entry=Entry):
    """True, in SQL, for root entries in no thread and no space that `person` muted."""
    mine = (Mute.person_id == person.id, lasting())
    return and_(
        entry.id.not_in(select(Mute.thread_id).where(*mine, Mute.thread_id.is_not(None))),
        entry.space_id.not_in(select(Mute.space_id).where(*mine, Mute.space_id.is_not(None))),
    )
