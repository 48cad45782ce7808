"""What a file was adapted from stands on the file, so that a card can ask whether its reader sees it."""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'


def upgrade():
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.alter_column('is_stale', new_column_name='origin_changed')
        batch_op.add_column(sa.Column('origin_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_assets_origin_id'), ['origin_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_assets_origin_id'), 'assets', ['origin_id'], ['id'], ondelete='SET NULL')
    op.execute('UPDATE assets SET origin_id = (SELECT origin_id FROM derivations WHERE asset_id = assets.id)')


def downgrade():
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_assets_origin_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_assets_origin_id'))
        batch_op.drop_column('origin_id')
        batch_op.alter_column('origin_changed', new_column_name='is_stale')
