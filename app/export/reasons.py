"""Why an export could not be made, and what to do, in words that a person understands."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "full": _l("There is no room left on the server's disk. Nothing was kept; ask an admin to make room, then try "
               "again."),
    "storage": _l("The place where files are kept cannot be reached. Try again in a while."),
    "no_access": _l("You may no longer export this space."),
    "interrupted": _l("The server was stopped several times while it was being made. Try again."),
    "unexpected": _l("Something broke on our side. It has been written down; try again, and tell an admin if it "
                     "happens twice."),
}


def sentence(reason: str):
    """The sentence of a reason."""
    return REASONS.get(reason, REASONS["unexpected"])
