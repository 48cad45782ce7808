"""What people type into entries."""

from flask_babel import lazy_gettext as _l
from wtforms import FloatField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from app.entries.anchors import LONGEST_SECONDS
from app.entries.models import TITLE_LENGTH
from app.forms import Form

BODY_LENGTH = 100_000


def _too_long():
    return Length(max=BODY_LENGTH, message=_l("This is too long for one entry: %(max)d characters at most."))


class PostForm(Form):
    body = TextAreaField(_l("What happened?"), [DataRequired(_l("Write something first.")), _too_long()])
    space_id = IntegerField(_l("Where"), [DataRequired(_l("Choose where this belongs."))])


class SubjectForm(Form):
    title = StringField(_l("Subject"), [DataRequired(_l("Give it a subject.")), Length(max=TITLE_LENGTH)])


class DiscussionForm(SubjectForm):
    body = TextAreaField(_l("What is it about?"), [DataRequired(_l("Write something first.")), _too_long()])


class CommentForm(Form):
    body = TextAreaField(_l("Your answer"), [DataRequired(_l("Write something first.")), _too_long()])
    parent_id = IntegerField(validators=[Optional()])
    page = IntegerField(validators=[Optional(), NumberRange(min=1)])
    version_id = IntegerField(validators=[Optional()])
    x, y, w, h = (FloatField(validators=[Optional(), NumberRange(0, 1)]) for _name in "xywh")
    at = FloatField(validators=[Optional(), NumberRange(0, LONGEST_SECONDS)])

    def about(self) -> dict:
        """What it speaks of, as `spoken_of` takes it."""
        region = {name: self[name].data for name in "xywh" if self[name].data is not None}
        return {"page": self.page.data, "version_id": self.version_id.data, "at": self.at.data,
                "region": region if {"x", "y"} <= set(region) else None}


class EditForm(Form):
    title = StringField(_l("Title"), [Length(max=TITLE_LENGTH)])
    body = TextAreaField(_l("Text"), [_too_long()])


class ShareForm(Form):
    space_id = IntegerField(_l("Share into"), [DataRequired(_l("Choose a space."))])
    body = TextAreaField(_l("Why it matters there"), [_too_long()])


class EmojiForm(Form):
    emoji = HiddenField(validators=[DataRequired()])
