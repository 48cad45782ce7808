"""What ways of sending are called, and what one is warned of."""

from flask_babel import lazy_gettext as _l

CHANNEL_NAMES = {"mail": _l("Mail"), "meeting": _l("Meeting"), "event": _l("Fair or event"),
                 "social": _l("Social media"), "post": _l("Post"), "link": _l("Link")}
CHANNEL_ICONS = {"mail": "mail", "meeting": "users", "event": "calendar", "social": "message-share", "post": "send",
                 "link": "link"}
TITLES = {
    "mail": _l("By mail to %(names)s"), "meeting": _l("At a meeting, to %(names)s"),
    "event": _l("At an event, to %(names)s"), "social": _l("Through social media to %(names)s"),
    "post": _l("By post to %(names)s"), "link": _l("As a link to %(names)s"),
}
"""What a sending is called."""
WARNINGS = {
    "unapproved": _l("This version is not approved."),
    "older": _l("A newer version is approved."),
    "expired": _l("Its rights have ended."),
    "early": _l("It may not be used yet."),
    "region": _l("It is not for the region of this account."),
    "channel": _l("It is not for this way of sending."),
}
"""What is known against sending a file, by its code."""
