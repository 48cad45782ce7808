"""Decisions may be open, name who decides, have a day and be superseded; comments move into discussions."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'


def upgrade():
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('decided_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('needed_by', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('superseded_by_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_decisions_superseded_by_id'), ['superseded_by_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_decisions_superseded_by_id'), 'decisions', ['superseded_by_id'], ['id'],
                                    ondelete='SET NULL')

    op.execute("UPDATE decisions SET decided_on = (SELECT DATE(entries.created_at) FROM entries"
               " WHERE entries.id = decisions.id) WHERE choice <> ''")
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_decisions_decided'), "(choice = '') = (decided_on IS NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_decisions_superseded'), 'superseded_by_id <> id')

    op.create_table('decision_makers',
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decisions.id'], name=op.f('fk_decision_makers_decision_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_decision_makers_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('decision_id', 'person_id', name=op.f('pk_decision_makers'))
    )
    with op.batch_alter_table('decision_makers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_makers_person_id'), ['person_id'], unique=False)

    op.execute("INSERT INTO decision_makers SELECT decisions.id, entries.author_id FROM decisions"
               " JOIN entries ON entries.id = decisions.id WHERE choice <> ''")

    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('moved_to_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_comments_moved_to_id'), ['moved_to_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_comments_moved_to_id'), 'entries', ['moved_to_id'], ['id'],
                                    ondelete='SET NULL')


def downgrade():
    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_comments_moved_to_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_comments_moved_to_id'))
        batch_op.drop_column('moved_to_id')
    op.drop_table('decision_makers')
    with op.batch_alter_table('decisions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_decisions_superseded'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_decisions_decided'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_decisions_superseded_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_decisions_superseded_by_id'))
        batch_op.drop_column('superseded_by_id')
        batch_op.drop_column('needed_by')
        batch_op.drop_column('decided_on')
