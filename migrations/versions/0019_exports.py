"""Exports of spaces that somebody asked for."""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'

UNFINISHED = "state IN ('waiting', 'running')"


def upgrade():
    op.create_table('exports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('heard_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'running', 'ready', 'failed', 'cancelled', 'expired')",
                       name=op.f('ck_exports_state')),
    sa.CheckConstraint("(state = 'ready') = (sha256 IS NOT NULL)", name=op.f('ck_exports_archive')),
    sa.CheckConstraint("(state = 'failed') = (reason IS NOT NULL)", name=op.f('ck_exports_reason')),
    sa.CheckConstraint(f"({UNFINISHED}) = (finished_at IS NULL)", name=op.f('ck_exports_finished')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_exports_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_exports_space_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sha256'], ['stored_files.sha256'], name=op.f('fk_exports_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exports'))
    )
    with op.batch_alter_table('exports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exports_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exports_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_exports_space_id'), ['space_id'], unique=False)
        batch_op.create_index('ix_exports_state', ['state', 'heard_at'], unique=False)
        batch_op.create_index('ix_exports_unfinished', ['person_id'], unique=True,
                              sqlite_where=sa.text(UNFINISHED), postgresql_where=sa.text(UNFINISHED))


def downgrade():
    op.drop_table('exports')
