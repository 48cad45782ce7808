"""Asking for approval, answering, withdrawing. Each action takes its actor, records what happened, never commits."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.access import who_may_see
from app.activity.recording import record
from app.approvals import kinds
from app.approvals.models import CHANGES, ApprovalRequest, Approver, Verdict
from app.assets.actions import newer_versions
from app.assets.models import Asset, Version
from app.db import now
from app.extensions import db
from app.people.models import Person, Team
from app.spaces.models import Space


class NotAsked(ValueError):
    """Only who is asked, or is in a team that is, answers, and only while it stands for the newest version."""


class NoteMissing(ValueError):
    """Who wants changes says which."""


def standing(asset: Asset) -> ApprovalRequest | None:
    """The request that stands for the newest version of an asset."""
    query = select(ApprovalRequest).join(ApprovalRequest.version).where(
        ApprovalRequest.asset_id == asset.id, Version.number == asset.version_count,
        ApprovalRequest.withdrawn_at.is_(None))
    return db.session.scalar(query)


def ask(
    asset: Asset, *, actor: Person, people: Iterable[Person] = (), teams: Iterable[Team] = (),
    due_on: date | None = None, note: str = "", asked_by: Person | None = None,
) -> ApprovalRequest:
    """Ask for approval of the newest version, in the name of `asked_by` or of the actor. Where it is asked for already,
    more people are asked.
    """
    _lock(asset)
    request = standing(asset)
    if request is None:
        request = ApprovalRequest(asset=asset, version=asset.current, asked_by=asked_by or actor)
        db.session.add(request)
    request.due_on, request.note, request.reminded = due_on or request.due_on, note.strip() or request.note, 0
    known = {(each.person_id, each.team_id) for each in request.approvers}
    request.approvers += [Approver(person=each) for each in people if (each.id, None) not in known]
    request.approvers += [Approver(team=each) for each in teams if (None, each.id) not in known]
    db.session.flush()
    _tell_asset(request)
    record(kinds.ApprovalAsked, actor=actor, entry=asset, request_id=request.id, number=request.version.number)
    return request


def answer(request: ApprovalRequest, verdict: str, *, actor: Person, note: str = "") -> None:
    """Say what one thinks of the version, for oneself and one's team. Raises NotAsked, NoteMissing."""
    if verdict == CHANGES and not note.strip():
        raise NoteMissing
    seats = request.seats_of(actor) if _still_stands(request) else []
    if not seats:
        raise NotAsked
    for seat in seats:
        seat.verdicts.append(Verdict(by=actor, verdict=verdict, note=note.strip()))
    db.session.flush()
    _tell_asset(request)
    record(kinds.ApprovalAnswered, actor=actor, entry=request.asset, request_id=request.id, verdict=verdict)


def withdraw(request: ApprovalRequest, *, actor: Person) -> None:
    """Ask no longer; what was said stays on record. Raises NotAsked when that is over."""
    if not _still_stands(request):
        raise NotAsked
    request.withdrawn_at = now()
    _forget(request.asset)
    db.session.flush()
    _note_approved(request.asset)
    record(kinds.ApprovalWithdrawn, actor=actor, entry=request.asset, request_id=request.id)


def _lock(asset: Asset) -> None:
    """Two who answer at the same moment take turns, so that both count, and see what the first one left."""
    db.session.execute(select(Asset.id).where(Asset.id == asset.id).with_for_update(of=Asset.__table__))
    db.session.refresh(asset, ["version_count", "approval", "approval_due_on", "approvals_given", "approvals_asked"])
    db.session.expire(asset, ["versions"])


def _still_stands(request: ApprovalRequest) -> bool:
    """Whether it is still the request of the newest version, now that nobody else changes it."""
    _lock(request.asset)
    db.session.refresh(request, ["withdrawn_at"])
    db.session.expire(request, ["approvers"])
    for seat in request.approvers:
        db.session.expire(seat, ["verdicts"])
    return request.is_current


def _forget(asset: Asset) -> None:
    asset.approval, asset.approval_due_on, asset.approvals_given, asset.approvals_asked = "", None, 0, 0


def _tell_asset(request: ApprovalRequest) -> None:
    """Repeat the state beside the asset, so that a card in a feed needs no join."""
    asset = request.asset
    if request.is_current:
        asset.approval, asset.approval_due_on = request.state, request.due_on
        asset.approvals_given, asset.approvals_asked = request.given, len(request.approvers)
    _note_approved(asset)


def _note_approved(asset: Asset) -> None:
    """Which version is the newest that was approved: what may go out while a newer one waits."""
    standing_ones = select(ApprovalRequest).join(ApprovalRequest.version).where(
        ApprovalRequest.asset_id == asset.id, ApprovalRequest.withdrawn_at.is_(None)).order_by(Version.number.desc())
    asset.approved_number = next((each.version.number for each in db.session.scalars(standing_ones)
                                  if each.approvers and each.state == "approved"), None)


def ask_again(version: Version, actor: Person) -> None:
    """What approval was asked for is asked for again: nobody has seen the new version yet."""
    asset = version.asset
    earlier = select(ApprovalRequest).where(
        ApprovalRequest.asset_id == asset.id, ApprovalRequest.withdrawn_at.is_(None)).order_by(
        ApprovalRequest.id.desc()).limit(1)
    last = db.session.scalar(earlier)
    _forget(asset)
    if last is None or last.version.number != version.number - 1:
        return
    asked = {each.person_id: each.person for each in last.approvers if each.person}
    people = [asked[key] for key in sorted(who_may_see(asset, list(asked)))]
    teams = [each.team for each in last.approvers if each.team]
    due_on = last.due_on if last.due_on and last.due_on >= now().date() else None
    if people or teams:
        ask(asset, actor=actor, asked_by=last.asked_by, people=people, teams=teams, due_on=due_on, note=last.note)


newer_versions.append(ask_again)


def remind_due(moment: datetime) -> int:
    """Remind once the day before an answer is wanted, and once when it is late; how many requests were."""
    tomorrow = moment.date() + timedelta(days=1)
    near = select(ApprovalRequest).join(ApprovalRequest.asset).where(
        ApprovalRequest.withdrawn_at.is_(None), ApprovalRequest.reminded < 2, ApprovalRequest.due_on <= tomorrow,
        Asset.approval == "waiting", Asset.space.has(Space.archived_at.is_(None)))
    reminded = 0
    for request in db.session.scalars(near).all():
        step = 2 if request.due_on < moment.date() else 1
        if request.is_current and request.reminded < step:
            request.reminded = step
            record(kinds.ApprovalDue, actor=None, entry=request.asset, request_id=request.id,
                   due_on=request.due_on.isoformat())
            reminded += 1
    return reminded
