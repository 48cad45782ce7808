"""What people say of files that are alike."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class MeantToBeTwo(Kind):
    """Two files that are alike are both wanted; nobody need be told of them again."""

    name = "asset.meant_two"
    icon = "check"
    sentence = _l("%(actor)s said that “%(title)s” and a file like it are meant to be two")


class NotMeantToBeTwo(Kind):
    """That was taken back."""

    name = "asset.not_meant_two"
    icon = "arrow-back-up"
    sentence = _l("%(actor)s no longer says that “%(title)s” and a file like it are meant to be two")
