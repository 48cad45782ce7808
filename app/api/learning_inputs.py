"""Where a learning should hold, as the API takes it."""

from marshmallow import fields
from marshmallow.validate import Length

from app.api.fields import Input, Text
from app.learnings.models import DIMENSIONS


def _values():
    return fields.List(Text(120, needed=True), validate=Length(max=20))


class ScopesIn(Input):
    """Where a learning should hold."""

    channel, region, segment, stage = (_values() for _ in DIMENSIONS)
