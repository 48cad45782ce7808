"""What both databases must do alike."""

from app.db import insert_missing
from app.entries.reference_models import Tag
from app.extensions import db


def test_inserting_what_is_missing_counts_what_was_new(app):
    def inserted(*names: str) -> int:
        return insert_missing(db.session, Tag, [{"name": name} for name in names])

    assert [inserted("a"), inserted("a"), inserted("a", "b"), inserted()] == [1, 0, 1, 0]
