"""A queue of sales, and a hand-off of Lena's that waits in it, given on a Thursday at ten in Berlin."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app.activity.models import Activity, Notification
from app.db import at
from app.extensions import db
from app.handoffs.actions import hand_over
from app.handoffs.models import Handoff
from app.handoffs.queue_actions import open_queue
from app.handoffs.queue_models import Queue

THURSDAY = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def queue(world) -> Queue:
    """Sales: Jon and Otto by their team."""
    return open_queue("Inside sales", actor=world.ada, team_id=world.jon.team_id, timezone="Europe/Berlin")


@pytest.fixture
def handoff(world, queue) -> Handoff:
    """About the open account, of tier A: to be answered within four working hours."""
    account = world.space("account", "open").account
    account.marketing_owner, account.sales_owner = world.lena, world.mei
    with at(THURSDAY):
        made = hand_over(account.space, "Wants a quote for forty grippers", actor=world.lena, queue=queue, tier="A",
                         body="Can you do wash-down?", contact_name="Ines Duarte", contact_email="ines@acme.example",
                         source="Webinar")
    db.session.commit()
    return made


@pytest.fixture
def told() -> Callable:
    """Who was told of a kind, with the reason, by handle: `told("handoff.given")`."""
    def ask(kind: str) -> dict[str, str]:
        query = db.select(Notification).join(Activity, Activity.id == Notification.activity_id)
        found = db.session.scalars(query.where(Activity.kind == kind))
        return {each.person.handle: each.reason for each in found}
    return ask
