"""What the API accepts and answers, strictly: a number is no text, and nothing passes that a database would refuse."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from marshmallow import RAISE, Schema, ValidationError, fields
from marshmallow.exceptions import SCHEMA
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.access import LARGEST_KEY


class Wrong(ValidationError):
    """What is wrong with a field. Says it as text at once: marshmallow takes a lazy translation apart by letters."""

    def __init__(self, message, field_name: str = SCHEMA) -> None:
        super().__init__(str(message), field_name)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text itself, unless it holds a NUL or half a character, which no database keeps. Raises Wrong."""
    if _UNSTORABLE.search(text):
        raise Wrong("May not hold NUL or unpaired surrogates.")
    return text


class Text(fields.String):
    """A text of at most `most` characters; `needed` ones hold something to read."""

    def __init__(self, most: int | None = None, *, needed: bool = False, choices=None, pattern: str | None = None,
                 checks=(), **options) -> None:
        checks = [*([Length(max=most)] if most else []), *checks]
        checks += [OneOf(choices)] if choices else []
        checks += [Regexp(pattern)] if pattern else []
        if needed:
            checks.append(Regexp(r"(?s).*\S", error="Write something."))
            options["metadata"] = {"pattern": r"\S", **options.get("metadata", {})}
        super().__init__(validate=checks, required=options.pop("required", needed), **options)

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, str):
            raise self.make_error("invalid")
        return storable(value)


class Whole(fields.Integer):
    """A whole number between two bounds; text that looks like one is taken only where `written`: address, form."""

    def __init__(self, least: int, most: int, *, written: bool = False, **options) -> None:
        super().__init__(validate=Range(least, most), **options)
        self.written = written

    def _deserialize(self, value, attr, data, **named):
        if self.written and isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value):
            value = int(value)
        if isinstance(value, Decimal) and abs(value) <= LARGEST_KEY and value == value.to_integral_value():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.make_error("invalid")
        return value


def key(**options) -> Whole:
    """The id of something."""
    return Whole(1, LARGEST_KEY, **options)


class Number(fields.Float):
    """A number between two bounds."""

    def __init__(self, least: float | None = None, most: float | None = None, **options) -> None:
        super().__init__(validate=Range(least, most) if least is not None else None, **options)

    def _deserialize(self, value, attr, data, **named):
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.make_error("invalid")
        try:
            return float(value)
        except OverflowError:
            raise self.make_error("too_large") from None


class Amount(fields.Decimal):
    """Money: a number that is kept to the cent."""

    def __init__(self, *, may_be_negative: bool = False, **options) -> None:
        most = Decimal(10) ** 13
        super().__init__(validate=Range(-most if may_be_negative else 0, most), **options)

    def _deserialize(self, value, attr, data, **named):
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.make_error("invalid")
        if abs(value) > 10**15:
            raise self.make_error("too_large")
        return Decimal(value).quantize(Decimal("0.01"))

    def _serialize(self, value, attr, obj, **named):
        if value is None:
            return None
        return int(value) if value == int(value) else float(value)


class Ratio(fields.Decimal):
    """How much one unit is worth: above zero, kept to eight places."""

    def __init__(self, **options) -> None:
        super().__init__(validate=Range(Decimal("0.00000001"), Decimal(999_999)), **options)

    def _deserialize(self, value, attr, data, **named):
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.make_error("invalid")
        if abs(value) > 10**15:
            raise self.make_error("too_large")
        return Decimal(value).quantize(Decimal("0.00000001"))

    def _serialize(self, value, attr, obj, **named):
        return None if value is None else float(value)


class Day(fields.Date):
    """A day as ISO 8601 writes it, 2026-03-31."""

    def _deserialize(self, value, attr, data, **named):
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise self.make_error("invalid", obj_type=self.OBJ_TYPE, input=value)
        return super()._deserialize(value, attr, data, **named)


class Moment(fields.DateTime):
    """A moment, in UTC and with a Z."""

    def _serialize(self, value, attr, obj, **named):
        return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Since(fields.Field):
    """A day or a moment in an address. `through` takes a day to its end; a moment without a zone is in UTC."""

    def __init__(self, *, through: bool = False, **options) -> None:
        super().__init__(metadata={"type": "string", "description": "A day (2026-03-31) or a moment (ISO 8601).",
                                   "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9:]+)?)?$"}, **options)
        self.through = through

    def _deserialize(self, value, attr, data, **named) -> datetime:
        try:
            if len(value) == 10:
                day = date.fromisoformat(value) + timedelta(days=1 if self.through else 0)
                return datetime.combine(day, time(), UTC)
            found = datetime.fromisoformat(value)
            return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Wrong("Not a day or a moment.") from None


class Input(Schema):
    """What a caller sends: a field nobody knows is refused by its name."""

    class Meta:
        unknown = RAISE


class Upload(Input):
    """The fields that come with a `file`."""


class FileOrUpload(Upload):
    """The fields that come with a `file`, or with the id of an upload that has arrived before."""

    upload_id = key(written=True, load_default=None, metadata={
        "description": "In place of `file`: an upload of mine that has arrived (`Upload-Id`). Used once; sent again, "
                       "it is answered with what was made of it."})


class Output(Schema):
    """What the API answers: all of its fields, always, unless `Meta.optional` names them."""
