"""Hand-offs: what marketing gives to sales, what both sides do with it, the loop report. Reading one: `/entries`."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.access import fetch, visible
from app.accounts.models import TIERS, Account
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Amount, Day, Input, Moment, Output, Text, key
from app.api.handoff_inputs import HandoffFields, refused
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.showing import one, stretch
from app.db import now
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH
from app.extensions import db
from app.handoffs import actions, reading, report
from app.handoffs.loop import GROUPINGS, grouped
from app.handoffs.models import OUTCOMES, STATES, STEPS, Handoff, HandoffStep
from app.handoffs.queue_models import REASON_LENGTH, Queue
from app.handoffs.waiting import owed_by, waits_for
from app.people.models import Person
from app.reviews.currencies import company_currency
from app.reviews.models import QUARTER, Review
from app.reviews.numerals import CURRENCIES

NOTE_LENGTH = 5000


class HandoffIn(HandoffFields):
    title = Text(TITLE_LENGTH, needed=True, metadata={"description": "In a line, what they want."})
    body = Text(BODY_LENGTH, load_default="", metadata={"description": "What they asked or said, in Markdown."})
    person_id = key(load_default=None, allow_none=True, metadata={"description": "To whom; or `queue_id`."})
    queue_id = key(load_default=None, allow_none=True)
    tier = Text(choices=TIERS, load_default=None, metadata={"description": "How urgent; left out, the account's."})
    review_id = key(load_default=None, allow_none=True, metadata={"description": "The campaign it comes from."})
    read_ids = fields.List(key(), load_default=list, validate=Length(max=reading.MOST_READS), metadata={
        "description": "Entries that the contact read."})


class NoteIn(Input):
    note = Text(NOTE_LENGTH, load_default="", metadata={"description": "Becomes a comment of its thread."})


class WordsIn(Input):
    note = Text(NOTE_LENGTH, needed=True, metadata={"description": "Becomes a comment of its thread."})


class PassingIn(WordsIn):
    person_id = key(load_default=None, allow_none=True, metadata={"description": "To whom; or `queue_id`."})
    queue_id = key(load_default=None, allow_none=True)


class DeclineIn(NoteIn):
    reason = Text(REASON_LENGTH, needed=True, metadata={"description": "One of `/handoff-reasons`."})


class OutcomeIn(NoteIn):
    outcome = Text(choices=OUTCOMES, required=True)
    amount = Amount(load_default=None, allow_none=True, metadata={"description": "Of an opportunity or a win."})
    currency = Text(choices=CURRENCIES, load_default=None, metadata={"description": "Left out, the company's."})
    reason = Text(300, load_default="", metadata={"description": "Needed when it was lost."})
    day = Day(load_default=None, allow_none=True, metadata={"description": "Needed when it goes back to marketing."})


class StepSchema(Output):
    id = fields.Integer()
    step = fields.String(metadata={"enum": list(STEPS)})
    by_id = fields.Integer()
    comment_id = fields.Integer(allow_none=True)
    reason = fields.String()
    amount = Amount(allow_none=True)
    currency = fields.String()
    day = fields.Date(allow_none=True)
    person_id = fields.Integer(allow_none=True, metadata={
        "description": "Of one that was passed on: for whom it was until then; or `queue_id`."})
    queue_id = fields.Integer(allow_none=True)
    created_at = Moment()


class HandoffQuery(PlainQuery):
    state = Text(choices=STATES, load_default=None)
    mine = Text(choices=("waiting", "owed", "given"), load_default=None, metadata={
        "description": "What waits for me or my queues, whose outcome I owe, or what I gave."})
    queue_id = key(load_default=None, written=True)
    late = fields.Boolean(load_default=False, metadata={"description": "Whose clock has run out."})


class ReportQuery(PlainQuery):
    by = Text(choices=tuple(GROUPINGS), load_default="programme")
    quarter = Text(pattern=QUARTER, load_default="")
    programme = Text(120, load_default="")
    source = Text(60, load_default="")
    region = Text(60, load_default="")
    review_id = key(load_default=None, written=True)


class LoopSchema(Output):
    label = fields.String(metadata={"description": "Empty for those of which nobody said it."})
    given = fields.Integer()
    accepted = fields.Integer()
    declined = fields.Integer()
    declined_because = fields.Dict(attribute="reasons", keys=fields.String(), values=fields.Integer())
    median_answer_seconds = fields.Float(attribute="median_answer", allow_none=True, metadata={
        "description": "Working time until sales said anything."})
    opportunities = fields.Integer()
    opportunity_amounts = fields.Dict(attribute="pipeline", keys=fields.String(), values=Amount(), metadata={
        "description": "By currency."})
    won = fields.Integer()
    won_amounts = fields.Dict(attribute="revenue", keys=fields.String(), values=Amount())


class ReportSchema(Output):
    items = fields.List(fields.Nested(LoopSchema))


@operation("GET", "/accounts/<key:account_id>/handoffs", query=paged_query(), returns=SCHEMAS["handoff"], paged=True,
           also=(403,))
def list_account_handoffs(account_id, query):
    """What was handed over about an account, the newest first."""
    account = fetch(Account, account_id)
    ids = visible(current_user, Handoff).where(Handoff.space_id == account.space_id, Handoff.deleted_at.is_(None))
    found = page(ids.with_only_columns(Handoff.id), Handoff.id, **query)
    return stretch(found.items, found.next)


@operation("POST", "/accounts/<key:account_id>/handoffs", body=HandoffIn(), returns=SCHEMAS["handoff"], status=201)
def hand_over(account_id, body):
    """Give a lead or a buying signal to a person or a queue. Colleagues who may post in the account's group."""
    account = fetch(Account, account_id, "post")
    if current_user.is_guest:
        abort(403)
    with refused():
        handoff = actions.hand_over(account.space, body.pop("title"), actor=current_user, **_things(body))
    return one(handoff, status=201)


def _things(body: dict) -> dict:
    """What is named by ids, as far as the caller may see it."""
    person_id, queue_id, review_id = (body.pop(f"{name}_id") for name in ("person", "queue", "review"))
    ids = body.pop("read_ids")
    reads = reading.readable(current_user, ids)
    if set(ids) - set(reads):
        raise Invalid({"read_ids": [_("There is nothing there that you can see.")]})
    return body | {
        "person": fetch(Person, person_id) if person_id else None,
        "reads": [reads[each] for each in dict.fromkeys(ids)],
        "queue": fetch(Queue, queue_id) if queue_id else None,
        "review": fetch(Review, review_id) if review_id else None,
    }


@operation("GET", "/handoffs", query=paged_query(HandoffQuery), returns=SCHEMAS["handoff"], paged=True)
def list_handoffs(query):
    """The hand-offs I may see, newest first: all, in a state, in a queue, mine, late."""
    views = {"waiting": waits_for, "owed": owed_by, "given": lambda person: Handoff.author_id == person.id}
    found = visible(current_user, Handoff).where(Handoff.deleted_at.is_(None))
    mine, late = query.pop("mine"), query.pop("late")
    for name in ("state", "queue_id"):
        if (wanted := query.pop(name)) is not None:
            found = found.where(getattr(Handoff, name) == wanted)
    if mine:
        found = found.where(views[mine](current_user))
    if late:
        found = found.where(Handoff.due_at < now())
    ids = page(found.with_only_columns(Handoff.id), Handoff.id, **query)
    return stretch(ids.items, ids.next)


@operation("GET", "/handoffs/report", query=ReportQuery(), returns=ReportSchema())
def read_loop_report(query):
    """From handing over to winning, a row for each programme, review, quarter, source or region; what I may see."""
    by, review_id = query.pop("by"), query.pop("review_id")
    return {"items": grouped(report.given(current_user, report.Asked(query, review_id, by)), by)}


@operation("GET", "/handoffs/<key:handoff_id>/steps", query=paged_query(), returns=StepSchema(), paged=True)
def list_handoff_steps(handoff_id, query):
    """What happened to a hand-off since it was given, the first first."""
    handoff = fetch(Handoff, handoff_id)
    steps = db.select(HandoffStep).where(HandoffStep.handoff_id == handoff.id)
    return page(steps, HandoffStep.id, oldest_first=True, **query)


@operation("POST", "/handoffs/<key:handoff_id>/acceptance", body=NoteIn(), returns=SCHEMAS["handoff"])
def accept_handoff(handoff_id, body):
    """Take it, out of a queue too. Whom it is given to; 409 says who was first."""
    handoff = fetch(Handoff, handoff_id, "take")
    with refused():
        actions.accept(handoff, actor=current_user, **body)
    return one(handoff)


@operation("POST", "/handoffs/<key:handoff_id>/questions", body=WordsIn(), returns=SCHEMAS["handoff"])
def ask_back_about_handoff(handoff_id, body):
    """Ask marketing first; the clock stands still until they answer."""
    handoff = fetch(Handoff, handoff_id, "take")
    with refused():
        actions.ask_back(handoff, actor=current_user, **body)
    return one(handoff)


@operation("POST", "/handoffs/<key:handoff_id>/answers", body=WordsIn(), returns=SCHEMAS["handoff"])
def answer_about_handoff(handoff_id, body):
    """Answer what sales asked back; the clock goes on. Who gave it, and who runs the account."""
    handoff = fetch(Handoff, handoff_id, "give")
    with refused():
        actions.answer(handoff, actor=current_user, **body)
    return one(handoff)


@operation("POST", "/handoffs/<key:handoff_id>/passings", body=PassingIn(), returns=SCHEMAS["handoff"])
def pass_handoff_on(handoff_id, body):
    """Give it to another person or queue, with words. What is left of its clock goes along, in their hours. Who has
    accepted it passes it on as well: it waits for them then; once something came of it, a person has it at once.
    """
    handoff = fetch(Handoff, handoff_id, "pass_on")
    person_id, queue_id = body["person_id"], body["queue_id"]
    with refused():
        actions.pass_on(handoff, body["note"], actor=current_user,
                        person=fetch(Person, person_id) if person_id else None,
                        queue=fetch(Queue, queue_id) if queue_id else None)
    return one(handoff)


@operation("POST", "/handoffs/<key:handoff_id>/declinations", body=DeclineIn(), returns=SCHEMAS["handoff"])
def decline_handoff(handoff_id, body):
    """Do not take it, for a reason of the list."""
    handoff = fetch(Handoff, handoff_id, "take")
    with refused():
        actions.decline(handoff, actor=current_user, **body)
    return one(handoff)


@operation("POST", "/handoffs/<key:handoff_id>/withdrawal", body=NoteIn(), returns=SCHEMAS["handoff"])
def withdraw_handoff(handoff_id, body):
    """Take it back while nobody has accepted it. Who gave it, and who runs the account."""
    handoff = fetch(Handoff, handoff_id, "give")
    with refused():
        actions.withdraw(handoff, actor=current_user, **body)
    return one(handoff)


@operation("POST", "/handoffs/<key:handoff_id>/outcomes", body=OutcomeIn(), returns=SCHEMAS["handoff"])
def tell_handoff_outcome(handoff_id, body):
    """Say what came of it. Who accepted it, and who runs the account."""
    handoff = fetch(Handoff, handoff_id, "report")
    with refused():
        currency = body.pop("currency") or company_currency()
        actions.tell_outcome(handoff, actor=current_user, currency=currency, **body)
    return one(handoff)
