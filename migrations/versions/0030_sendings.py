"""What customers are sent, which stage they are at, whom files are made for, and hand-offs that are passed on."""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'

STAGES = "stage IN ('', 'aware', 'evaluating', 'buying', 'onboarding', 'using', 'renewing')"
BEFORE = "'accepted', 'declined', 'withdrawn', 'meeting', 'opportunity', 'won', 'lost', 'recycled'"
# The newest version whose request stands and to which everybody who was asked said yes last.
APPROVED = """
UPDATE assets SET approved_number = (
  SELECT max(versions.number) FROM versions JOIN approval_requests ON approval_requests.version_id = versions.id
  WHERE versions.asset_id = assets.id AND approval_requests.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM approvers WHERE approvers.request_id = approval_requests.id)
    AND NOT EXISTS (SELECT 1 FROM approvers WHERE approvers.request_id = approval_requests.id AND coalesce((
      SELECT verdicts.verdict FROM verdicts WHERE verdicts.approver_id = approvers.id
      ORDER BY verdicts.id DESC LIMIT 1), 'changes') = 'changes'))
"""


def upgrade():
    op.create_table('sendings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.CheckConstraint("channel IN ('mail', 'meeting', 'event', 'social', 'post', 'link')", name=op.f('ck_sendings_channel')),
    sa.ForeignKeyConstraint(['id'], ['entries.id'], name=op.f('fk_sendings_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sendings'))
    )
    op.create_table('sending_contacts',
    sa.Column('sending_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contact_id'], ['contacts.id'], name=op.f('fk_sending_contacts_contact_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sending_id'], ['sendings.id'], name=op.f('fk_sending_contacts_sending_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sending_id', 'contact_id', name=op.f('pk_sending_contacts'))
    )
    with op.batch_alter_table('sending_contacts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sending_contacts_contact_id'), ['contact_id'], unique=False)

    op.create_table('sending_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sending_id', sa.Integer(), nullable=False),
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('warned', sa.String(length=80), nullable=False),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_sending_items_asset_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sending_id'], ['sendings.id'], name=op.f('fk_sending_items_sending_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_sending_items_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sending_items'))
    )
    with op.batch_alter_table('sending_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sending_items_sending_id'), ['sending_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sending_items_version_id'), ['version_id'], unique=False)
        batch_op.create_index('uq_sending_items_asset', ['asset_id', 'sending_id'], unique=True)

    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stage', sa.String(length=12), nullable=False, server_default=''))
        batch_op.create_check_constraint(batch_op.f('ck_accounts_stage'), STAGES)
    with op.batch_alter_table('asset_places', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key', sa.String(length=240), nullable=False, server_default=''))
        batch_op.drop_constraint(batch_op.f('ck_asset_places_dimension'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_asset_places_dimension'),
                                         "dimension IN ('region', 'channel', 'industry', 'stage')")
        batch_op.create_index('ix_asset_places_key', ['dimension', 'key', 'asset_id'], unique=False)
    _fold()
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('approved_number', sa.Integer(), nullable=True))
    op.execute(APPROVED)
    with op.batch_alter_table('handoff_steps', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('queue_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_handoff_steps_person_id'), 'people', ['person_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_handoff_steps_queue_id'), 'handoff_queues', ['queue_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('ck_handoff_steps_step'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_handoff_steps_step'),
                                         f"step IN ('asked', 'answered', 'passed', {BEFORE})")
        batch_op.create_check_constraint(batch_op.f('ck_handoff_steps_passed'),
                                         "(step = 'passed') = (person_id IS NOT NULL OR queue_id IS NOT NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_handoff_steps_one_before'),
                                         'person_id IS NULL OR queue_id IS NULL')


def _fold():
    """Databases fold letters less well than Python does."""
    places = sa.table('asset_places', sa.column('value'), sa.column('key'))
    connection = op.get_bind()
    for value, in connection.execute(sa.select(places.c.value).distinct()).all():
        connection.execute(places.update().where(places.c.value == value).values(key=value.strip().casefold()))


def downgrade():
    op.execute("DELETE FROM handoff_steps WHERE step = 'passed'")
    with op.batch_alter_table('handoff_steps', schema=None) as batch_op:
        for name in ('passed', 'one_before', 'step'):
            batch_op.drop_constraint(batch_op.f(f'ck_handoff_steps_{name}'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_handoff_steps_step'), f"step IN ('asked', 'answered', {BEFORE})")
        for name in ('person_id', 'queue_id'):
            batch_op.drop_constraint(batch_op.f(f'fk_handoff_steps_{name}'), type_='foreignkey')
            batch_op.drop_column(name)
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.drop_column('approved_number')
    op.execute("DELETE FROM asset_places WHERE dimension IN ('industry', 'stage')")
    with op.batch_alter_table('asset_places', schema=None) as batch_op:
        batch_op.drop_index('ix_asset_places_key')
        batch_op.drop_constraint(batch_op.f('ck_asset_places_dimension'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_asset_places_dimension'), "dimension IN ('region', 'channel')")
        batch_op.drop_column('key')
    op.execute("DELETE FROM account_changes WHERE field = 'stage'")
    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_accounts_stage'), type_='check')
        batch_op.drop_column('stage')
    for name in ('sending_items', 'sending_contacts'):
        op.drop_table(name)
    op.execute("DELETE FROM entries WHERE kind = 'sending'")
    op.drop_table('sendings')
