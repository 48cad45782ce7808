"""The steps both sides take in the thread of a hand-off: who may, when, by which form, and by which action."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.access import can
from app.extensions import db
from app.forms import Form
from app.handoffs import actions, forms, levels, waiting
from app.handoffs.models import OPEN, WAITING, Handoff
from app.handoffs.queue_models import Queue
from app.people.models import Person
from app.reviews.currencies import company_currency


def _decline_form(_handoff: Handoff) -> Form:
    form = forms.DeclineForm()
    form.reason.choices = [(each, each) for each in levels.reasons()]
    return form


def _outcome_form(handoff: Handoff) -> Form:
    known = {"currency": handoff.currency or company_currency(), "amount": handoff.amount}
    form = forms.OutcomeForm(**known)
    form.outcome.choices = [(each, forms.OUTCOME_NAMES[each]) for each in handoff.next_outcomes]
    return form


def _decline(handoff: Handoff, form: Form, actor: Person) -> None:
    actions.decline(handoff, form.reason.data, actor=actor, note=form.note.data)


def _pass_form(handoff: Handoff) -> Form:
    form = forms.PassForm()
    form.space = handoff.space
    form.queue.choices = [(forms.NOBODY, _("none")), *(
        (each.id, each.name) for each in waiting.queues(current_user)
        if not handoff.outcome and (each.id != handoff.queue_id or handoff.state == "accepted"))]
    return form


def _pass_on(handoff: Handoff, form: Form, actor: Person) -> None:
    queue = db.session.get(Queue, form.queue.data) if form.queue.data else None
    person = form.person.people[0] if form.person.people else None
    actions.pass_on(handoff, form.note.data, actor=actor, person=person, queue=queue)


def _tell_outcome(handoff: Handoff, form: Form, actor: Person) -> None:
    actions.tell_outcome(handoff, form.outcome.data, actor=actor, **form.said())


@dataclass(frozen=True)
class Step:
    """`name` is the last part of its address; `label` stands on its button, `done` is said afterwards."""

    name: str
    verb: str
    states: tuple[str, ...]
    label: object
    icon: str
    done: object
    form: Callable[[Handoff], Form]
    act: Callable[[Handoff, Form, Person], None]

    def is_open_to(self, person: Person, handoff: Handoff) -> bool:
        """Whether this person may take it now."""
        goes_on = handoff.state != "accepted" or bool(handoff.next_outcomes)
        return handoff.state in self.states and goes_on and can(person, self.verb, handoff)


STEPS = {step.name: step for step in (
    Step("acceptance", "take", OPEN, _l("Accept"), "circle-check", _l("It is yours. Say here what comes of it."),
         lambda handoff: forms.NoteForm(), lambda handoff, form, actor: actions.accept(
             handoff, actor=actor, note=form.note.data)),
    Step("questions", "take", WAITING, _l("Ask back"), "question-mark",
         _l("They are asked; your clock stands still until they answer."),
         lambda handoff: forms.QuestionForm(), lambda handoff, form, actor: actions.ask_back(
             handoff, form.note.data, actor=actor)),
    Step("declinations", "take", OPEN, _l("Decline"), "x", _l("Declined; they know why."), _decline_form, _decline),
    Step("answers", "give", ("asked",), _l("Answer"), "arrow-back-up", _l("Answered; it waits for sales again."),
         lambda handoff: forms.AnswerForm(), lambda handoff, form, actor: actions.answer(
             handoff, form.note.data, actor=actor)),
    Step("passings", "pass_on", (*OPEN, "accepted"), _l("Pass on"), "arrows-exchange",
         _l("It is with them now; both sides know."), _pass_form, _pass_on),
    Step("withdrawal", "give", OPEN, _l("Take back"), "arrow-back-up", _l("You took it back; it waits for nobody."),
         lambda handoff: forms.NoteForm(), lambda handoff, form, actor: actions.withdraw(
             handoff, actor=actor, note=form.note.data)),
    Step("outcomes", "report", ("accepted",), _l("Say what came of it"), "flag", _l("Both sides know what came of it."),
         _outcome_form, _tell_outcome),
)}


def steps_for(handoff: Handoff) -> list[Step]:
    """The steps that who asks may take now, in the order in which they are offered."""
    person = current_user._get_current_object()
    return [step for step in STEPS.values() if step.is_open_to(person, handoff)]
