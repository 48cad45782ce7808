"""The digest of a quarter by mail: to each colleague what they may see, in their language, once."""

from datetime import datetime, timedelta

from flask_babel import force_locale
from sqlalchemy import or_, select, update

from app import jobs, mail
from app.activity.delivery import rollback
from app.db import insert_missing, now
from app.extensions import db
from app.learnings.digest import digest
from app.learnings.digest_models import DigestMail
from app.people.models import Person
from app.reviews.quarters import bounds, neighbour, quarter_of

SENT_AFTER, SENT_UNTIL = timedelta(days=35), timedelta(days=65)
"""So long after the end of a quarter its digest goes out: reviews are due three weeks after it."""
LOST_AFTER = timedelta(minutes=15)
BATCH = 20
SHOWN = 8


def due_quarter(moment: datetime) -> str | None:
    """The quarter whose digest goes out at this moment, if there is one."""
    quarter = neighbour(quarter_of(moment), -1)
    end = bounds(quarter)[1]
    return quarter if end + SENT_AFTER <= moment < end + SENT_UNTIL else None


def readers(quarter: str, moment: datetime, limit: int = BATCH) -> list[int]:
    """Colleagues who want the digest by mail, were there in that quarter, and have not been sent it."""
    lost = DigestMail.sent_at.is_(None) & (DigestMail.claimed_at < moment - LOST_AFTER)
    query = select(Person.id).outerjoin(
        DigestMail, (DigestMail.person_id == Person.id) & (DigestMail.quarter == quarter)
    ).where(
        Person.deactivated_at.is_(None), Person.role != "guest", Person.digest_by_mail,
        Person.created_at < bounds(quarter)[1], or_(DigestMail.id.is_(None), lost),
    )
    return list(db.session.scalars(query.order_by(Person.id).limit(limit)))


def claim(quarter: str, person_id: int, moment: datetime) -> bool:
    """Take it upon oneself to send one; False when somebody else does or did."""
    row = {"quarter": quarter, "person_id": person_id, "claimed_at": moment}
    if insert_missing(db.session, DigestMail, [row]):
        return True
    mine = (DigestMail.quarter == quarter, DigestMail.person_id == person_id, DigestMail.sent_at.is_(None),
            DigestMail.claimed_at < moment - LOST_AFTER)
    return bool(db.session.execute(update(DigestMail).where(*mine).values(claimed_at=moment)).rowcount)


@jobs.job("learnings.mail_digest")
def mail_digest(person_id: int, quarter: str) -> None:
    """Send one. What could not be sent is tried again once it counts as lost."""
    claimed = claim(quarter, person_id, now())
    db.session.commit()
    if not claimed:
        return
    person = db.session.get(Person, person_id)
    told = digest(person, quarter)
    with force_locale(person.locale):
        letter = mail.compose(
            "digest", person=person, digest=told, shown=SHOWN, settings=mail.absolute("people.settings"),
            link=mail.absolute("learnings.digest_of", quarter=quarter), absolute=mail.absolute_path,
        )
    address, is_empty = person.email, told.is_empty
    db.session.rollback()
    if not is_empty:
        mail.deliver(address, *letter)
    done = (DigestMail.quarter == quarter, DigestMail.person_id == person_id)
    db.session.execute(update(DigestMail).where(*done).values(sent_at=now()))
    db.session.commit()


@jobs.every_minute
def mail_digests() -> int:
    """Start some of those that are still to be sent; how many."""
    moment = now()
    quarter = due_quarter(moment)
    ids = readers(quarter, moment) if quarter else []
    rollback()
    for person_id in ids:
        jobs.enqueue("learnings.mail_digest", person_id, quarter)
    return len(ids)
