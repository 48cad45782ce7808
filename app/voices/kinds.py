"""What happens around the feeds of an account."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import NEW_ENTRY, Kind


class NewsCame(Kind):
    """The customer published something. It waits in the stream and counts as unread; nobody is notified of it."""

    name = "news.came"
    counts_as = NEW_ENTRY
    icon = "rss"
    sentence = _l("News of %(source)s in %(space)s: “%(title)s”")


class FeedSubscribed(Kind):
    """An account has a further feed."""

    name = "feed.subscribed"
    icon = "rss"
    sentence = _l("%(actor)s subscribed “%(feed)s” for %(space)s")


class FeedUnsubscribed(Kind):
    """An account has a feed no longer; what it brought stays."""

    name = "feed.unsubscribed"
    icon = "rss"
    sentence = _l("%(actor)s ended “%(feed)s” for %(space)s")


class FeedPaused(Kind):
    """A feed of an account is not looked at for now."""

    name = "feed.paused"
    icon = "player-pause"
    sentence = _l("%(actor)s paused “%(feed)s” for %(space)s")


class FeedResumed(Kind):
    """It is looked at again."""

    name = "feed.resumed"
    icon = "player-play"
    sentence = _l("%(actor)s resumed “%(feed)s” for %(space)s")
