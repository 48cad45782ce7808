"""Who owes the result of a trial is asked for it, on the day it is due."""

from app import jobs
from app.activity.delivery import end_of_sweep
from app.db import now
from app.learnings.actions import ask_overdue


@jobs.every_minute
def ask_for_results() -> int:
    """Ask whoever has not been asked yet; how many were."""
    return end_of_sweep(ask_overdue(now().date()))
