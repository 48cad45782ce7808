"""Drafts of reviews and their rooms, reviews that close, and review cycles with what is owed in them."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


KINDS = "kind IN ('project', 'account', 'community')"
WITH_ROOMS = "kind IN ('project', 'account', 'community', 'draft')"


def _kinds_of_space(condition):
    with op.batch_alter_table('spaces', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_spaces_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_spaces_kind'), condition)


def upgrade():
    _kinds_of_space(WITH_ROOMS)
    op.create_table('review_cycles',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.String(length=7), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('closes_on >= due_on', name=op.f('ck_review_cycles_closes')),
    sa.CheckConstraint('length(quarter) = 7', name=op.f('ck_review_cycles_quarter')),
    sa.ForeignKeyConstraint(['created_by_id'], ['people.id'], name=op.f('fk_review_cycles_created_by_id')),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_review_cycles_space_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_cycles')),
    sa.UniqueConstraint('space_id', 'quarter', name=op.f('uq_review_cycles_space_id_quarter'))
    )
    op.create_table('cycle_reviewers',
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cycle_id'], ['review_cycles.id'], name=op.f('fk_cycle_reviewers_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_cycle_reviewers_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cycle_id', 'person_id', name=op.f('pk_cycle_reviewers'))
    )
    with op.batch_alter_table('cycle_reviewers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cycle_reviewers_person_id'), ['person_id'], unique=False)

    op.create_table('review_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('deck_id', sa.Integer(), nullable=True),
    sa.Column('deck_read_version_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['deck_id'], ['assets.id'], name=op.f('fk_review_drafts_deck_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['deck_read_version_id'], ['versions.id'], name=op.f('fk_review_drafts_deck_read_version_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['id'], ['spaces.id'], name=op.f('fk_review_drafts_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['saved_by_id'], ['people.id'], name=op.f('fk_review_drafts_saved_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_drafts'))
    )
    with op.batch_alter_table('review_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_drafts_deck_id'), ['deck_id'], unique=False)

    op.create_table('draft_proposals',
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=30), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('certainty', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('open', 'accepted', 'dismissed')", name=op.f('ck_draft_proposals_state')),
    sa.ForeignKeyConstraint(['draft_id'], ['review_drafts.id'], name=op.f('fk_draft_proposals_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_draft_proposals_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_proposals'))
    )
    with op.batch_alter_table('draft_proposals', schema=None) as batch_op:
        batch_op.create_index('ix_draft_proposals_draft', ['draft_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_proposals_version_id'), ['version_id'], unique=False)

    op.create_table('owed_reviews',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cycle_id', sa.Integer(), nullable=False),
    sa.Column('programme', sa.String(length=120), nullable=False),
    sa.Column('region', sa.String(length=60), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=True),
    sa.Column('review_id', sa.Integer(), nullable=True),
    sa.Column('posted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('mailed_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['cycle_id'], ['review_cycles.id'], name=op.f('fk_owed_reviews_cycle_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['review_drafts.id'], name=op.f('fk_owed_reviews_draft_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_owed_reviews_owner_id')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_owed_reviews_review_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owed_reviews')),
    sa.UniqueConstraint('cycle_id', 'programme', 'region', name=op.f('uq_owed_reviews_cycle_id_programme_region'))
    )
    with op.batch_alter_table('owed_reviews', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_owed_reviews_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_owed_reviews_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_owed_reviews_review_id'), ['review_id'], unique=False)

    op.create_table('review_authors',
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_review_authors_person_id')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_review_authors_review_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('review_id', 'person_id', name=op.f('pk_review_authors'))
    )
    with op.batch_alter_table('review_authors', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_authors_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('calendar_key', sa.String(length=43), nullable=True))
        batch_op.create_index(batch_op.f('ix_people_calendar_key'), ['calendar_key'], unique=True)

    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.add_column(sa.Column('closes_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))



def downgrade():
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.drop_column('closed_at')
        batch_op.drop_column('closes_on')

    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_people_calendar_key'))
        batch_op.drop_column('calendar_key')

    with op.batch_alter_table('review_authors', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_authors_person_id'))

    op.drop_table('review_authors')
    with op.batch_alter_table('owed_reviews', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_owed_reviews_review_id'))
        batch_op.drop_index(batch_op.f('ix_owed_reviews_owner_id'))
        batch_op.drop_index(batch_op.f('ix_owed_reviews_draft_id'))

    op.drop_table('owed_reviews')
    with op.batch_alter_table('draft_proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_proposals_version_id'))
        batch_op.drop_index('ix_draft_proposals_draft')

    op.drop_table('draft_proposals')
    with op.batch_alter_table('review_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_drafts_deck_id'))

    op.drop_table('review_drafts')
    with op.batch_alter_table('cycle_reviewers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cycle_reviewers_person_id'))

    op.drop_table('cycle_reviewers')
    op.drop_table('review_cycles')
    op.execute("DELETE FROM entries WHERE space_id IN (SELECT id FROM spaces WHERE kind = 'draft')")
    op.execute("DELETE FROM spaces WHERE kind = 'draft'")
    _kinds_of_space(KINDS)
