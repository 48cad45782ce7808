"""Mailboxes that are filed in the background, and what became of each of their letters."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'


def upgrade():
    op.create_table('mail_imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('box_sha256', sa.String(length=64), nullable=True),
    sa.Column('filename', sa.String(length=255), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('running', 'stopped', 'done', 'failed')", name=op.f('ck_mail_imports_status')),
    sa.CheckConstraint("(box_sha256 IS NULL) = (status IN ('done', 'failed'))", name=op.f('ck_mail_imports_box')),
    sa.CheckConstraint('position >= 0 AND position <= bytes', name=op.f('ck_mail_imports_position')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_mail_imports_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['box_sha256'], ['stored_files.sha256'], name=op.f('fk_mail_imports_box_sha256')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mail_imports_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_imports'))
    )
    with op.batch_alter_table('mail_imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_imports_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_imports_box_sha256'), ['box_sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_mail_imports_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_mail_imports_running', ['touched_at'], unique=False,
                              sqlite_where=sa.text("status = 'running'"), postgresql_where=sa.text("status = 'running'"))

    op.create_table('imported_letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('sender', sa.String(length=260), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('filed', 'known', 'unread', 'lost')", name=op.f('ck_imported_letters_state')),
    sa.ForeignKeyConstraint(['import_id'], ['mail_imports.id'], name=op.f('fk_imported_letters_import_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_imported_letters_mail_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_letters')),
    sa.UniqueConstraint('import_id', 'number', name=op.f('uq_imported_letters_import_id_number'))
    )
    with op.batch_alter_table('imported_letters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imported_letters_mail_id'), ['mail_id'], unique=False)
        batch_op.create_index('ix_imported_letters_state', ['import_id', 'state', 'number'], unique=False)


def downgrade():
    op.drop_table('imported_letters')
    op.drop_table('mail_imports')
