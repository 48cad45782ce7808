"""Reviews say what their figures aimed at, the rate of their currency, and what each channel or week had of them."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'

AMOUNTS = ('budget', 'cost', 'pipeline', 'won', 'margin')
COUNTS = ('expected_responses', 'sent', 'responses', 'leads', 'mqls', 'sqls', 'opportunities', 'new_customers')
TARGETS = ('sent', 'leads', 'mqls', 'sqls', 'opportunities', 'new_customers', 'pipeline', 'won', 'margin')
ORDER = ('budget', 'cost', 'expected_responses', 'sent', 'responses', 'leads', 'mqls', 'sqls', 'opportunities', 'pipeline',
         'won', 'new_customers')


def column(name, figure):
    return sa.Column(name, sa.Numeric(precision=18, scale=2) if figure in AMOUNTS else sa.Integer(), nullable=True)


def not_negative(names):
    return ' AND '.join(f'({name} IS NULL OR {name} >= 0)' for name in names)


def upgrade():
    meanings = ", ".join(f"'{name}'" for name in ('channel', 'week', *ORDER[:-1], 'margin', ORDER[-1], 'ignored'))
    op.create_table('figure_headers',
    sa.Column('header', sa.String(length=120), nullable=False),
    sa.Column('meaning', sa.String(length=20), nullable=False),
    sa.CheckConstraint(f"meaning IN ({meanings})", name=op.f('ck_figure_headers_meaning')),
    sa.PrimaryKeyConstraint('header', name=op.f('pk_figure_headers'))
    )
    op.create_table('review_breakdown',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('review_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    *(column(name, name) for name in (*AMOUNTS, *COUNTS)),
    sa.CheckConstraint("kind IN ('channel', 'week')", name=op.f('ck_review_breakdown_kind')),
    sa.CheckConstraint('position >= 0', name=op.f('ck_review_breakdown_position')),
    sa.CheckConstraint(not_negative(ORDER), name=op.f('ck_review_breakdown_not_negative')),
    sa.ForeignKeyConstraint(['review_id'], ['reviews.id'], name=op.f('fk_review_breakdown_review_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_breakdown')),
    sa.UniqueConstraint('review_id', 'kind', 'position', name=op.f('uq_review_breakdown_review_id_kind_position'))
    )
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rate', sa.Numeric(precision=18, scale=8), nullable=True))
        batch_op.add_column(sa.Column('rate_on', sa.Date(), nullable=True))
        for name in TARGETS:
            batch_op.add_column(column(f'target_{name}', name))
        batch_op.create_check_constraint(batch_op.f('ck_reviews_rate'),
                                         '(rate IS NULL) = (rate_on IS NULL) AND (rate IS NULL OR rate > 0)')
        batch_op.create_check_constraint(batch_op.f('ck_reviews_targets_not_negative'),
                                         not_negative(f'target_{name}' for name in TARGETS if name != 'margin'))


def downgrade():
    with op.batch_alter_table('reviews', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_reviews_targets_not_negative'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_reviews_rate'), type_='check')
        for name in reversed(TARGETS):
            batch_op.drop_column(f'target_{name}')
        batch_op.drop_column('rate_on')
        batch_op.drop_column('rate')

    op.drop_table('review_breakdown')
    op.drop_table('figure_headers')
