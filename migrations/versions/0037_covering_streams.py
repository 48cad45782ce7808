"""Streams are read out of their index alone, and who quotes an entry is found among the posts that quote something."""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0035'

ROOTS, QUOTES = sa.text('thread_id IS NULL'), sa.text('quoted_id IS NOT NULL')
STREAM = ['space_id', 'id', 'author_id', 'deleted_at', 'kind']


def _stream(columns):
    op.drop_index('ix_entries_stream', 'entries')
    op.create_index('ix_entries_stream', 'entries', columns, unique=False, sqlite_where=ROOTS, postgresql_where=ROOTS)


def upgrade():
    _stream([*STREAM, 'thread_id'])
    op.drop_index('ix_posts_quoted_id', 'posts')
    op.create_index('ix_posts_quoted', 'posts', ['quoted_id'], unique=False, sqlite_where=QUOTES,
                    postgresql_where=QUOTES)


def downgrade():
    op.drop_index('ix_posts_quoted', 'posts')
    op.create_index('ix_posts_quoted_id', 'posts', ['quoted_id'], unique=False)
    _stream(STREAM)
