"""Hand-offs with their steps, the queues they wait in, service levels and reasons for declining."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'

WARNED = {f'{name}_where': sa.text('warn_at IS NOT NULL AND reminded < 2') for name in ('sqlite', 'postgresql')}
ENDS = {f'{name}_where': sa.text("step IN ('accepted', 'declined', 'withdrawn')") for name in ('sqlite', 'postgresql')}


def upgrade():
    op.create_table('handoff_decline_reasons',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_handoff_decline_reasons_name')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff_decline_reasons')),
    sa.UniqueConstraint('name', name=op.f('uq_handoff_decline_reasons_name'))
    )
    op.create_table('handoff_service_levels',
    sa.Column('tier', sa.String(length=1), nullable=False),
    sa.Column('answer_minutes', sa.Integer(), nullable=False),
    sa.Column('outcome_days', sa.Integer(), nullable=False),
    sa.CheckConstraint("tier IN ('A', 'B', 'C')", name=op.f('ck_handoff_service_levels_tier')),
    sa.CheckConstraint('answer_minutes > 0 AND outcome_days > 0', name=op.f('ck_handoff_service_levels_positive')),
    sa.PrimaryKeyConstraint('tier', name=op.f('pk_handoff_service_levels'))
    )
    op.create_table('handoff_queues',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('timezone', sa.String(length=60), nullable=False),
    sa.Column('days', sa.String(length=7), nullable=False),
    sa.Column('opens', sa.Integer(), nullable=False),
    sa.Column('closes', sa.Integer(), nullable=False),
    sa.Column('holidays', sa.JSON(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("days <> ''", name=op.f('ck_handoff_queues_days')),
    sa.CheckConstraint("name <> ''", name=op.f('ck_handoff_queues_name')),
    sa.CheckConstraint('opens >= 0 AND opens < closes AND closes <= 1440', name=op.f('ck_handoff_queues_hours')),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_handoff_queues_team_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff_queues')),
    sa.UniqueConstraint('name', name=op.f('uq_handoff_queues_name')),
    sa.UniqueConstraint('team_id', name=op.f('uq_handoff_queues_team_id'))
    )
    op.create_table('handoff_queue_seats',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('queue_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('leads', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_handoff_queue_seats_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['queue_id'], ['handoff_queues.id'], name=op.f('fk_handoff_queue_seats_queue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff_queue_seats')),
    sa.UniqueConstraint('queue_id', 'person_id', name=op.f('uq_handoff_queue_seats_queue_id_person_id'))
    )
    with op.batch_alter_table('handoff_queue_seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handoff_queue_seats_person_id'), ['person_id'], unique=False)

    op.create_table('handoffs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('signal', sa.String(length=10), nullable=False),
    sa.Column('tier', sa.String(length=1), nullable=False),
    sa.Column('contact_name', sa.String(length=120), nullable=False),
    sa.Column('contact_role', sa.String(length=120), nullable=False),
    sa.Column('contact_email', sa.String(length=254), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=True),
    sa.Column('programme', sa.String(length=120), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.Column('permission_channel', sa.String(length=60), nullable=False),
    sa.Column('permission_basis', sa.String(length=120), nullable=False),
    sa.Column('permission_words', sa.String(length=300), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('queue_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('taker_id', sa.Integer(), nullable=True),
    sa.Column('declined_because', sa.String(length=80), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('amount', sa.Numeric(precision=15, scale=2), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('recycle_on', sa.Date(), nullable=True),
    sa.Column('working_hours', sa.JSON(), nullable=False),
    sa.Column('allowed', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('remaining', sa.Integer(), nullable=True),
    sa.Column('answered_after', sa.Integer(), nullable=True),
    sa.Column('warn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'asked') = (remaining IS NOT NULL)", name=op.f('ck_handoffs_paused')),
    sa.CheckConstraint("(state = 'declined') = (declined_because <> '')", name=op.f('ck_handoffs_declined')),
    sa.CheckConstraint("(state IN ('accepted', 'declined')) = (taker_id IS NOT NULL)", name=op.f('ck_handoffs_taker')),
    sa.CheckConstraint("(state IN ('waiting', 'answered') OR (state = 'accepted' AND outcome IS NULL)) = (due_at IS NOT NULL)", name=op.f('ck_handoffs_runs')),
    sa.CheckConstraint("outcome IN ('meeting', 'opportunity', 'won', 'lost', 'recycled')", name=op.f('ck_handoffs_outcome')),
    sa.CheckConstraint("outcome IS NULL OR state = 'accepted'", name=op.f('ck_handoffs_outcome_accepted')),
    sa.CheckConstraint("signal IN ('lead', 'signal')", name=op.f('ck_handoffs_signal')),
    sa.CheckConstraint("state IN ('waiting', 'answered', 'asked', 'accepted', 'declined', 'withdrawn')", name=op.f('ck_handoffs_state')),
    sa.CheckConstraint("tier IN ('A', 'B', 'C')", name=op.f('ck_handoffs_tier')),
    sa.CheckConstraint('(due_at IS NULL) = (warn_at IS NULL)', name=op.f('ck_handoffs_warns')),
    sa.CheckConstraint('(person_id IS NULL) <> (queue_id IS NULL)', name=op.f('ck_handoffs_addressee')),
    sa.CheckConstraint("(amount IS NULL) = (currency = '')", name=op.f('ck_handoffs_amount')),
    sa.CheckConstraint("(coalesce(outcome, '') = 'recycled') = (recycle_on IS NOT NULL)", name=op.f('ck_handoffs_recycled')),
    sa.ForeignKeyConstraint(['id'], ['entries.id'], name=op.f('fk_handoffs_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_handoffs_person_id')),
    sa.ForeignKeyConstraint(['queue_id'], ['handoff_queues.id'], name=op.f('fk_handoffs_queue_id')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_handoffs_review_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['taker_id'], ['people.id'], name=op.f('fk_handoffs_taker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoffs'))
    )
    with op.batch_alter_table('handoffs', schema=None) as batch_op:
        batch_op.create_index('ix_handoffs_person', ['person_id', 'state'], unique=False)
        batch_op.create_index('ix_handoffs_queue', ['queue_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_handoffs_review_id'), ['review_id'], unique=False)
        batch_op.create_index('ix_handoffs_taker', ['taker_id', 'state'], unique=False)
        batch_op.create_index('ix_handoffs_warn', ['warn_at'], unique=False, **WARNED)

    op.create_table('handoff_reads',
    sa.Column('handoff_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_handoff_reads_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoffs.id'], name=op.f('fk_handoff_reads_handoff_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('handoff_id', 'entry_id', name=op.f('pk_handoff_reads'))
    )
    with op.batch_alter_table('handoff_reads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handoff_reads_entry_id'), ['entry_id'], unique=False)

    op.create_table('handoff_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('handoff_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=12), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('amount', sa.Numeric(precision=15, scale=2), nullable=True),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(amount IS NULL) = (currency = '')", name=op.f('ck_handoff_steps_amount')),
    sa.CheckConstraint("(step = 'recycled') = (day IS NOT NULL)", name=op.f('ck_handoff_steps_day')),
    sa.CheckConstraint("amount IS NULL OR (amount >= 0 AND step IN ('opportunity', 'won'))", name=op.f('ck_handoff_steps_amount_of')),
    sa.CheckConstraint("step IN ('asked', 'answered', 'accepted', 'declined', 'withdrawn', 'meeting', 'opportunity', 'won', 'lost', 'recycled')", name=op.f('ck_handoff_steps_step')),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_handoff_steps_by_id')),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_handoff_steps_comment_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoffs.id'], name=op.f('fk_handoff_steps_handoff_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff_steps'))
    )
    with op.batch_alter_table('handoff_steps', schema=None) as batch_op:
        batch_op.create_index('ix_handoff_steps_ends', ['handoff_id'], unique=True, **ENDS)
        batch_op.create_index(batch_op.f('ix_handoff_steps_handoff_id'), ['handoff_id'], unique=False)


def downgrade():
    op.execute("DELETE FROM entries WHERE thread_id IN (SELECT id FROM handoffs)")
    op.execute("DELETE FROM entries WHERE kind = 'handoff'")
    for table in ('handoff_steps', 'handoff_reads', 'handoffs', 'handoff_queue_seats', 'handoff_queues',
                  'handoff_service_levels', 'handoff_decline_reasons'):
        op.drop_table(table)
