"""The digest of a quarter by mail: who wants it, and to whom it was sent. Drafts keep the rows of a file of figures;
reminders say whether their mail is on its way."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade():
    op.create_table('digest_mails',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.String(length=7), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_digest_mails_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_mails')),
    sa.UniqueConstraint('quarter', 'person_id', name=op.f('uq_digest_mails_quarter_person_id'))
    )
    with op.batch_alter_table('digest_mails', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digest_mails_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('digest_by_mail', sa.Boolean(), nullable=False, server_default=sa.true()))

    with op.batch_alter_table('owed_reviews', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('review_drafts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('review_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('posted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_review_drafts_review_id'), ['review_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_review_drafts_review_id'), 'reviews', ['review_id'], ['id'],
                                    ondelete='SET NULL')
        batch_op.add_column(sa.Column('rows', sa.JSON(), nullable=False, server_default='{}'))


def downgrade():
    with op.batch_alter_table('owed_reviews', schema=None) as batch_op:
        batch_op.drop_column('claimed_at')

    with op.batch_alter_table('review_drafts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_review_drafts_review_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_review_drafts_review_id'))
        batch_op.drop_column('posted_at')
        batch_op.drop_column('review_id')
        batch_op.drop_column('rows')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('digest_by_mail')

    with op.batch_alter_table('digest_mails', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_digest_mails_person_id'))

    op.drop_table('digest_mails')
