"""What customers of the demo company were sent, where they stand, and whom files are made for."""

from app.accounts.actions import change_account
from app.demo.reuse import everything
from app.demo.stage import Stage
from app.reuse.actions import say_rights
from app.sendings.actions import record_sending

STAGES = {"brennhage": ("jon", "renewing"), "lakeshore": ("rick", "buying"), "molino": ("sofia", "evaluating"),
          "norrfrakt": ("nadia", "evaluating")}
MADE_FOR = {
    "CleanGrip launch deck": ("sofia", ["Bakery and pasta", "Frozen food", "Pharmaceuticals"], ["aware", "evaluating"]),
    "CleanGrip one-pager, Arabic and English": ("amira", ["Frozen food", "Bakery and pasta"], ["aware", "evaluating"]),
    "Case study: line 2 at Molino Verde": ("sofia", ["Bakery and pasta", "Frozen food"], ["evaluating", "using"]),
    "Győr, line 4: measurement protocol": ("tobias", ["Automotive tier 1"], ["using", "renewing"]),
    "F6 price list, draft for print": ("martin", [], ["buying", "renewing"]),
    "Clyde: night calls, before and after": ("marcus", ["Household appliances", "Automotive tier 1"], []),
}


def add(stage: Stage) -> None:
    """Schedule all of it."""
    def at(day: str, event) -> None:
        stage.schedule(stage.calendar.moment(day), event)

    at("-45 10:20", lambda: _stages(stage))
    at("-5 16:30", lambda: _made_for(stage))
    at("-30 11:15", lambda: _send(stage, "molino", "sofia", "meeting", ["CleanGrip launch deck"],
                                  "Chiara Bassi <c.bassi@molinoverde.example>", "She keeps the paper copy.",
                                  reason="The claim on slide 3 was agreed with product on the phone."))
    at("-4 09:40", lambda: _send(stage, "molino", "sofia", "mail", ["Case study: line 2 at Molino Verde"],
                                 "Chiara Bassi <c.bassi@molinoverde.example>", "For her board, as agreed."))
    at("-3 14:05", lambda: _send(stage, "brennhage", "jon", "mail", ["Győr, line 4: measurement protocol"],
                                 "Anna Kessler <anna.kessler@brennhage.example>", "She asked for the raw figures.",
                                 reason="They are their own figures; there is nothing to approve."))


def _stages(stage: Stage) -> None:
    for name, (who, where) in STAGES.items():
        change_account(stage.spaces[name].account, actor=stage.people[who], stage=where)


def _made_for(stage: Stage) -> None:
    files = everything()
    for title, (who, industries, stages) in MADE_FOR.items():
        say_rights(files[title], actor=stage.people[who], places={"industry": industries, "stage": stages})


def _send(stage: Stage, space: str, who: str, channel: str, titles: list[str], to: str, note: str, reason: str = ""
          ) -> None:
    name, _bracket, email = to.partition(" <")
    files = everything()
    record_sending(stage.spaces[space].account, [files[each].current for each in titles], actor=stage.people[who],
                   channel=channel, people=[(name, email.strip(">"))], note=note, reason=reason)
