"""Files that arrive in pieces, imports of zips with their members, and since when a stored file is used by nobody."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade():
    op.create_table('imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('filename', sa.String(length=255), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=True),
    sa.Column('listed', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('running', 'stopped', 'done', 'failed')", name=op.f('ck_imports_status')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_imports_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sha256'], ['stored_files.sha256'], name=op.f('fk_imports_sha256')),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_imports_space_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imports_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_imports_running', ['touched_at'], unique=False, sqlite_where=sa.text("status = 'running'"), postgresql_where=sa.text("status = 'running'"))
        batch_op.create_index(batch_op.f('ix_imports_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_imports_space_id'), ['space_id'], unique=False)

    op.create_table('arrivals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=255), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('upload_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('bytes >= 0', name=op.f('ck_arrivals_bytes')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_arrivals_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['upload_id'], ['uploads.id'], name=op.f('fk_arrivals_upload_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrivals')),
    sa.UniqueConstraint('key', name=op.f('uq_arrivals_key')),
    sa.UniqueConstraint('upload_id', name=op.f('uq_arrivals_upload_id'))
    )
    with op.batch_alter_table('arrivals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_arrivals_expires_at'), ['expires_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_arrivals_person_id'), ['person_id'], unique=False)

    op.create_table('import_members',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=1000), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=True),
    sa.Column('asset_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'imported', 'refused')", name=op.f('ck_import_members_state')),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_import_members_asset_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_import_members_import_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_members')),
    sa.UniqueConstraint('import_id', 'position', name=op.f('uq_import_members_import_id_position'))
    )
    with op.batch_alter_table('import_members', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_members_asset_id'), ['asset_id'], unique=False)
        batch_op.create_index('ix_import_members_state', ['import_id', 'state', 'position'], unique=False)

    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('import_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_assets_import_id'), ['import_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_assets_import_id'), 'imports', ['import_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unused_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_stored_files_unused_since'), ['unused_since'], unique=False)

    with op.batch_alter_table('uploads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_uploads_sha256'), ['sha256'], unique=False)


def downgrade():
    with op.batch_alter_table('uploads', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_uploads_sha256'))

    with op.batch_alter_table('stored_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stored_files_unused_since'))
        batch_op.drop_column('unused_since')

    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_assets_import_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_assets_import_id'))
        batch_op.drop_column('import_id')

    with op.batch_alter_table('import_members', schema=None) as batch_op:
        batch_op.drop_index('ix_import_members_state')
        batch_op.drop_index(batch_op.f('ix_import_members_asset_id'))

    op.drop_table('import_members')
    with op.batch_alter_table('arrivals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_arrivals_person_id'))
        batch_op.drop_index(batch_op.f('ix_arrivals_expires_at'))

    op.drop_table('arrivals')
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_imports_space_id'))
        batch_op.drop_index(batch_op.f('ix_imports_sha256'))
        batch_op.drop_index('ix_imports_running', sqlite_where=sa.text("status = 'running'"), postgresql_where=sa.text("status = 'running'"))
        batch_op.drop_index(batch_op.f('ix_imports_person_id'))

    op.drop_table('imports')
