"""Notifications stand together by thread, are done and snoozed; rules, mutes, settings; mails of them and answers."""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'

MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.create_table('notification_mails',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('is_digest', sa.Boolean(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=True),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('claimed_at', MOMENT, nullable=False),
    sa.Column('settled_at', MOMENT, nullable=True),
    sa.Column('carried', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_notification_mails_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['entries.id'], name=op.f('fk_notification_mails_thread_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_mails'))
    )
    with op.batch_alter_table('notification_mails', schema=None) as batch_op:
        batch_op.create_index('ix_notification_mails_thread', ['person_id', 'thread_id'], unique=False)
        batch_op.create_index('ix_notification_mails_waiting', ['claimed_at'], unique=False,
                              sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))

    op.create_table('notification_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('space_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('level', sa.String(length=5), nullable=False),
    sa.CheckConstraint("level IN ('all', 'mine', 'asked', 'none')", name=op.f('ck_notification_rules_level')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_notification_rules_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_notification_rules_space_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification_rules')),
    sa.UniqueConstraint('person_id', 'space_id', 'kind', name=op.f('uq_notification_rules_person_id_space_id_kind'))
    )
    with op.batch_alter_table('notification_rules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notification_rules_space_id'), ['space_id'], unique=False)
        batch_op.create_index('ix_notification_rules_everywhere', ['person_id', 'kind'], unique=True,
                              sqlite_where=sa.text('space_id IS NULL'), postgresql_where=sa.text('space_id IS NULL'))
        batch_op.create_index('ix_notification_rules_all', ['space_id', 'kind'], unique=False,
                              sqlite_where=sa.text("level = 'all'"), postgresql_where=sa.text("level = 'all'"))

    op.create_table('mutes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('thread_id', sa.Integer(), nullable=True),
    sa.Column('space_id', sa.Integer(), nullable=True),
    sa.Column('until', MOMENT, nullable=True),
    sa.CheckConstraint('(thread_id IS NULL) <> (space_id IS NULL)', name=op.f('ck_mutes_one_subject')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mutes_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['space_id'], ['spaces.id'], name=op.f('fk_mutes_space_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['entries.id'], name=op.f('fk_mutes_thread_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mutes')),
    sa.UniqueConstraint('person_id', 'space_id', name=op.f('uq_mutes_person_id_space_id')),
    sa.UniqueConstraint('person_id', 'thread_id', name=op.f('uq_mutes_person_id_thread_id'))
    )
    with op.batch_alter_table('mutes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mutes_space_id'), ['space_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mutes_thread_id'), ['thread_id'], unique=False)

    op.create_table('notification_settings',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('mail', sa.String(length=6), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('on_desktop', sa.Boolean(), nullable=False),
    sa.Column('next_at', MOMENT, nullable=True),
    sa.CheckConstraint("mail IN ('each', 'daily', 'weekly', 'none')", name=op.f('ck_notification_settings_mail')),
    sa.CheckConstraint('hour BETWEEN 0 AND 23', name=op.f('ck_notification_settings_hour')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_notification_settings_weekday')),
    sa.CheckConstraint("(mail IN ('daily', 'weekly')) = (next_at IS NOT NULL)",
                       name=op.f('ck_notification_settings_digest_has_a_time')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_notification_settings_person_id'),
                            ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_notification_settings'))
    )
    with op.batch_alter_table('notification_settings', schema=None) as batch_op:
        batch_op.create_index('ix_notification_settings_next', ['next_at'], unique=False,
                              sqlite_where=sa.text('next_at IS NOT NULL'), postgresql_where=sa.text('next_at IS NOT NULL'))

    op.create_table('mail_replies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=64), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entries.id'], name=op.f('fk_mail_replies_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_mail_replies_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_replies')),
    sa.UniqueConstraint('entry_id', 'person_id', 'message', name=op.f('uq_mail_replies_entry_id_person_id_message'))
    )
    with op.batch_alter_table('mail_replies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_replies_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.add_column(sa.Column('thread_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('space_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('placed_at', MOMENT, nullable=True))
        batch_op.add_column(sa.Column('done_at', MOMENT, nullable=True))
        batch_op.add_column(sa.Column('snoozed_until', MOMENT, nullable=True))
        batch_op.add_column(sa.Column('mail_id', sa.Integer(), nullable=True))

    # They stand where what they tell of stood until now.
    activity = '(SELECT {} FROM activities LEFT JOIN entries ON entries.id = activities.entry_id ' \
               'WHERE activities.id = notifications.activity_id)'
    op.execute('UPDATE notifications SET placed_at = ' + activity.format('activities.created_at')
               + ', thread_id = ' + activity.format('COALESCE(entries.thread_id, entries.id)')
               + ', space_id = ' + activity.format('CASE WHEN entries.id IS NULL THEN activities.space_id END'))

    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.alter_column('placed_at', existing_type=MOMENT, nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_notifications_one_subject'),
                                         'thread_id IS NULL OR space_id IS NULL')
        batch_op.create_check_constraint(batch_op.f('ck_notifications_done_or_snoozed'),
                                         'done_at IS NULL OR snoozed_until IS NULL')
        batch_op.create_foreign_key(batch_op.f('fk_notifications_thread_id'), 'entries', ['thread_id'], ['id'],
                                    ondelete='CASCADE')
        batch_op.create_foreign_key(batch_op.f('fk_notifications_space_id'), 'spaces', ['space_id'], ['id'],
                                    ondelete='CASCADE')
        batch_op.create_foreign_key(batch_op.f('fk_notifications_mail_id'), 'notification_mails', ['mail_id'], ['id'],
                                    ondelete='SET NULL')
        batch_op.create_index('ix_notifications_place', ['person_id', 'placed_at', 'id'], unique=False)
        batch_op.create_index('ix_notifications_thread', ['thread_id', 'person_id', 'placed_at', 'id'],
                              unique=False)
        batch_op.create_index('ix_notifications_space', ['space_id', 'person_id', 'placed_at', 'id'], unique=False,
                              sqlite_where=sa.text('space_id IS NOT NULL'),
                              postgresql_where=sa.text('space_id IS NOT NULL'))
        batch_op.create_index('ix_notifications_unmailed', ['placed_at', 'person_id'], unique=False,
                              sqlite_where=sa.text('mail_id IS NULL'), postgresql_where=sa.text('mail_id IS NULL'))
        batch_op.create_index(batch_op.f('ix_notifications_mail_id'), ['mail_id'], unique=False)


def downgrade():
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        for name in ('place', 'thread', 'space', 'unmailed', 'mail_id'):
            batch_op.drop_index(f'ix_notifications_{name}')
        for name in ('thread_id', 'space_id', 'mail_id'):
            batch_op.drop_constraint(batch_op.f(f'fk_notifications_{name}'), type_='foreignkey')
        for name in ('one_subject', 'done_or_snoozed'):
            batch_op.drop_constraint(batch_op.f(f'ck_notifications_{name}'), type_='check')
        for name in ('thread_id', 'space_id', 'placed_at', 'done_at', 'snoozed_until', 'mail_id'):
            batch_op.drop_column(name)
    for name in ('mail_replies', 'notification_settings', 'mutes', 'notification_rules', 'notification_mails'):
        op.drop_table(name)
