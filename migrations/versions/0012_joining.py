"""Requests to join a closed space, and what somebody does in one."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'


def upgrade():
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('duty', sa.String(length=60), nullable=False, server_default=''))

    op.create_table('join_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(accepted IS NULL) = (answered_at IS NULL)', name=op.f('ck_join_requests_answered')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['people.id'], name=op.f('fk_join_requests_answered_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_join_requests_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_join_requests_space_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_requests'))
    )
    with op.batch_alter_table('join_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_join_requests_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_join_requests_waiting', ['space_id', 'person_id'], unique=True,
                              sqlite_where=sa.text('accepted IS NULL'), postgresql_where=sa.text('accepted IS NULL'))


def downgrade():
    op.drop_table('join_requests')
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_column('duty')
