"""Reading what a request carries: JSON that is JSON, forms with a file, and nothing that breaks further in."""

import json
from decimal import Decimal, InvalidOperation

from flask import request
from flask_babel import gettext as _
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.api.fields import storable
from app.api.problems import BODY, Invalid


def load(schema: Schema, data) -> dict:
    """`data` as the schema reads it. Raises Invalid."""
    try:
        return schema.load(data)
    except ValidationError as error:
        raise Invalid(error.normalized_messages()) from None


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def _no_number(text: str):
    raise ValueError(text)


def json_body(schema: Schema) -> dict:
    """The JSON object that was sent. Nothing at all counts as an empty one."""
    raw = request.get_data()
    if not raw and not request.mimetype:
        return load(schema, {})
    if request.mimetype != "application/json":
        raise UnsupportedMediaType(_("Send application/json."))
    try:
        data = json.loads(raw.decode(), parse_float=_number, parse_constant=_no_number)
    except RecursionError:
        raise BadRequest(_("This is nested too deeply.")) from None
    except ValueError:
        raise BadRequest(_("This is not JSON in UTF-8.")) from None
    if not isinstance(data, dict):
        raise Invalid({BODY: [_("Send a JSON object.")]})
    return load(schema, data)


def form_body(schema: Schema) -> dict:
    """The fields that came with a file."""
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType(_("Send multipart/form-data with a “file”."))
    return load(schema, request.form.to_dict())


def file_sent() -> FileStorage:
    """The `file` of a form. Raises Invalid."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid({"file": [_("Choose a file first.")]})
    try:
        storable(sent.filename)
    except ValidationError as error:
        raise Invalid({"file": error.messages}) from None
    return sent
