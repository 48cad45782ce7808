"""Writing next steps, and telling what came of one."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import DateField, SelectField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from app.access import LARGEST_KEY, can
from app.entries.lines import lines_of
from app.extensions import db
from app.forms import Form
from app.people.days import today_for
from app.reviews.models import Review
from app.reviews.said import OUTCOME_NAMES
from app.reviews.step_owners import Misunderstood, understood
from app.spaces.models import Space

HOW = _l("One a line. At its end who and until when: Translate the deck @jon 2026-12-15")
OPEN = "open"


class StepsField(TextAreaField):
    """Next steps, one a line, with who owes each and until when; given the review whose they are, or text.

    Of a form with a `space_id`. `steps` is what the text says, once the form is valid.
    """

    def process_data(self, value) -> None:
        self.review, self.steps = value if isinstance(value, Review) else None, []
        self.data = "\n".join(each.line for each in value.commitments) if self.review else value

    def pre_validate(self, form) -> None:
        review = self.review or _not_posted(form.space_id.data)
        if review is None:
            return
        try:
            self.steps = understood(lines_of(self.data or ""), review, actor=current_user)
        except Misunderstood as error:
            raise ValidationError(str(error)) from None


def _not_posted(space_id: int | None) -> Review | None:
    """A review that is about to be posted there; None where that is refused, and nothing must be told of who is in."""
    space = db.session.get(Space, space_id) if space_id and 0 < space_id <= LARGEST_KEY else None
    return Review(space_id=space.id) if space and can(current_user, "post", space) else None


class SettleForm(Form):
    """What came of a commitment. When it is carried into the next review, `day` is the new date."""

    outcome = SelectField(_l("Outcome"), choices=[
        *((each, OUTCOME_NAMES[each]) for each in ("done", "partly", "dropped")), (OPEN, _l("Still open")),
    ])
    told = TextAreaField(_l("What happened"), [Length(max=4000)], description=_l("When it is dropped: why."))
    day = DateField(_l("Done on"), [Optional()], description=_l("Left empty: today."))

    def validate_told(self, field) -> None:
        if self.outcome.data == "dropped" and not field.data:
            raise ValidationError(_l("Say why it is dropped."))

    def validate_day(self, field) -> None:
        if field.data and self.outcome.data in ("done", "partly") and field.data > today_for(current_user):
            raise ValidationError(_l("This day is yet to come."))

    def told_fields(self) -> dict:
        """What `commitments.settle` takes."""
        dropped = self.outcome.data == "dropped"
        return {"did": "" if dropped else self.told.data, "reason": self.told.data if dropped else "",
                "done_on": self.day.data}


class TellForm(SettleForm):
    """The same in the review that opens with it, where it can be carried over as well."""

    outcome = SelectField(_l("Outcome"), choices=[
        (each, OUTCOME_NAMES[each]) for each in ("done", "partly", "carried", "dropped")
    ])
    day = DateField(_l("Done on, or carried over until"), [Optional()], description=_l(
        "Done: the day it was, left empty today. Carried over: the new date, left empty the one it had."))
