"""What happens to imports."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.activity.kinds import Kind


class Imported(Kind):
    """An archive has become assets: told once for all of them, to who started it, and to who looks at the space."""

    name = "import.finished"
    icon = "file-import"
    sentence = _l("%(file)s is imported into %(space)s: %(files)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "import")]

    @classmethod
    def url(cls, activity) -> str:
        return f"/assets/imports/{activity.data['import_id']}"

    @classmethod
    def details(cls, activity) -> dict:
        made = activity.data["imported"]
        return {"file": activity.data["file"], "files": ngettext("%(num)s file", "%(num)s files", made)}

    @classmethod
    def ping(cls, activity) -> dict:
        """Streams learn of the newest one, and fetch what is new."""
        if newest := activity.data["newest"]:
            return {"kind": "asset", "id": newest, "space_id": activity.space_id, "thread_id": None}
        return super().ping(activity)
