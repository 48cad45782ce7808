"""The base of our forms: what was typed arrives stripped, never as nothing, and without characters no text holds."""

import re

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, PasswordField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

_BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[\s.,'’](?=\d{3}(?!\d))")


def tidy(text: str | None) -> str:
    """Stripped; a field that was not sent is empty; NUL, which PostgreSQL refuses, is dropped; lines end in one way."""
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()


class WholeNumberField(IntegerField):
    """A whole number as people write it, "6,200". It is a field of text: of words in a field of numbers browsers send
    nothing at all, and what stood there would be gone without a word.
    """

    widget = TextInput()

    def __init__(self, label=None, validators=None, **options) -> None:
        super().__init__(label, validators, render_kw={"inputmode": "numeric"}, **options)

    def pre_validate(self, form) -> None:
        if self.process_errors:
            raise StopValidation

    def process_formdata(self, valuelist) -> None:
        self.data = None
        try:
            super().process_formdata([_BETWEEN_THOUSANDS.sub("", each) for each in map(tidy, valuelist) if each])
        except ValueError:
            raise ValueError(_("This is not a whole number.")) from None


class Form(FlaskForm):
    """A form whose text fields are tidied."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form, unbound_field, options):
            field_class = unbound_field.field_class
            if issubclass(field_class, StringField) and not issubclass(field_class, PasswordField):
                options = dict(options, filters=[*unbound_field.kwargs.get("filters", ()), tidy])
                unbound_field.kwargs.pop("filters", None)
            return super().bind_field(form, unbound_field, options)
