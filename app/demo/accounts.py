"""What the demo company knows of its customers besides what it says: whose part one is, what was changed and when; a
notice that all should have seen, and a question with answers to choose from.
"""

from app.accounts.actions import change_account
from app.accounts.models import Account
from app.demo.stage import Stage
from app.entries.actions import post
from app.entries.important import acknowledge, mark_important
from app.extensions import db
from app.polls.actions import ask, choose


def add(stage: Stage) -> None:
    """Schedule all of it."""
    stage.schedule(stage.calendar.moment("-41 10:05"), lambda: _records(stage))
    stage.schedule(stage.calendar.moment("-4 08:50"), lambda: _notice(stage))
    stage.schedule(stage.calendar.moment("-3 15:20"), lambda: _poll(stage))


def _account(stage: Stage, name: str) -> Account:
    return db.session.scalars(db.select(Account).where(Account.space_id == stage.spaces[name].id)).one()


def _records(stage: Stage) -> None:
    """Norrfrakt grew: it is worked harder since the frame contract was asked for."""
    henrik, sofia = stage.people["henrik"], stage.people["sofia"]
    account = _account(stage, "norrfrakt")
    change_account(account, actor=henrik, employees=4800)
    change_account(account, actor=sofia, tier="A")


def _notice(stage: Stage) -> None:
    """Everybody who works on CleanGrip should know that its price moves."""
    people = stage.people
    notice = post(stage.spaces["cleangrip"], "From Monday on the price list of **March** is the only one that counts. "
                  "Please take the old one out of your decks.", actor=people["sofia"])
    mark_important(notice, actor=people["sofia"])
    for name in ("katrin", "carla"):
        acknowledge(notice, actor=people[name])


def _poll(stage: Stage) -> None:
    people = stage.people
    asked = ask(stage.spaces["emea"], "Which fair do we visit together in spring?",
                ["Hannover", "Munich", "Neither: we go to a customer"], actor=people["lena"]).poll
    for name, which in (("sofia", 1), ("nadia", 1), ("henrik", 2)):
        choose(asked, [asked.options[which].id], actor=people[name])
