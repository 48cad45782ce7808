"""Next steps of reviews become commitments, with an owner, a day and what came of them; comments can be key points."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'

REVIEWS = sa.table('reviews', sa.column('id', sa.Integer), sa.column('next_steps', sa.JSON))
COMMITMENTS = sa.table('commitments', *(sa.column(name) for name in ('review_id', 'position', 'text', 'did', 'reason')))


def upgrade():
    op.create_table('commitments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('did', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('told_in_id', sa.Integer(), nullable=True),
    sa.Column('carried_from_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(done_on IS NULL) = (outcome IS NULL OR outcome IN ('carried', 'dropped'))", name=op.f('ck_commitments_done')),
    sa.CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name=op.f('ck_commitments_settled')),
    sa.CheckConstraint("outcome IN ('done', 'partly', 'carried', 'dropped')", name=op.f('ck_commitments_outcome')),
    sa.CheckConstraint("outcome IS NULL OR outcome <> 'dropped' OR reason <> ''", name=op.f('ck_commitments_reason')),
    sa.ForeignKeyConstraint(['carried_from_id'], ['commitments.id'], name=op.f('fk_commitments_carried_from_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_commitments_owner_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_commitments_review_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['people.id'], name=op.f('fk_commitments_settled_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['told_in_id'], ['reviews.id'], name=op.f('fk_commitments_told_in_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitments')),
    sa.UniqueConstraint('carried_from_id', name=op.f('uq_commitments_carried_from_id'))
    )
    with op.batch_alter_table('commitments', schema=None) as batch_op:
        batch_op.create_index('ix_commitments_owed', ['owner_id', 'due_on'], unique=False, sqlite_where=sa.text('outcome IS NULL'), postgresql_where=sa.text('outcome IS NULL'))
        batch_op.create_index('ix_commitments_review', ['review_id', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_commitments_told_in_id'), ['told_in_id'], unique=False)

    op.create_table('key_points',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['id'], ['comments.id'], name=op.f('fk_key_points_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_points'))
    )
    connection = op.get_bind()
    rows = [
        {'review_id': review_id, 'position': position, 'text': text, 'did': '', 'reason': ''}
        for review_id, steps in connection.execute(sa.select(REVIEWS.c.id, REVIEWS.c.next_steps)).all()
        for position, text in enumerate(steps or [])
    ]
    if rows:
        connection.execute(sa.insert(COMMITMENTS), rows)
    # Not in a batch: that would make the table anew, without its checks.
    op.drop_column('reviews', 'next_steps')


def downgrade():
    op.add_column('reviews', sa.Column('next_steps', sa.JSON(), nullable=False, server_default='[]'))
    connection, steps = op.get_bind(), {}
    said = sa.select(COMMITMENTS.c.review_id, COMMITMENTS.c.text).order_by(COMMITMENTS.c.review_id, COMMITMENTS.c.position)
    for review_id, text in connection.execute(said):
        steps.setdefault(review_id, []).append(text)
    for review_id, texts in steps.items():
        connection.execute(sa.update(REVIEWS).where(REVIEWS.c.id == review_id).values(next_steps=texts))
    op.drop_table('key_points')
    op.drop_table('commitments')
