"""The people of customers, conversations with them, what was promised, and letters."""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'


def where(condition):
    return {'sqlite_where': sa.text(condition), 'postgresql_where': sa.text(condition)}


OPEN, WITH_EMAIL, WITH_ID = where('outcome IS NULL'), where("email <> ''"), where("message_id <> ''")


def upgrade():
    op.create_table('contacts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=60), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('spoken_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("name <> ''", name=op.f('ck_contacts_name')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_contacts_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contacts'))
    )
    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.create_index('ix_contacts_spoken', ['account_id', 'spoken_at'], unique=False)
        batch_op.create_index('uq_contacts_email', ['account_id', 'email'], unique=True, **WITH_EMAIL)

    op.create_table('conversations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('by_mail', sa.Boolean(), nullable=False),
    sa.CheckConstraint("NOT by_mail OR channel = 'mail'", name=op.f('ck_conversations_by_mail')),
    sa.CheckConstraint("channel IN ('call', 'meeting', 'mail', 'event', 'social')", name=op.f('ck_conversations_channel')),
    sa.ForeignKeyConstraint(['id'], ['entries.id'], name=op.f('fk_conversations_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversations'))
    )
    op.create_table('mail_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_mail_keys_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_keys')),
    sa.UniqueConstraint('account_id', name=op.f('uq_mail_keys_account_id'))
    )
    op.create_table('conversation_contacts',
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_conversation_contacts_contact_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_conversation_contacts_conversation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'contact_id', name=op.f('pk_conversation_contacts'))
    )
    with op.batch_alter_table('conversation_contacts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_conversation_contacts_contact_id'), ['contact_id'], unique=False)

    op.create_table('mails',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.String(length=250), nullable=False),
    sa.Column('subject_key', sa.String(length=250), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sender_name', sa.String(length=200), nullable=False),
    sa.Column('sender_email', sa.String(length=260), nullable=False),
    sa.Column('direction', sa.String(length=3), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('filename', sa.String(length=255), nullable=False),
    sa.Column('bytes', sa.Integer(), nullable=False),
    sa.Column('quoted', sa.Text(), nullable=False),
    sa.Column('told', sa.JSON(), nullable=False),
    sa.CheckConstraint("direction IN ('in', 'out')", name=op.f('ck_mails_direction')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_mails_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_mails_contact_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_mails_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_mails_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sha256'], ['stored_files.sha256'], name=op.f('fk_mails_sha256')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mails')),
    sa.UniqueConstraint('account_id', 'sha256', name=op.f('uq_mails_account_id_sha256')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_mails_entry_id'))
    )
    with op.batch_alter_table('mails', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mails_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mails_conversation_id'), ['conversation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mails_sha256'), ['sha256'], unique=False)
        batch_op.create_index('ix_mails_subject', ['account_id', 'subject_key', 'sent_at'], unique=False)
        batch_op.create_index('uq_mails_message_id', ['account_id', 'message_id'], unique=True, **WITH_ID)

    op.create_table('promises',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('conversation_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=6), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.CheckConstraint("outcome IN ('kept', 'broken', 'dropped')", name=op.f('ck_promises_outcome')),
    sa.CheckConstraint("side IN ('ours', 'theirs')", name=op.f('ck_promises_side')),
    sa.CheckConstraint("text <> ''", name=op.f('ck_promises_text')),
    sa.CheckConstraint('(outcome IS NULL) = (settled_at IS NULL)', name=op.f('ck_promises_settled')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversations.id'], name=op.f('fk_promises_conversation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_promises_owner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['people.id'], name=op.f('fk_promises_settled_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promises'))
    )
    with op.batch_alter_table('promises', schema=None) as batch_op:
        batch_op.create_index('ix_promises_conversation', ['conversation_id', 'position'], unique=False)
        batch_op.create_index('ix_promises_due', ['due_on'], unique=False, **OPEN)
        batch_op.create_index('ix_promises_owed', ['owner_id', 'due_on'], unique=False, **OPEN)

    op.create_table('mail_attachments',
    sa.Column('mail_id', sa.Integer(), nullable=False),
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_mail_attachments_asset_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_mail_attachments_mail_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('mail_id', 'asset_id', name=op.f('pk_mail_attachments'))
    )
    with op.batch_alter_table('mail_attachments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_attachments_asset_id'), ['asset_id'], unique=False)

    op.create_table('mail_references',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mail_id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=250), nullable=False),
    sa.ForeignKeyConstraint(['mail_id'], ['mails.id'], name=op.f('fk_mail_references_mail_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_references'))
    )
    with op.batch_alter_table('mail_references', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_references_mail_id'), ['mail_id'], unique=False)
        batch_op.create_index('ix_mail_references_reference', ['reference'], unique=False)

    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_mail', sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade():
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.drop_column('by_mail')
    for name in ('mail_references', 'mail_attachments', 'promises', 'mails', 'conversation_contacts', 'mail_keys'):
        op.drop_table(name)
    op.execute("DELETE FROM entries WHERE kind = 'conversation'")
    op.drop_table('conversations')
    op.drop_table('contacts')
