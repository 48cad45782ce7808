"""What happens to assets besides what happens to every entry."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind
from app.entries.kinds import watchers


class VersionAdded(Kind):
    """There is a newer version; who watches the asset should know."""

    name = "asset.version_added"
    counts_as = "version"
    icon = "versions"
    sentence = _l("%(actor)s added version %(number)s of “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return watchers(activity.entry_id, "version")


class VersionRestored(VersionAdded):
    """An older version is the newest again; it is a new version to whoever hears of those."""

    name = "asset.version_restored"
    icon = "history"
    sentence = _l("%(actor)s brought version %(restored)s of “%(title)s” back as version %(number)s")


class PagesMade(Kind):
    """The pages of a version are ready to read, or it turned out that none can be made."""

    name = "asset.pages_made"
    icon = "photo"
    sentence = _l("The pages of “%(title)s” are made")

    @classmethod
    def rooms(cls, activity):
        """Of hundreds that were imported together only who looks at one hears."""
        if activity.entry.import_id:
            return [f"entry-{activity.entry_id}"]
        return super().rooms(activity)
