"""Review cycles of the demo company: the last one is over, this one is under way, and one review is written by two."""

from datetime import date, timedelta

from app.cycles.actions import Owed, begin_review, start_cycle
from app.demo.stage import Stage
from app.reviews.drafting import invite_author, write

LAST = (("Wash-down Nurture", "Southern Europe", "sofia"), ("Found When Searching", "EMEA", "priya"),
        ("Body Shop Briefs", "North America", "dana"), ("Partner Days", "DACH", "tobias"))
THIS = (("Leak Clinic", "DACH", "lena"), ("Leak Clinic", "Southern Europe", "lena"),
        ("Appliance Twelve", "North America", "marcus"), ("Battery East", "China", "chenyue"),
        ("Wash-down Nurture", "Southern Europe", "sofia"), ("Found When Searching", "EMEA", "priya"),
        ("Partner Days", "DACH", "tobias"))
REVIEWERS = ("ingrid", "nadia", "henrik")
OPEN_FOR = timedelta(days=14)


def add(stage: Stage) -> None:
    """Schedule the cycles of the last two quarters that were reviewed, and the draft that two are writing."""
    calendar = stage.calendar
    last, this = calendar.moment("q-2 +20 08:00").date(), calendar.end.date() + timedelta(days=5)
    stage.schedule(calendar.moment("q-2 +3 08:00"), lambda: _start(stage, -2, LAST, last))
    stage.schedule(calendar.moment("-20 08:00"), lambda: _start(stage, -1, THIS, this))
    stage.schedule(calendar.moment("-2 09:30"), lambda: _write_together(stage))


def _start(stage: Stage, quarter: int, owed: tuple, due_on: date) -> None:
    stage.cycle = start_cycle(
        stage.spaces["commons"], stage.calendar.quarter(quarter), actor=stage.people["pieter"], due_on=due_on,
        closes_on=due_on + OPEN_FOR, owed=[Owed(name, region, stage.people[who]) for name, region, who in owed],
        reviewers=[stage.people[who] for who in REVIEWERS],
    )


def _write_together(stage: Stage) -> None:
    lena, sofia = stage.people["lena"], stage.people["sofia"]
    [owed] = [each for each in stage.cycle.owed if each.name == "Leak Clinic · Southern Europe"]
    draft = begin_review(owed, {"currency": "EUR", "space_id": str(stage.spaces["emea"].id)}, actor=lena)
    invite_author(draft, sofia, actor=lena)
    write(draft, {"cost": "11.400", "leads": "58", "what_worked": "Sessions in Italian, by a plant engineer."},
          actor=sofia)
