"""Comments can speak of a moment of a video or a recording."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'


def upgrade():
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('at', sa.Float(), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_comments_moment'), 'at IS NULL OR (page IS NULL AND at BETWEEN 0 AND 604800)')


def downgrade():
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_comments_moment'), type_='check')
        batch_op.drop_column('at')
