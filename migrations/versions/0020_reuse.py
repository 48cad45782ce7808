"""Re-use: what was adapted from what, rights and where files may be used, and collections."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'


def upgrade():
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('licence', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('source', sa.String(length=500), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('people_shown', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('usable_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('usable_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('language', sa.String(length=2), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('language_said', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('is_stale', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_assets_usable_until'), ['usable_until'], unique=False)
        batch_op.create_check_constraint(batch_op.f('ck_assets_usable'), 'usable_from <= usable_until')

    op.create_table('derivations',
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.Column('origin_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('asset_id <> origin_id', name=op.f('ck_derivations_two')),
    sa.CheckConstraint("outcome IN ('taken_over', 'no_matter')", name=op.f('ck_derivations_outcome')),
    sa.CheckConstraint('(outcome IS NULL) = (settled_at IS NULL)', name=op.f('ck_derivations_settled')),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_derivations_asset_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['origin_id'], ['assets.id'], name=op.f('fk_derivations_origin_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['people.id'], name=op.f('fk_derivations_settled_by_id')),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_derivations_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('asset_id', name=op.f('pk_derivations'))
    )
    op.create_index(op.f('ix_derivations_origin_id'), 'derivations', ['origin_id'], unique=False)
    op.create_index(op.f('ix_derivations_version_id'), 'derivations', ['version_id'], unique=False)

    op.create_table('asset_places',
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.Column('dimension', sa.String(length=10), nullable=False),
    sa.Column('value', sa.String(length=80), nullable=False),
    sa.CheckConstraint("dimension IN ('region', 'channel')", name=op.f('ck_asset_places_dimension')),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_asset_places_asset_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('asset_id', 'dimension', 'value', name=op.f('pk_asset_places'))
    )
    op.create_index('ix_asset_places_value', 'asset_places', ['dimension', 'value'], unique=False)

    op.create_table('expiry_notices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_expiry_notices_asset_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expiry_notices')),
    sa.UniqueConstraint('asset_id', 'until', 'days', name=op.f('uq_expiry_notices_asset_id_until_days'))
    )

    op.create_table('collections',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['people.id'], name=op.f('fk_collections_author_id')),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_collections_space_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collections'))
    )
    op.create_index('ix_collections_space', 'collections', ['space_id', 'id'], unique=False)

    op.create_table('collected',
    sa.Column('collection_id', sa.Integer(), nullable=False),
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_collected_asset_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['collection_id'], ['collections.id'], name=op.f('fk_collected_collection_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('collection_id', 'asset_id', name=op.f('pk_collected'))
    )
    op.create_index(op.f('ix_collected_asset_id'), 'collected', ['asset_id'], unique=False)


def downgrade():
    op.drop_table('collected')
    op.drop_table('collections')
    op.drop_table('expiry_notices')
    op.drop_table('asset_places')
    op.drop_table('derivations')
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_assets_usable'), type_='check')
        batch_op.drop_index(batch_op.f('ix_assets_usable_until'))
        for name in ('is_stale', 'language_said', 'language', 'usable_until', 'usable_from', 'people_shown', 'source',
                     'licence'):
            batch_op.drop_column(name)
