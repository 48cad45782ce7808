"""What all in a space should have seen is found without reading the space."""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'

WHERE = sa.text('important_at IS NOT NULL')


def upgrade():
    op.create_index('ix_entries_important', 'entries', ['space_id', 'id'], unique=False,
                    sqlite_where=WHERE, postgresql_where=WHERE)


def downgrade():
    op.drop_index('ix_entries_important', 'entries')
