"""The zip of an import is kept only while the import needs it."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def upgrade():
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.add_column(sa.Column('archive_sha256', sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f('ix_imports_archive_sha256'), ['archive_sha256'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_imports_archive_sha256'), 'stored_files', ['archive_sha256'], ['sha256'])
        batch_op.drop_index(batch_op.f('ix_imports_sha256'))
        batch_op.drop_constraint(batch_op.f('fk_imports_sha256'), type_='foreignkey')
    op.execute("UPDATE imports SET archive_sha256 = sha256 WHERE status IN ('running', 'stopped')")
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_imports_archive'),
                                         "(archive_sha256 IS NULL) = (status IN ('done', 'failed'))")


def downgrade():
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_imports_archive'), type_='check')
        batch_op.create_foreign_key(batch_op.f('fk_imports_sha256'), 'stored_files', ['sha256'], ['sha256'])
        batch_op.create_index(batch_op.f('ix_imports_sha256'), ['sha256'], unique=False)
        batch_op.drop_constraint(batch_op.f('fk_imports_archive_sha256'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_imports_archive_sha256'))
        batch_op.drop_column('archive_sha256')
