"""What callers say of a hand-off, when it is given and when it is changed; and what its actions refuse."""

from contextlib import contextmanager

from app.api.fields import Input, Text
from app.api.problems import Invalid, Taken
from app.handoffs.actions import TooLate, Unfit
from app.handoffs.models import LINE, SIGNALS


class HandoffFields(Input):
    """What a hand-off says besides its title and its text."""

    signal = Text(choices=SIGNALS)
    contact_name = Text(LINE)
    contact_role = Text(LINE)
    contact_email = Text(254)
    programme = Text(LINE, metadata={"description": "The campaign in words, where there is no review of it."})
    source = Text(60)
    permission_channel = Text(60)
    permission_basis = Text(LINE)
    permission_words = Text(300)


@contextmanager
def refused():
    """What does not fit is named by its field; what comes too late is a conflict that says who was first."""
    try:
        yield
    except Unfit as error:
        field = {"person": "person_id", "queue": "queue_id"}.get(error.field, error.field)
        raise Invalid({field: [str(error)]}) from None
    except TooLate as error:
        raise Taken(str(error)) from None
