"""What explains a project: its brief, what is pinned, and since when somebody was not there."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'


def upgrade():
    with op.batch_alter_table('projects', schema=None) as batch_op:
        batch_op.add_column(sa.Column('brief', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('brief_html', sa.Text(), nullable=False, server_default=''))

    op.create_table('pinned_entries',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_pinned_entries_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_pinned_entries_entry_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_pinned_entries'))
    )
    op.create_table('visits',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('known_id', sa.Integer(), nullable=False),
    sa.Column('before_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('before_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_visits_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_visits_space_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'space_id', name=op.f('pk_visits'))
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visits_space_id'), ['space_id'], unique=False)


def downgrade():
    op.drop_table('visits')
    op.drop_table('pinned_entries')
    with op.batch_alter_table('projects', schema=None) as batch_op:
        batch_op.drop_column('brief_html')
        batch_op.drop_column('brief')
