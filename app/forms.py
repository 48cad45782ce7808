"""The base of our forms: what was typed arrives stripped, never as nothing, and without characters no text holds."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField


def tidy(text: str | None) -> str:
    """Stripped; a field that was not sent is empty; NUL, which PostgreSQL refuses, is dropped; lines end in one way."""
    return (text or "").replace("\x00", "").replace("\r\n", "\n").strip()


class Form(FlaskForm):
    """A form whose text fields are tidied."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form, unbound_field, options):
            field_class = unbound_field.field_class
            if issubclass(field_class, StringField) and not issubclass(field_class, PasswordField):
                options = dict(options, filters=[*unbound_field.kwargs.get("filters", ()), tidy])
                unbound_field.kwargs.pop("filters", None)
            return super().bind_field(form, unbound_field, options)
