"""When a customer was last touched is found without reading the account."""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0033'

WHERE = sa.text("kind IN ('conversation', 'sending') AND thread_id IS NULL AND deleted_at IS NULL")


def upgrade():
    op.create_index('ix_entries_touches', 'entries', ['space_id', 'happened_at', 'id'], unique=False,
                    sqlite_where=WHERE, postgresql_where=WHERE)
    op.create_index('ix_mails_sent', 'mails', ['account_id', 'sent_at', 'id'], unique=False)


def downgrade():
    op.drop_index('ix_mails_sent', 'mails')
    op.drop_index('ix_entries_touches', 'entries')
