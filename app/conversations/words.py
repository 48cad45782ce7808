"""What channels and outcomes are called."""

from flask_babel import lazy_gettext as _l

CHANNEL_NAMES = {"call": _l("Call"), "meeting": _l("Meeting"), "mail": _l("Mail"), "event": _l("Event"),
                 "social": _l("Social media")}
CHANNEL_ICONS = {"call": "phone", "meeting": "users", "mail": "mail", "event": "calendar", "social": "message-share"}
OUTCOME_WORDS = {"kept": _l("Kept"), "broken": _l("Broken"), "dropped": _l("No longer wanted")}
"""How promises end."""
DROPPED = {
    "images": _l("Pictures from elsewhere were not loaded."),
    "pictures": _l("Pictures inside the text are in the original."),
    "signature": _l("The signature is in the original."),
    "parts": _l("Some parts are only in the original."),
    "text": _l("The text is longer than what is shown; the original has all of it."),
}
"""What was left out of a letter, by the names that readers of mail give it."""
TROUBLES = {
    "unreadable": _l("This message could not be read in full. The original has everything."),
    "no_mail": _l("This file is no message that we can read. The original has everything."),
    "encrypted": _l("This message is encrypted: only its recipient can read it. The original has everything."),
}
"""Why a letter does not show what it says."""
