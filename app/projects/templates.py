"""What projects of a kind usually need. Days are counted from the first day of the project, or from its last."""

from flask_babel import lazy_gettext as _l

from app.projects.plans import Item, Offset, Plan


def _start(days: int) -> Offset:
    return Offset(days)


def _end(days: int) -> Offset:
    return Offset(days, from_end=True)


def _items(milestones: tuple, tasks: tuple, questions: tuple, discussions: tuple) -> tuple[Item, ...]:
    """Milestones are (key, name, day), tasks (text, day, key of their milestone), questions (text, day, options),
    discussions (subject, first words)."""
    return (
        *(Item("milestone", f"milestone-{key}", name, day) for key, name, day in milestones),
        *(Item("task", f"task-{number}", text, day, of=f"milestone-{of}" if of else None)
          for number, (text, day, of) in enumerate(tasks)),
        *(Item("question", f"question-{number}", text, day, options=options)
          for number, (text, day, options) in enumerate(questions)),
        *(Item("discussion", f"discussion-{number}", text, body=body)
          for number, (text, body) in enumerate(discussions)),
    )


WEBINAR = Plan(
    _l("Webinar"),
    _l("## For whom\n\n\n## What they take home\n\n\n## Who does what\n\n- Speaker:\n- Host:\n- Invitation and pages:\n"
       "- Follow-up in sales:\n\n## What we measure\n\nRegistered, attended, asked for a meeting.\n\n## Limits\n"),
    _items(
        (("topic", _l("Topic and speaker agreed"), _start(7)), ("invited", _l("Invitations are out"), _end(-28)),
         ("rehearsed", _l("Rehearsed"), _end(-3)), ("live", _l("On air"), _end(0)),
         ("followed", _l("Everybody followed up"), _end(7))),
        ((_l("Look up what earlier webinars taught us"), _start(2), "topic"),
         (_l("Agree on one question the hour answers"), _start(5), "topic"),
         (_l("Win the speaker"), _start(7), "topic"),
         (_l("Build the page and the form, with no more fields than needed"), _end(-32), "invited"),
         (_l("Write the invitation and the reminder"), _end(-31), "invited"),
         (_l("Check who may be invited by which channel"), _end(-30), "invited"),
         (_l("Slides in a first version"), _end(-12), "rehearsed"),
         (_l("Rehearse with the tool itself"), _end(-3), "rehearsed"),
         (_l("Somebody watches the questions while it runs"), _end(0), "live"),
         (_l("Send the recording to who came and who did not"), _end(1), "followed"),
         (_l("Call who asked for a meeting"), _end(3), "followed"), (_l("Post the review"), _end(14), "followed")),
        ((_l("Which day and hour?"), _start(7), ()),
         (_l("Live only, or with a recording?"), _end(-28),
         (_l("Live only"), _l("Recording for all"), _l("Recording for who registered")))),
        ((_l("What is the one question of the hour?"), _l("Write what you would want answered, one line each.")),
         (_l("Questions customers ask us about this"), _l("Sales and product: the words they use, please."))),
    ),
    duty=_l("Runs the webinar"), about=_l("An hour live, from the topic to the calls after it."), length=56,
    counts_from_end=True,
)
EVENT = Plan(
    _l("Event or fair"),
    _l("## Why we go\n\n\n## Whom we want to meet\n\n\n## Who does what\n\n"
    "- Stand and logistics:\n- Demos:\n- Meetings:\n"
       "- Leads after it:\n\n## Budget\n\n\n## What we measure\n\n"
       "Meetings held, hand-offs taken, cost of a meeting.\n"),
    _items(
        (("booked", _l("Stand booked"), _start(14)), ("stand", _l("Stand and demos agreed"), _end(-60)),
         ("meetings", _l("Meetings arranged"), _end(-10)), ("shipped", _l("All shipped"), _end(-7)),
         ("open", _l("Last day of the fair"), _end(0)), ("handed", _l("Leads handed over"), _end(5))),
        ((_l("Read the review of the last time"), _start(3), "booked"), (_l("Book the stand"), _start(14), "booked"),
         (_l("Agree on two demos, not five"), _end(-70), "stand"),
         (_l("Order stand, power and network"), _end(-65), "stand"),
         (_l("List the accounts that will be there, with their owners"), _end(-40), "meetings"),
         (_l("Invite to meetings by name"), _end(-30), "meetings"), (_l("Rooms and travel"), _end(-45), "stand"),
         (_l("How a talk is written down at the stand"), _end(-14), "shipped"),
         (_l("Ship demos and spare parts"), _end(-7), "shipped"),
         (_l("Every evening: what was asked today"), _end(0), "open"),
         (_l("Hand leads over, each with what was said"), _end(3), "handed"),
         (_l("Post the review"), _end(20), "handed")),
        ((_l("Which demos do we show?"), _end(-75), ()), (_l("Own stand or with a partner?"), _start(7),
         (_l("Own stand"), _l("With a partner"), _l("Not at all")))),
        ((_l("What went wrong the last time"), _l("One line each; nobody is blamed.")),
         (_l("Who will be there that we want to meet?"), _l("Accounts with $, people with their role."))),
    ),
    duty=_l("Runs the event"), about=_l("A stand, a fair or an open house, with the meetings around it."), length=120,
    counts_from_end=True,
)
LAUNCH = Plan(
    _l("Launch"),
    _l("## What is new, in a sentence\n\n\n## For whom it matters\n\n\n## What we may say\n\n"
    "Claims that are proven, and by what.\n\n"
       "## Who does what\n\n- Product:\n- Messages and texts:\n- Sales material:\n- Approves claims:\n\n"
       "## What we measure\n"),
    _items(
        (("message", _l("Message agreed"), _start(21)), ("proof", _l("Every claim is proven"), _end(-30)),
         ("ready", _l("Sales is ready"), _end(-7)), ("launch", _l("Launch"), _end(0)),
         ("look", _l("First look back"), _end(30))),
        ((_l("Talk to five customers about the problem"), _start(14), "message"),
         (_l("One sentence that all can repeat"), _start(21), "message"),
         (_l("List every claim with its proof"), _end(-40), "proof"),
         (_l("Legal reads the claims"), _end(-33), "proof"),
         (_l("Sales deck in a first version"), _end(-35), "ready"), (_l("Data sheet and prices"), _end(-21), "ready"),
         (_l("Answers to what will be asked"), _end(-14), "ready"), (_l("Train sales and partners"), _end(-7), "ready"),
         (_l("Page and post in all languages"), _end(-3), "launch"),
         (_l("Tell the key accounts before the world"), _end(-2), "launch"),
         (_l("Ask sales what they hear"), _end(14), "look"), (_l("Post the review"), _end(40), "look")),
        ((_l("Which claim leads?"), _start(21), ()), (_l("Which customer stands by it in public?"), _end(-45), ()),
         (_l("Which markets first?"), _start(14), (_l("All at once"), _l("One market first"), _l("By language")))),
        ((_l("Objections we will hear"), _l("Write the objection in the customer's words.")),
         (_l("Claims and their proof"), _l("A claim a line, then what proves it and who has it."))),
    ),
    duty=_l("Runs the launch"), about=_l("Something new, from its message to the first look back."), length=90,
    counts_from_end=True,
)
ABM = Plan(
    _l("Account programme"),
    _l("## The accounts, and why these\n\n\n## What we know of them\n\n"
    "Who decides, who is affected, what they told us.\n\n## What we offer them\n\n\n"
       "## Who does what\n\n- Marketing, by account:\n- Sales, by account:\n- Content:\n\n## What we measure\n\n"
       "People we know per account, meetings, opportunities; not clicks.\n"),
    _items(
        (("chosen", _l("Accounts chosen with sales"), _start(14)), ("known", _l("We know the people"), _start(35)),
         ("first", _l("First conversations"), _start(60)),
         ("half", _l("Half-time: go on or stop, by account"), _start(90)),
         ("end", _l("Looked back together"), _end(0))),
        ((_l("Choose the accounts with sales, and say why"), _start(10), "chosen"),
         (_l("A marketer and a salesperson for each account"), _start(14), "chosen"),
         (_l("Who is missing: decision, purchasing, use"), _start(28), "known"),
         (_l("Check who may be spoken to how"), _start(30), "known"),
         (_l("One page on each account"), _start(35), "known"),
         (_l("One piece of content that only they would want"), _start(45), "first"),
         (_l("First conversation at every account"), _start(60), "first"),
         (_l("Half-time talk with sales"), _start(90), "half"),
         (_l("Post the review"), _end(10), "end")),
        ((_l("How many accounts?"), _start(7), (_l("Five"), _l("Twelve"), _l("Twenty"))),
         (_l("When do we stop with an account?"), _start(30), ())),
        ((_l("What each account told us"), _l("Their words, and who said it.")),
         (_l("What sales needs next"), _l("One thing per account."))),
    ),
    duty=_l("Runs the programme"), about=_l("Named accounts that marketing and sales work together."), length=180,
)
TEMPLATES: dict[str, Plan] = {"webinar": WEBINAR, "event": EVENT, "launch": LAUNCH, "abm": ABM}
