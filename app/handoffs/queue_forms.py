"""Queues, service levels and reasons, as those who lead sales keep them."""

from datetime import date, time

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.models import TIERS
from app.forms import Form
from app.handoffs.queue_models import NAME_LENGTH, REASON_LENGTH, Queue
from app.people.models import Person
from app.presentation import known_timezones
from app.spaces.naming import colleagues_named, written

NOBODY = 0
MOST_HOLIDAYS = 200
MOST_REASONS = 20
WEEKDAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))
DAY_ENDS = time(23, 59)
"""Nobody can type 24:00 into a field for times: this is the whole evening."""


class DaysField(SelectMultipleField):
    """Days of the week as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ColleaguesField(StringField):
    """Colleagues by handle; afterwards they are in `people`."""

    people: list[Person] = ()

    def post_validate(self, form, validation_stopped: bool) -> None:
        handles = [each.removeprefix("@").lower() for each in self.data.replace(",", " ").split()]
        known = colleagues_named(set(handles))
        if unknown := [each for each in handles if each not in known]:
            raise ValidationError(_("No colleague is called @%(handle)s.", handle=unknown[0]))
        self.people = [known[each] for each in dict.fromkeys(handles)]


class QueueForm(Form):
    name = StringField(_l("Name"), [DataRequired(_l("Give it a name.")), Length(max=NAME_LENGTH)])
    team_id = SelectField(_l("The queue of the team"), coerce=int, default=NOBODY,
                          description=_l("Everybody in it takes out of the queue, and works in its hours."))
    people = ColleaguesField(_l("Who else takes out of it"), [Length(max=2000)], description=_l("@jon @nadia"))
    leaders = ColleaguesField(_l("Who leads it"), [Length(max=1000)],
                              description=_l("They keep queues, service levels and reasons."))
    timezone = StringField(_l("Time zone"), [Length(max=60)], description=_l("For example Europe/Berlin"))
    days = DaysField(_l("Working days"), coerce=int, choices=list(enumerate(WEEKDAYS)))
    opens = TimeField(_l("From"), [InputRequired(_l("Say from when."))])
    closes = TimeField(_l("Until"), [InputRequired(_l("Say until when."))])
    holidays = TextAreaField(_l("Holidays"), [Length(max=4000)],
                             description=_l("Days on which nobody works, one a line: 2026-12-25"))

    def validate_timezone(self, field) -> None:
        if field.data not in known_timezones:
            raise ValidationError(_l("There is no such time zone. Write it like Europe/Berlin."))

    def validate_days(self, field) -> None:
        if not field.data:
            raise ValidationError(_l("Choose at least one day."))

    def validate_closes(self, field) -> None:
        if field.data and self.opens.data and field.data <= self.opens.data:
            raise ValidationError(_l("It ends before it begins."))

    def validate_holidays(self, field) -> None:
        lines = [each.strip() for each in field.data.splitlines() if each.strip()]
        if len(lines) > MOST_HOLIDAYS:
            raise ValidationError(_("Name at most %(most)s.", most=MOST_HOLIDAYS))
        try:
            self.free = sorted({date.fromisoformat(each) for each in lines})
        except ValueError:
            raise ValidationError(_l("Write days like 2026-12-25, one a line.")) from None

    def said(self) -> dict:
        """The fields as `open_queue` takes them."""
        closes = 24 * 60 if self.closes.data >= DAY_ENDS else _minutes(self.closes.data)
        return {"name": self.name.data, "team_id": self.team_id.data or None, "timezone": self.timezone.data,
                "days": "".join(str(each) for each in sorted(self.days.data)), "opens": _minutes(self.opens.data),
                "closes": closes, "holidays": [each.isoformat() for each in self.free],
                "people": self.people.people, "leaders": self.leaders.people}


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _moment(minutes: int) -> time:
    return DAY_ENDS if minutes >= 24 * 60 else time(minutes // 60, minutes % 60)


def known(queue: Queue) -> dict:
    """A queue as its form begins."""
    return {"name": queue.name, "team_id": queue.team_id or NOBODY, "timezone": queue.timezone,
            "days": [int(each) for each in queue.days], "opens": _moment(queue.opens), "closes": _moment(queue.closes),
            "holidays": "\n".join(queue.holidays), "people": written([each.person for each in queue.seats]),
            "leaders": written([each.person for each in queue.seats if each.leads])}


class LevelForm(Form):
    tier = SelectField(choices=[(each, each) for each in TIERS])
    answer_hours = IntegerField(_l("Working hours until sales answers"), [
        InputRequired(_l("Say how many.")), NumberRange(1, 1000, _l("A number from %(min)s to %(max)s."))])
    outcome_days = IntegerField(_l("Working days until sales says what came of it"), [
        InputRequired(_l("Say how many.")), NumberRange(1, 365, _l("A number from %(min)s to %(max)s."))])


class ReasonsForm(Form):
    reasons = TextAreaField(_l("Why something may be declined"), [DataRequired(_l("Name at least one reason."))],
                            description=_l("One a line, in the order in which they are offered."))

    def validate_reasons(self, field) -> None:
        lines = self.lines()
        if len(lines) > MOST_REASONS:
            raise ValidationError(_("Name at most %(most)s.", most=MOST_REASONS))
        if any(len(each) > REASON_LENGTH for each in lines):
            raise ValidationError(_("Use at most %(most)s characters for each.", most=REASON_LENGTH))

    def lines(self) -> list[str]:
        """The reasons, as they were typed."""
        return [each.strip() for each in self.reasons.data.splitlines() if each.strip()]
