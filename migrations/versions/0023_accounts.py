"""Accounts: parents, what was changed in their record, and when what an entry tells of happened."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'

ROOTS = {'sqlite_where': sa.text('thread_id IS NULL'), 'postgresql_where': sa.text('thread_id IS NULL')}


def upgrade():
    op.add_column('entries', sa.Column('happened_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE entries SET happened_at = created_at')
    op.add_column('account_mentions', sa.Column('happened_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE account_mentions SET happened_at = '
               '(SELECT created_at FROM entries WHERE entries.id = account_mentions.entry_id)')
    with op.batch_alter_table('entries', schema=None) as batch_op:
        batch_op.alter_column('happened_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_index('ix_entries_happened', ['space_id', 'happened_at', 'id'], unique=False, **ROOTS)
    with op.batch_alter_table('account_mentions', schema=None) as batch_op:
        batch_op.alter_column('happened_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.create_index('ix_account_mentions_happened', ['space_id', 'happened_at', 'entry_id'], unique=False)
    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_accounts_parent_id'), ['parent_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_accounts_parent_id'), 'accounts', ['parent_id'], ['id'], ondelete='SET NULL')
        batch_op.create_check_constraint(batch_op.f('ck_accounts_parent'), 'parent_id <> id')

    op.create_table('account_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=30), nullable=False),
    sa.Column('old', sa.Text(), nullable=False),
    sa.Column('new', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('old <> new', name=op.f('ck_account_changes_changed')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_account_changes_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_account_changes_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_changes'))
    )
    with op.batch_alter_table('account_changes', schema=None) as batch_op:
        batch_op.create_index('ix_account_changes_account', ['account_id', 'created_at', 'id'], unique=False)


def downgrade():
    op.drop_table('account_changes')
    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_accounts_parent'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_accounts_parent_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_accounts_parent_id'))
        batch_op.drop_column('parent_id')
    with op.batch_alter_table('account_mentions', schema=None) as batch_op:
        batch_op.drop_index('ix_account_mentions_happened')
        batch_op.drop_column('happened_at')
    with op.batch_alter_table('entries', schema=None) as batch_op:
        batch_op.drop_index('ix_entries_happened', **ROOTS)
        batch_op.drop_column('happened_at')
