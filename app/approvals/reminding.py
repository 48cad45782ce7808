"""Approvals that are due are reminded of, regularly."""

from app import jobs
from app.activity.delivery import end_of_sweep
from app.approvals.actions import remind_due
from app.db import now


@jobs.every_minute
def remind_regularly() -> int:
    """How many were reminded."""
    return end_of_sweep(remind_due(now()))
