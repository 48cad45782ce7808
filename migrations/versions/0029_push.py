"""Browsers that may be woken up to tell of something new."""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'


def upgrade():
    op.create_table(
        'push_browsers',
        sa.Column('sign_in_id', sa.Integer(), nullable=False),
        sa.Column('endpoint', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('told_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['sign_in_id'], ['sign_ins.id'], name=op.f('fk_push_browsers_sign_in_id'),
                                ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('sign_in_id', name=op.f('pk_push_browsers')),
    )
    op.create_index('ix_push_browsers_due', 'push_browsers', ['due_at'], unique=False,
                    sqlite_where=sa.text('due_at IS NOT NULL'), postgresql_where=sa.text('due_at IS NOT NULL'))


def downgrade():
    op.drop_table('push_browsers')
