"""When a customer was last touched is found without reading the account; who accepted a hand-off may pass it on."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'

WHERE = sa.text("kind IN ('conversation', 'sending') AND thread_id IS NULL AND deleted_at IS NULL")
ENDS = sa.text("step IN ('accepted', 'declined', 'withdrawn')")


def upgrade():
    op.create_index('ix_entries_touches', 'entries', ['space_id', 'happened_at', 'id'], unique=False,
                    sqlite_where=WHERE, postgresql_where=WHERE)
    op.create_index('ix_mails_sent', 'mails', ['account_id', 'sent_at', 'id'], unique=False)
    with op.batch_alter_table('handoffs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('turn', sa.Integer(), nullable=False, server_default='0'))
    with op.batch_alter_table('handoff_steps', schema=None) as batch_op:
        batch_op.add_column(sa.Column('turn', sa.Integer(), nullable=False, server_default='0'))
    op.drop_index('ix_handoff_steps_ends', 'handoff_steps')
    op.create_index('ix_handoff_steps_ends', 'handoff_steps', ['handoff_id', 'turn'], unique=True,
                    sqlite_where=ENDS, postgresql_where=ENDS)


def downgrade():
    op.drop_index('ix_handoff_steps_ends', 'handoff_steps')
    op.create_index('ix_handoff_steps_ends', 'handoff_steps', ['handoff_id'], unique=True,
                    sqlite_where=ENDS, postgresql_where=ENDS)
    for table in ('handoff_steps', 'handoffs'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('turn')
    op.drop_index('ix_mails_sent', 'mails')
    op.drop_index('ix_entries_touches', 'entries')
