"""Feeds of customers, who subscribed them for which account, and the news that came of them."""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'


def where(condition):
    return {'sqlite_where': sa.text(condition), 'postgresql_where': sa.text(condition)}


def upgrade():
    op.create_table('feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=1000), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('site', sa.String(length=1000), nullable=False),
    sa.Column('etag', sa.String(length=300), nullable=False),
    sa.Column('modified', sa.String(length=100), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('trouble', sa.String(length=20), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('tried_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('gone_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('failures >= 0', name=op.f('ck_feeds_failures')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeds')),
    sa.UniqueConstraint('address', name=op.f('uq_feeds_address'))
    )
    with op.batch_alter_table('feeds', schema=None) as batch_op:
        batch_op.create_index('ix_feeds_claimed', ['claimed_until'], unique=False, **where('claimed_until IS NOT NULL'))
        batch_op.create_index('ix_feeds_due', ['next_try_at'], unique=False, **where('gone_at IS NULL'))

    op.create_table('feed_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('guid_key', sa.String(length=64), nullable=False),
    sa.Column('link_key', sa.String(length=64), nullable=False),
    sa.Column('title_key', sa.String(length=64), nullable=False),
    sa.Column('words_key', sa.String(length=64), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_feed_items_feed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_items'))
    )
    with op.batch_alter_table('feed_items', schema=None) as batch_op:
        batch_op.create_index('ix_feed_items_link', ['feed_id', 'link_key'], unique=False)
        batch_op.create_index('ix_feed_items_title', ['feed_id', 'title_key'], unique=False)
        batch_op.create_index('uq_feed_items_guid', ['feed_id', 'guid_key'], unique=True, **where("guid_key <> ''"))

    op.create_table('feed_subscriptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_feed_subscriptions_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['people.id'], name=op.f('fk_feed_subscriptions_by_id')),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_feed_subscriptions_feed_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_subscriptions')),
    sa.UniqueConstraint('account_id', 'feed_id', name=op.f('uq_feed_subscriptions_account_id_feed_id'))
    )
    with op.batch_alter_table('feed_subscriptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_subscriptions_feed_id'), ['feed_id'], unique=False)

    op.create_table('news',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('by', sa.String(length=120), nullable=False),
    sa.Column('link', sa.String(length=1000), nullable=False),
    sa.Column('sound', sa.String(length=1000), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=True),
    sa.CheckConstraint('seconds > 0', name=op.f('ck_news_seconds')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_news_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['id'], ['entries.id'], name=op.f('fk_news_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['item_id'], ['feed_items.id'], name=op.f('fk_news_item_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_news')),
    sa.UniqueConstraint('account_id', 'item_id', name=op.f('uq_news_account_id_item_id'))
    )
    with op.batch_alter_table('news', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_news_item_id'), ['item_id'], unique=False)


def downgrade():
    op.execute("DELETE FROM entries WHERE kind = 'news'")
    for name in ('news', 'feed_subscriptions', 'feed_items', 'feeds'):
        op.drop_table(name)
