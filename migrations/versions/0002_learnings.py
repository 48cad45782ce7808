"""Learnings: where they hold, what they rest on, who vouches, what contradicts them, and how strong their record is."""

import sqlalchemy as sa
from alembic import op

from app.learnings.strength import strength

revision = '0002'
down_revision = '0001'


def upgrade():
    op.create_table('learning_contradictions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('learning_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('learning_id < other_id', name=op.f('ck_learning_contradictions_order')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_learning_contradictions_by_id')),
    sa.ForeignKeyConstraint(['learning_id'], ['learnings.id'], name=op.f('fk_learning_contradictions_learning_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['learnings.id'], name=op.f('fk_learning_contradictions_other_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_contradictions')),
    sa.UniqueConstraint('learning_id', 'other_id', name=op.f('uq_learning_contradictions_learning_id_other_id'))
    )
    with op.batch_alter_table('learning_contradictions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_learning_contradictions_other_id'), ['other_id'], unique=False)

    op.create_table('learning_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('learning_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=True),
    sa.Column('figure', sa.String(length=40), nullable=True),
    sa.Column('is_origin', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_learning_evidence_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['learning_id'], ['learnings.id'], name=op.f('fk_learning_evidence_learning_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_evidence')),
    sa.UniqueConstraint('learning_id', 'entry_id', 'page', 'figure', name=op.f('uq_learning_evidence_learning_id_entry_id_page_figure'))
    )
    with op.batch_alter_table('learning_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_learning_evidence_entry_id'), ['entry_id'], unique=False)

    op.create_table('learning_scopes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('learning_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.String(length=10), nullable=False),
    sa.Column('value', sa.String(length=120), nullable=False),
    sa.CheckConstraint("dimension IN ('channel', 'region', 'segment', 'stage')", name=op.f('ck_learning_scopes_dimension')),
    sa.ForeignKeyConstraint(['learning_id'], ['learnings.id'], name=op.f('fk_learning_scopes_learning_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_scopes')),
    sa.UniqueConstraint('learning_id', 'dimension', 'value', name=op.f('uq_learning_scopes_learning_id_dimension_value'))
    )
    with op.batch_alter_table('learning_scopes', schema=None) as batch_op:
        batch_op.create_index('ix_learning_scopes_value', ['dimension', 'value', 'learning_id'], unique=False)

    op.create_table('learning_vouches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('learning_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['learning_id'], ['learnings.id'], name=op.f('fk_learning_vouches_learning_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_learning_vouches_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_vouches')),
    sa.UniqueConstraint('learning_id', 'person_id', name=op.f('uq_learning_vouches_learning_id_person_id'))
    )
    with op.batch_alter_table('learning_vouches', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_learning_vouches_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('learnings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('review_by', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('superseded_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('worked', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('mixed', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('failed', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('strength', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_index('ix_learnings_strength', ['strength', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_learnings_superseded_by_id'), ['superseded_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_learnings_superseded_by_id'), 'learnings', ['superseded_by_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('trials', schema=None) as batch_op:
        batch_op.add_column(sa.Column('space_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_trials_space_id'), ['space_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_trials_space_id'), 'spaces', ['space_id'], ['id'], ondelete='SET NULL')

    _count_trials()


def _count_trials() -> None:
    """The record of the learnings that were tried before."""
    connection = op.get_bind()
    counts: dict[int, dict[str, int]] = {}
    ended = "SELECT learning_id, result, count(*) FROM trials WHERE result IS NOT NULL GROUP BY learning_id, result"
    for learning_id, result, count in connection.execute(sa.text(ended)):
        counts.setdefault(learning_id, {"worked": 0, "mixed": 0, "failed": 0})[result] = count
    change = sa.text("UPDATE learnings SET worked = :worked, mixed = :mixed, failed = :failed, strength = :strength "
                     "WHERE id = :id")
    for learning_id, record in counts.items():
        connection.execute(change, record | {"id": learning_id, "strength": strength(**record)})


def downgrade():
    with op.batch_alter_table('trials', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_trials_space_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_trials_space_id'))
        batch_op.drop_column('asked_at')
        batch_op.drop_column('due_on')
        batch_op.drop_column('space_id')

    with op.batch_alter_table('learnings', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_learnings_superseded_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_learnings_superseded_by_id'))
        batch_op.drop_index('ix_learnings_strength')
        batch_op.drop_column('strength')
        batch_op.drop_column('failed')
        batch_op.drop_column('mixed')
        batch_op.drop_column('worked')
        batch_op.drop_column('superseded_by_id')
        batch_op.drop_column('review_by')

    with op.batch_alter_table('learning_vouches', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_learning_vouches_person_id'))

    op.drop_table('learning_vouches')
    with op.batch_alter_table('learning_scopes', schema=None) as batch_op:
        batch_op.drop_index('ix_learning_scopes_value')

    op.drop_table('learning_scopes')
    with op.batch_alter_table('learning_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_learning_evidence_entry_id'))

    op.drop_table('learning_evidence')
    with op.batch_alter_table('learning_contradictions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_learning_contradictions_other_id'))

    op.drop_table('learning_contradictions')
