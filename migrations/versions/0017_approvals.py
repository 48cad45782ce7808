"""Approvals: who is asked about a version and what they said; its state stands beside the asset."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'


def upgrade():
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.add_column(sa.Column('approval', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('approval_due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('approvals_given', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('approvals_asked', sa.Integer(), nullable=False, server_default='0'))
        batch_op.create_check_constraint(batch_op.f('ck_assets_approval'),
                                         "approval IN ('', 'waiting', 'changes', 'approved')")

    op.create_table('approval_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('asset_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('reminded', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['people.id'], name=op.f('fk_approval_requests_asked_by_id')),
    sa.ForeignKeyConstraint(['asset_id'], ['assets.id'], name=op.f('fk_approval_requests_asset_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['version_id'], ['versions.id'], name=op.f('fk_approval_requests_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_requests'))
    )
    standing, due = 'withdrawn_at IS NULL', 'withdrawn_at IS NULL AND reminded < 2'
    with op.batch_alter_table('approval_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approval_requests_asset_id'), ['asset_id'], unique=False)
        batch_op.create_index('ix_approval_requests_standing', ['version_id'], unique=True,
                              sqlite_where=sa.text(standing), postgresql_where=sa.text(standing))
        batch_op.create_index('ix_approval_requests_due', ['due_on'], unique=False,
                              sqlite_where=sa.text(due), postgresql_where=sa.text(due))

    op.create_table('approvers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(person_id IS NULL) <> (team_id IS NULL)', name=op.f('ck_approvers_one')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_approvers_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['approval_requests.id'], name=op.f('fk_approvers_request_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['teams.id'], name=op.f('fk_approvers_team_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approvers')),
    sa.UniqueConstraint('request_id', 'person_id', name=op.f('uq_approvers_request_id_person_id')),
    sa.UniqueConstraint('request_id', 'team_id', name=op.f('uq_approvers_request_id_team_id'))
    )
    with op.batch_alter_table('approvers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_approvers_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_approvers_team_id'), ['team_id'], unique=False)

    op.create_table('verdicts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('approver_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=12), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("verdict IN ('approved', 'with_changes', 'changes')", name=op.f('ck_verdicts_verdict')),
    sa.ForeignKeyConstraint(['approver_id'], ['approvers.id'], name=op.f('fk_verdicts_approver_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_verdicts_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verdicts'))
    )
    with op.batch_alter_table('verdicts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_verdicts_approver_id'), ['approver_id'], unique=False)


def downgrade():
    op.drop_table('verdicts')
    op.drop_table('approvers')
    op.drop_table('approval_requests')
    with op.batch_alter_table('assets', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_assets_approval'), type_='check')
        batch_op.drop_column('approvals_asked')
        batch_op.drop_column('approvals_given')
        batch_op.drop_column('approval_due_on')
        batch_op.drop_column('approval')
