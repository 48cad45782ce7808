"""The revisions make what the models say, on both databases, and keep what was written before them."""

import io
import json

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select, text

from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.extensions import db
from app.learnings.actions import Ground, add_ground, apply_learning, end_trial, state_learning
from app.learnings.models import Evidence, Learning, Trial
from app.reviews.actions import post_review
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.search.engine import include_object


def test_the_revision_and_the_models_agree(app):
    with db.engine.connect() as connection:
        options = {"include_object": include_object, "compare_type": True, "render_as_batch": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_the_constraints_are_there(app):
    """Alembic does not compare checks, so their names are compared here."""
    inspector = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        wanted = {each.name for each in table.constraints if each.__class__.__name__ == "CheckConstraint"}
        present = {each["name"] for each in inspector.get_check_constraints(table.name)}
        assert wanted <= present, table.name


def test_learnings_and_trials_of_before_are_kept_and_counted(world):
    learning = state_learning(world.commons, "Short forms win", actor=world.lena)
    for place, result in (("DACH", "worked"), ("France", "worked"), ("China", "failed")):
        end_trial(apply_learning(learning, place, actor=world.jon), result, actor=world.jon)
    commit()
    wanted = learning.strength
    db.session.remove()
    downgrade(revision="0001")
    upgrade()
    [kept] = db.session.scalars(select(Learning))
    assert (kept.worked, kept.failed, kept.strength) == (2, 1, wanted)
    assert {trial.place for trial in db.session.scalars(select(Trial))} == {"DACH", "France", "China"}


def test_reviews_of_before_are_kept_with_no_questions(world):
    post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", channels=["webinar", "fair"])
    commit()
    db.session.remove()
    downgrade(revision="0002")
    upgrade()
    [kept] = db.session.scalars(select(Review))
    assert (kept.asked, kept.answered) == (0, 0)
    assert [each.channel for each in kept.channel_rows] == ["webinar", "fair"]


def test_next_steps_of_before_become_commitments_and_back(world):
    steps = ["Run it in DACH", "Kürzer schreiben", "Run it in DACH"]
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", next_steps=steps)
    post_review(world.commons, "Nothing next", actor=world.lena, quarter="2026-Q3")
    commit()
    key = review.id
    db.session.remove()
    downgrade(revision="0004")
    with db.engine.connect() as connection:
        kept = dict(connection.execute(text("SELECT id, next_steps FROM reviews ORDER BY id")).all())
    assert [json.loads(each) if isinstance(each, str) else each for each in kept.values()] == [steps, []]
    upgrade()
    assert db.session.get(Review, key).next_steps == steps and db.session.query(Commitment).count() == 3
def test_evidence_of_before_is_of_the_newest_version(world):
    asset = upload(world.commons, keep(io.BytesIO(b"words"), "words.txt"), actor=world.lena)
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", deck=asset)
    learning = state_learning(world.commons, "Short forms win", actor=world.lena)
    for ground in (Ground(asset, 1), Ground(review, 1), Ground(review)):
        add_ground(learning, ground, actor=world.lena)
    commit()
    version_id = asset.current.id
    db.session.remove()
    downgrade(revision="0004")
    upgrade()
    rests_on = db.session.scalars(select(Evidence.version_id).order_by(Evidence.id))
    assert list(rests_on) == [version_id, version_id, None]
