"""What marketing of the demo company hands to sales, in two accounts: waiting, asked back, overdue, declined, won.

A scene: who gives what, when, and to whom ("q:" names a queue); then steps, each with when, who, and what they say.
"""

from collections.abc import Callable
from decimal import Decimal

from app.demo.stage import Stage
from app.handoffs.actions import accept, answer, ask_back, decline, hand_over, pass_on, tell_outcome
from app.handoffs.models import Handoff
from app.handoffs.queue_actions import open_queue
from app.handoffs.queue_models import Queue
from app.people.models import Person

OPENED = "-60 08:00"
SALES, AMERICA = "Inside sales", "Sales North America"
GIVEN = (
    {
        "at": "-38 09:15", "by": "lena", "in": "brennhage", "to": "jon", "review": "r-leak-2", "source": "Recording",
        "title": "Asks for leak figures of a whole line, not of one cell",
        "body": "“If one seal costs us four minutes a shift, what do forty cost us?”",
        "contact_name": "Ralf Steiner", "contact_role": "Head of Maintenance, Győr",
        "contact_email": "r.steiner@brennhage.example", "permission_channel": "E-mail, phone",
        "permission_basis": "Consent with the recording",
        "steps": (("-38 11:40", "jon", accept, "I know him. Calling this afternoon."),
                  ("-35 14:00", "jon", tell_outcome, "Line walk in Győr is set.", {"outcome": "meeting"}),
                  ("-24 10:30", "jon", tell_outcome, "Forty grippers on line 4, two more lines behind it.",
                   {"outcome": "opportunity", "amount": Decimal(148_000), "currency": "EUR"}),
                  ("-2 15:10", "jon", tell_outcome, "Signed. The recording opened the door, @lena.",
                   {"outcome": "won", "amount": Decimal(131_500), "currency": "EUR"})),
    },
    {
        "at": "-21 10:05", "by": "tobias", "in": "brennhage", "to": SALES, "review": "r-leak-2", "source": "Fair",
        "signal": "signal", "title": "Three engineers of the Leipzig plant took the vacuum sizing sheet",
        "body": "No names, only badges. All three came back for the demo cell.",
        "permission_channel": "Post", "permission_basis": "Badge scan, fair",
        "steps": (("-20 09:20", "nadia", decline, "Badges alone are not enough to call anybody. Next time ask one "
                   "question at the cell and write the answer down.", {"reason": "Too little to go on"}),),
    },
    {
        "at": "-6 13:30", "by": "lena", "in": "brennhage", "to": SALES, "review": "r-leak-1", "source": "Webinar",
        "title": "Wants a quote for the press line before the budget closes",
        "body": "“Our budget closes with the month. Can somebody walk the line before that?”",
        "contact_name": "Ines Duarte", "contact_role": "Production Planning", "contact_email":
        "i.duarte@brennhage.example", "permission_channel": "Phone", "permission_basis": "Asked for a call",
        "steps": (),
    },
    {
        "at": "-3 08:50", "by": "tobias", "in": "brennhage", "to": "jon", "source": "Partner day",
        "programme": "Partner Days", "title": "An integrator asks who may service the grippers in Hungary",
        "contact_name": "Gábor Németh", "contact_role": "Integrator", "permission_channel": "E-mail",
        "permission_basis": "Business card, said yes",
        "steps": (("-3 10:15", "jon", ask_back, "Is he asking for Brennhage, or for himself?"),),
    },
    {
        "at": "-2h", "by": "marcus", "in": "lakeshore", "to": AMERICA, "review": "r-appliance-1",
        "source": "Account e-mail", "title": "Plant manager opened the retrofit sheet nine times this week",
        "signal": "signal", "body": "Four of the nine from a phone, on the shop floor.",
        "contact_name": "Dolores Pike", "contact_role": "Plant Manager, Dayton",
        "contact_email": "d.pike@lakeshore.example", "permission_channel": "E-mail",
        "permission_basis": "Customer since 2021", "steps": (),
    },
    {
        "at": "-4 15:00", "by": "marcus", "in": "lakeshore", "to": "rick", "review": "r-appliance-1",
        "source": "Account e-mail", "title": "Wants cycle times of the dryer line with the new cup",
        "contact_name": "Owen Fitch", "contact_role": "Process Engineering", "permission_channel": "E-mail",
        "permission_basis": "Customer since 2021",
        "steps": (("-4 15:20", "rick", pass_on, "Owen is in Shauna's plant. She knows the line.", {"to": "shauna"}),
                  ("-4 15:50", "shauna", pass_on, "He asked for Rick by name, so back to him.", {"to": "rick"}),
                  ("-4 16:10", "rick", ask_back, "Which dryer line, old or new?"),
                  ("-3 14:30", "marcus", answer, "The new one; he sent a video."),
                  ("-3 17:00", "rick", accept, "Then it is mine.")),
    },
)
COLUMNS = ("contact_name", "contact_role", "contact_email", "programme", "source", "permission_channel",
           "permission_basis")


def add(stage: Stage) -> None:
    """Schedule all of it."""
    queues: dict[str, Queue] = {}
    stage.schedule(stage.calendar.moment(OPENED), lambda: queues.update(_queues(stage)))
    for scene in GIVEN:
        made: list[Handoff] = []
        stage.schedule(stage.calendar.moment(scene["at"]),
                       lambda scene=scene, made=made: made.append(_give(stage, scene, queues)))
        for moment, name, act, note, *more in scene["steps"]:
            stage.schedule(stage.calendar.moment(moment), lambda made=made, name=name, act=act, note=note, more=more:
                           _take(stage, made[0], stage.people[name], act, note, *more))


def _queues(stage: Stage) -> dict[str, Queue]:
    """The team's queue, which Henrik leads, and the one of North America in its own hours."""
    people = stage.people
    return {
        SALES: open_queue(SALES, actor=people["pieter"], team_id=people["nadia"].team_id, leaders=[people["henrik"]],
                          timezone="Europe/Berlin"),
        AMERICA: open_queue(AMERICA, actor=people["pieter"], people=[people["rick"], people["shauna"]],
                            leaders=[people["shauna"]], timezone="America/Detroit", opens=8 * 60),
    }


def _give(stage: Stage, scene: dict, queues: dict[str, Queue]) -> Handoff:
    to = {"queue": queues[scene["to"]]} if scene["to"] in queues else {"person": stage.people[scene["to"]]}
    return hand_over(
        stage.spaces[scene["in"]], scene["title"], actor=stage.people[scene["by"]], body=scene.get("body", ""),
        review=stage.entries[scene["review"]] if "review" in scene else None, signal=scene.get("signal", "lead"), **to,
        **{name: scene[name] for name in COLUMNS if name in scene},
    )


def _take(stage: Stage, handoff: Handoff, actor: Person, act: Callable, note: str, more: dict | None = None) -> None:
    more = dict(more or {})
    if "to" in more:
        more = {"person": stage.people[more["to"]]}
    first = [more.pop(name) for name in ("outcome", "reason") if name in more]
    if act in (ask_back, answer, pass_on):
        act(handoff, note, actor=actor, **more)
    else:
        act(handoff, *first, actor=actor, note=note, **more)
