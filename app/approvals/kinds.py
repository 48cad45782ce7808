"""What happens to approvals."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.activity.kinds import Kind
from app.approvals.models import ApprovalRequest
from app.extensions import db
from app.people.models import Person


def _request(activity) -> ApprovalRequest | None:
    return db.session.get(ApprovalRequest, activity.data["request_id"])


def _asked(request: ApprovalRequest, *, waiting_only: bool = False) -> list[tuple[int, str]]:
    """Everybody who may answer: the people named, and the members of the teams named."""
    seats = [each for each in request.approvers if not (waiting_only and each.verdict)]
    teams = [each.team_id for each in seats if each.team_id]
    members = db.session.scalars(select(Person.id).where(Person.team_id.in_(teams))) if teams else ()
    return [(key, "approver") for key in (*(each.person_id for each in seats if each.person_id), *members)]


class _LeadsThere:
    """All of them lead to the request."""

    icon = "checkbox"

    @classmethod
    def url(cls, activity):
        """To where it is answered."""
        return f"/approvals/{activity.data['request_id']}"


class ApprovalAsked(_LeadsThere, Kind):
    """A version waits for approval; who is asked should know."""

    name = "approval.asked"
    sentence = _l("%(actor)s asks for approval of version %(number)s of “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return _asked(_request(activity))


class ApprovalAnswered(_LeadsThere, Kind):
    """Somebody answered; who asked and whose file it is should know."""

    name = "approval.answered"
    sentence = _l("%(actor)s answered on “%(title)s”: %(said)s")

    @classmethod
    def recipients(cls, activity):
        return [(_request(activity).asked_by_id, "asked"), (activity.entry.author_id, "author")]

    @classmethod
    def details(cls, activity):
        """The verdict in the reader's language."""
        return {"said": WORDS[activity.data["verdict"]]}


class ApprovalWithdrawn(_LeadsThere, Kind):
    """Nobody needs to answer any more."""

    name = "approval.withdrawn"
    sentence = _l("%(actor)s no longer asks for approval of “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return _asked(_request(activity), waiting_only=True)


class ApprovalDue(_LeadsThere, Kind):
    """An answer is wanted by tomorrow, or is late; who has not answered should know."""

    name = "approval.due"
    sentence = _l("Your approval of “%(title)s” is wanted by %(due_on)s")

    @classmethod
    def recipients(cls, activity):
        return _asked(_request(activity), waiting_only=True)


WORDS = {"approved": _l("approved"), "with_changes": _l("approved, with changes"), "changes": _l("changes first")}
"""A verdict, for people."""
