"""Tasks and milestones; the index of streams knows the kind of an entry, since tasks stand in none."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'

ROOTS = {'sqlite_where': sa.text('thread_id IS NULL'), 'postgresql_where': sa.text('thread_id IS NULL')}
OPEN = {'sqlite_where': sa.text("state <> 'done'"), 'postgresql_where': sa.text("state <> 'done'")}
STREAM = ['space_id', 'id', 'author_id', 'deleted_at']


def upgrade():
    op.create_table('milestones',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('reached_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_milestones_name')),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_milestones_space_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_milestones'))
    )
    with op.batch_alter_table('milestones', schema=None) as batch_op:
        batch_op.create_index('ix_milestones_space', ['space_id', 'due_on'], unique=False)

    op.create_table('tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('about_id', sa.Integer(), nullable=True),
    sa.Column('milestone_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Float(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.CheckConstraint("state IN ('open', 'doing', 'done')", name=op.f('ck_tasks_state')),
    sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f('ck_tasks_done')),
    sa.ForeignKeyConstraint(['id'], ['entries.id'], name=op.f('fk_tasks_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_tasks_owner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['about_id'], ['entries.id'], name=op.f('fk_tasks_about_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['milestone_id'], ['milestones.id'], name=op.f('fk_tasks_milestone_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tasks'))
    )
    with op.batch_alter_table('tasks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tasks_about_id'), ['about_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tasks_milestone_id'), ['milestone_id'], unique=False)
        batch_op.create_index('ix_tasks_owed', ['owner_id', 'due_on'], unique=False, **OPEN)
        batch_op.create_index('ix_tasks_due', ['due_on'], unique=False, **OPEN)

    op.drop_index('ix_entries_stream', 'entries')
    op.create_index('ix_entries_stream', 'entries', [*STREAM, 'kind'], unique=False, **ROOTS)


def downgrade():
    op.execute("DELETE FROM entries WHERE kind = 'task'")
    op.drop_index('ix_entries_stream', 'entries')
    op.create_index('ix_entries_stream', 'entries', STREAM, unique=False, **ROOTS)
    op.drop_table('tasks')
    op.drop_table('milestones')
