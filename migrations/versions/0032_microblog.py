"""Catching up part by part, quotes, lists and filters of one's own, and who lets themselves be seen reading."""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'

TARGETS = ('member_id', 'tag_id', 'space_id')
ONE_TARGET = ' + '.join(f'CASE WHEN {name} IS NULL THEN 0 ELSE 1 END' for name in TARGETS) + ' = 1'


def upgrade():
    op.create_table('catch_up_marks',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=10), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("part IN ('decision', 'important', 'review', 'learning')", name=op.f('ck_catch_up_marks_part')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_catch_up_marks_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'part', name=op.f('pk_catch_up_marks'))
    )
    op.create_table('feed_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_feed_lists_name')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_feed_lists_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_lists')),
    sa.UniqueConstraint('person_id', 'name', name=op.f('uq_feed_lists_person_id_name'))
    )
    op.create_table('saved_filters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('place', sa.String(length=40), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_saved_filters_name')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_saved_filters_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filters')),
    sa.UniqueConstraint('person_id', 'name', name=op.f('uq_saved_filters_person_id_name'))
    )
    op.create_table('feed_list_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('tag_id', sa.Integer(), nullable=True),
    sa.Column('space_id', sa.Integer(), nullable=True),
    sa.CheckConstraint(ONE_TARGET, name=op.f('ck_feed_list_items_one_target')),
    sa.ForeignKeyConstraint(['list_id'], ['feed_lists.id'], name=op.f('fk_feed_list_items_list_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['people.id'], name=op.f('fk_feed_list_items_member_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_feed_list_items_space_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tag_id'], ['tags.id'], name=op.f('fk_feed_list_items_tag_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_list_items')),
    *(sa.UniqueConstraint('list_id', name, name=op.f(f'uq_feed_list_items_list_id_{name}')) for name in TARGETS)
    )
    with op.batch_alter_table('feed_list_items', schema=None) as batch_op:
        for name in TARGETS:
            batch_op.create_index(batch_op.f(f'ix_feed_list_items_{name}'), [name], unique=False)

    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_quote', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shows_presence', sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade():
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_column('shows_presence')
    with op.batch_alter_table('posts', schema=None) as batch_op:
        batch_op.drop_column('is_quote')
    for name in ('feed_list_items', 'saved_filters', 'feed_lists', 'catch_up_marks'):
        op.drop_table(name)
