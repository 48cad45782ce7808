"""What part of a file a comment speaks of: a page, a point or a region of it, or a moment."""

from sqlalchemy import CheckConstraint, Float, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

LONGEST_SECONDS = 604_800
"""No recording is longer than a week."""
CHECKS = (
    CheckConstraint("page IS NULL OR page >= 1", name="page"),
    CheckConstraint("x BETWEEN 0 AND 1 AND y BETWEEN 0 AND 1 AND w BETWEEN 0 AND 1 AND h BETWEEN 0 AND 1",
                    name="region"),
    CheckConstraint(f"at IS NULL OR (page IS NULL AND at BETWEEN 0 AND {LONGEST_SECONDS})", name="moment"),
)


class Anchored:
    """The columns of it. `page` counts from 1; `x, y, w, h` are fractions of the page's width and height from its top
    left corner, a point has no size; `at` are seconds from the beginning of a video or a recording.
    """

    version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", ondelete="SET NULL"), index=True)
    page: Mapped[int | None]
    x: Mapped[float | None] = mapped_column(Float)
    y: Mapped[float | None] = mapped_column(Float)
    w: Mapped[float | None] = mapped_column(Float)
    h: Mapped[float | None] = mapped_column(Float)
    at: Mapped[float | None] = mapped_column(Float)

    @property
    def is_pinned(self) -> bool:
        """Whether it points at a place on its page."""
        return self.page is not None and self.x is not None and self.y is not None

    @property
    def anchor(self) -> dict | None:
        """The same as the API tells it."""
        told = {name: getattr(self, name) for name in ("page", "x", "y", "w", "h", "at")
                if getattr(self, name) is not None}
        return {"version_id": self.version_id, **told} if told else None


def spoken_of(root, *, page: int | None = None, at: float | None = None, version_id: int | None = None,
              region: dict | None = None) -> dict:
    """What a comment in the thread of `root` speaks of, as `actions.comment` takes it: `version_id` names the version
    that who writes looks at.
    """
    if at is not None:
        return {"version": root.played(version_id), "at": at}
    if page is None:
        return {}
    version, page = root.anchor(page, version_id)
    return {"version": version, "page": page, "region": region}


def clock(seconds: float) -> str:
    """A moment as players write it: 1:23, 1:02:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
