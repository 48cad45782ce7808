"""Why a feed brought nothing, for people."""

from flask_babel import lazy_gettext as _l

TROUBLES = {
    "refused": _l("This address is not on the public web, or leads to one that is not."),
    "away": _l("Nobody answered there in time."),
    "too_large": _l("What is there is larger than a feed may be (5 MB)."),
    "astray": _l("This address leads from one to the next without end."),
    "missing": _l("There is nothing at this address (404)."),
    "closed": _l("The site lets nobody read this without signing in."),
    "busy": _l("The site asked us to come back later."),
    "broken": _l("The site answered with an error."),
    "gone": _l("The site says that this feed is gone for good."),
    "empty": _l("The page is empty."),
    "no_feed": _l("There is no feed at this address, and the page names none."),
    "unreadable": _l("This claims to be a feed, but cannot be read."),
    "page": _l("Where the feed was is a web page now."),
}
