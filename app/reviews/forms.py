"""The form of a campaign review; every figure may stay empty, an empty one is never taken for zero."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from app.entries.models import TITLE_LENGTH
from app.people.days import today_for
from app.reviews.commitment_forms import HOW, StepsField
from app.reviews.figures_form import FiguresForm
from app.reviews.models import QUARTER


class ReviewForm(FiguresForm):
    title = StringField(_l("Campaign"), [DataRequired(_l("Name the campaign.")), Length(max=TITLE_LENGTH)])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])
    programme = StringField(_l("Programme"), [Length(max=120)])
    quarter = StringField(_l("Quarter"), [
        DataRequired(_l("Say which quarter.")), Regexp(QUARTER, message=_l("Write it like 2026-Q3."))
    ])
    region = StringField(_l("Region"), [Length(max=60)])
    segment = StringField(_l("Segment"), [Length(max=120)])
    channels = StringField(
        _l("Channels"), [Length(max=400)], description=_l("With commas: webinar, e-mail, trade fair.")
    )
    starts_on = DateField(_l("From"), [Optional()])
    ends_on = DateField(_l("Until"), [Optional()])
    body = TextAreaField(_l("Summary"), [Length(max=100_000)])
    what_worked = TextAreaField(_l("What worked"), [Length(max=20_000)])
    what_did_not = TextAreaField(_l("What did not"), [Length(max=20_000)])
    next_steps = StepsField(_l("Next steps"), [Length(max=8_000)], description=HOW)
    deck = FileField(_l("Deck"), description=_l("PowerPoint or PDF. Its slides open in the page."))
    learnings = TextAreaField(
        _l("Learnings"), [Length(max=8_000)],
        description=_l("One sentence a line: what to do again, or never. Each gets a page where others try it."),
    )
    closes_on = DateField(_l("Open for questions until"), [Optional()], description=_l("Then it is a record."))

    def validate_ends_on(self, field) -> None:
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_l("It ends before it starts."))

    def validate_closes_on(self, field) -> None:
        if field.data and field.data != field.object_data and field.data < today_for(current_user):
            raise ValidationError(_l("This day is over: name another, or none."))

    def validate_learnings(self, field) -> None:
        if any(len(line) > TITLE_LENGTH for line in self.claims()):
            raise ValidationError(_l("A learning is one sentence of at most %(most)s characters.") % {
                "most": TITLE_LENGTH})

    def claims(self) -> list[str]:
        """What was learned, each in a sentence."""
        return [line.strip() for line in (self.learnings.data or "").splitlines() if line.strip()]

    def typed(self) -> dict[str, str]:
        """What stands in each field, as it was typed; without the file, the token and what only the page needs."""
        return {field.name: field._value() if hasattr(field, "_value") else str(field.data or "")
                for field in self if field.name not in ("csrf_token", "deck")}

    def fields(self) -> dict:
        """What `actions.change_review` takes, lists read from their text."""
        names = ("title", "programme", "quarter", "region", "segment", "starts_on", "ends_on", "closes_on", "body",
                 "what_worked", "what_did_not")
        lists = {
            "channels": [part.strip()[:60] for part in (self.channels.data or "").split(",") if part.strip()],
            "steps": self.next_steps.steps,
        }
        return {name: self[name].data for name in names} | lists | self.figures()

    def posting(self) -> dict:
        """What `actions.post_review` takes: the fields, and what was learned."""
        return self.fields() | {"learnings": [{"claim": claim} for claim in self.claims()]}
