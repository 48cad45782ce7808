"""Pages know which page of an earlier version they continue, and evidence of which version its page is."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'

# What evidence speaks of today: the version of the comment it rests on, else the newest of the file or of the deck.
SPOKEN_OF = """
UPDATE learning_evidence SET version_id = coalesce(
    (SELECT comments.version_id FROM comments WHERE comments.id = learning_evidence.entry_id),
    (SELECT versions.id FROM versions JOIN assets ON versions.asset_id = assets.id
     WHERE versions.number = assets.version_count AND assets.id = coalesce(
         (SELECT reviews.deck_id FROM reviews WHERE reviews.id = learning_evidence.entry_id),
         learning_evidence.entry_id)))
WHERE page IS NOT NULL
"""


def upgrade():
    with op.batch_alter_table('versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('follows_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_versions_follows_id'), ['follows_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_versions_follows_id'), 'versions', ['follows_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('pages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('continues_id', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_pages_continues_id'), ['continues_id'])
        batch_op.create_foreign_key(batch_op.f('fk_pages_continues_id'), 'pages', ['continues_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('learning_evidence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_learning_evidence_version_id'), ['version_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_learning_evidence_version_id'), 'versions', ['version_id'], ['id'], ondelete='SET NULL')
        batch_op.drop_constraint('uq_learning_evidence_learning_id_entry_id_page_figure', type_='unique')
        batch_op.create_unique_constraint('uq_learning_evidence_ground', ['learning_id', 'entry_id', 'version_id', 'page', 'figure'])

    op.execute(SPOKEN_OF)


def downgrade():
    with op.batch_alter_table('learning_evidence', schema=None) as batch_op:
        batch_op.drop_constraint('uq_learning_evidence_ground', type_='unique')
        batch_op.create_unique_constraint('uq_learning_evidence_learning_id_entry_id_page_figure', ['learning_id', 'entry_id', 'page', 'figure'])
        batch_op.drop_constraint(batch_op.f('fk_learning_evidence_version_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_learning_evidence_version_id'))
        batch_op.drop_column('version_id')

    with op.batch_alter_table('pages', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_pages_continues_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_pages_continues_id'), type_='unique')
        batch_op.drop_column('continues_id')

    with op.batch_alter_table('versions', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_versions_follows_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_versions_follows_id'))
        batch_op.drop_column('follows_id')
