"""Why somebody is told of something, in words for them; kinds of events name one of these."""

from flask_babel import lazy_gettext as _l

REASONS = {
    "mention": _l("you are named"),
    "reply": _l("an answer to you"),
    "thread": _l("you take part"),
    "invitation": _l("an invitation"),
    "share": _l("you wrote it"),
    "follow": _l("a follower"),
    "trial": _l("your learning"),
    "version": _l("you watch it"),
    "question": _l("a question to you"),
    "accepted": _l("you answered"),
    "deck": _l("your review"),
    "closed": _l("your review"),
    "evidence": _l("your learning"),
    "vouch": _l("your learning"),
    "superseded": _l("your learning"),
    "contradicted": _l("your learning"),
    "due": _l("you owe it"),
    "review": _l("you review it"),
    "commitment": _l("you owe it"),
    "settled": _l("your review"),
    "key_point": _l("a point about your review"),
    "author": _l("you wrote it"),
    "resolved": _l("you take part"),
    "moved": _l("you wrote it"),
    "decider": _l("you decide it"),
    "owner": _l("you run it"),
    "request": _l("you asked"),
    "import": _l("you started it"),
}
