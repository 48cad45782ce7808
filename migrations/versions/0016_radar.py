"""The duplicate radar: fingerprints of files and pages, what is like what, and what is meant to be two."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'


def upgrade():
    op.create_table('fingerprints',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('sketch', sa.LargeBinary(), nullable=False),
    sa.Column('figures', sa.LargeBinary(), nullable=False),
    sa.Column('squares', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('page >= 0', name=op.f('ck_fingerprints_page')),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_fingerprints_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fingerprints')),
    sa.UniqueConstraint('version_id', 'page', name=op.f('uq_fingerprints_version_id_page'))
    )
    op.create_table('fingerprint_keys',
    sa.Column('key', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('fingerprint_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['fingerprint_id'], ['fingerprints.id'], name=op.f('fk_fingerprint_keys_fingerprint_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('key', 'fingerprint_id', name=op.f('pk_fingerprint_keys')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_fingerprint_keys_fingerprint_id'), 'fingerprint_keys', ['fingerprint_id'], unique=False)

    op.create_table('likenesses',
    sa.Column('fingerprint_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('other_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('share', sa.Float(), nullable=False),
    sa.CheckConstraint('fingerprint_id <> other_id', name=op.f('ck_likenesses_two')),
    sa.CheckConstraint('share BETWEEN 0 AND 1', name=op.f('ck_likenesses_share')),
    sa.ForeignKeyConstraint(['fingerprint_id'], ['fingerprints.id'], name=op.f('fk_likenesses_fingerprint_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['fingerprints.id'], name=op.f('fk_likenesses_other_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('fingerprint_id', 'other_id', name=op.f('pk_likenesses')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_likenesses_other_id'), 'likenesses', ['other_id'], unique=False)

    op.create_table('meant_twos',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('one_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('one_id < other_id', name=op.f('ck_meant_twos_order')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_meant_twos_by_id')),
    sa.ForeignKeyConstraint(['one_id'], ['assets.id'], name=op.f('fk_meant_twos_one_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['assets.id'], name=op.f('fk_meant_twos_other_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meant_twos')),
    sa.UniqueConstraint('one_id', 'other_id', name=op.f('uq_meant_twos_one_id_other_id'))
    )
    op.create_index(op.f('ix_meant_twos_other_id'), 'meant_twos', ['other_id'], unique=False)


def downgrade():
    op.drop_table('meant_twos')
    op.drop_table('likenesses')
    op.drop_table('fingerprint_keys')
    op.drop_table('fingerprints')
