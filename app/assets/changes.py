"""What became of the pages of a version: which moved, which are gone, which are new."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import defer

from app.assets.models import Page, Version
from app.assets.page_matching import moved
from app.extensions import db


@dataclass(frozen=True)
class Changes:
    """A version beside the one before. `moved` are pairs (now, before) out of their order: one new slide at the front
    moves nobody.
    """

    version: Version
    previous: Version
    moved: list[tuple[Page, Page]]
    gone: list[Page]
    new: list[Page]

    @property
    def sentence(self) -> str:
        """One quiet line."""
        if self.version.media_kind == "image":
            return _("Version %(number)s: %(changes)s", number=self.version.number, changes=_("another picture"))
        told = ", ".join(filter(None, self._counted())) or _("no page came, went or moved")
        return _("Version %(number)s: %(changes)s", number=self.version.number, changes=told)

    def _counted(self) -> list[str]:
        moved, gone, new = map(len, (self.moved, self.gone, self.new))
        if self.version.media_kind == "deck":
            return [ngettext("%(num)s slide moved", "%(num)s slides moved", moved) if moved else "",
                    ngettext("%(num)s slide vanished", "%(num)s slides vanished", gone) if gone else "",
                    ngettext("%(num)s new slide", "%(num)s new slides", new) if new else ""]
        return [ngettext("%(num)s page moved", "%(num)s pages moved", moved) if moved else "",
                ngettext("%(num)s page vanished", "%(num)s pages vanished", gone) if gone else "",
                ngettext("%(num)s new page", "%(num)s new pages", new) if new else ""]

    @property
    def address(self) -> str:
        """Where the two are read side by side."""
        return f"{self.version.asset.url}/compare?from={self.previous.number}&to={self.version.number}"

    @property
    def new_numbers(self) -> set[int]:
        return {each.number for each in self.new}


def changes(version: Version | None, slides: list[Page]) -> Changes | None:
    """What changed in `version`, whose pages are `slides`; None if there is nothing before it to compare with."""
    previous = next((each for each in version.asset.versions if each.id == version.follows_id), None) \
        if version and version.follows_id else None
    if previous is None:
        return None
    old = select(Page).where(Page.version_id == previous.id).order_by(Page.number)
    before = {each.id: each for each in db.session.scalars(old.options(defer(Page.text), defer(Page.notes)))}
    pairs = [(each, before[each.continues_id]) for each in slides if each.continues_id in before]
    out_of_order = moved([was.number for _now, was in pairs])
    stayed = {was.id for _now, was in pairs}
    return Changes(
        version, previous,
        moved=[(page, was) for page, was in pairs if was.number in out_of_order],
        gone=[each for each in before.values() if each.id not in stayed],
        new=[each for each in slides if each.continues_id not in before],
    )
