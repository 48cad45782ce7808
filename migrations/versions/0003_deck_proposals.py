"""What the decks of reviews propose for their fields."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade():
    op.create_table('deck_proposals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=30), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('certainty', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name=op.f('ck_deck_proposals_state')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_deck_proposals_review_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_deck_proposals_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deck_proposals'))
    )
    with op.batch_alter_table('deck_proposals', schema=None) as batch_op:
        batch_op.create_index('ix_deck_proposals_review', ['review_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_deck_proposals_version_id'), ['version_id'], unique=False)

    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deck_read_version_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_reviews_deck_read_version_id'), 'versions', ['deck_read_version_id'], ['id'], ondelete='SET NULL')



def downgrade():
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_reviews_deck_read_version_id'), type_='foreignkey')
        batch_op.drop_column('deck_read_version_id')

    with op.batch_alter_table('deck_proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_deck_proposals_version_id'))
        batch_op.drop_index('ix_deck_proposals_review')

    op.drop_table('deck_proposals')
