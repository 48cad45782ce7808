"""What sales asked back is found by an index of its own, for who gave it."""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'

ASKED = sa.text("state = 'asked'")


def upgrade():
    op.create_index('ix_handoffs_asked', 'handoffs', ['id'], unique=False, sqlite_where=ASKED, postgresql_where=ASKED)


def downgrade():
    op.drop_index('ix_handoffs_asked', 'handoffs')
