"""The machine-readable half: every row that belongs to what is exported, as JSON, with its ids and relations.

What lives in an entry or in the space by the rule of access (`lives_in`) is told without being named here. Other tables
that hang on entries are either named in `HANGING` or left out on purpose.
"""

import base64
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Table, select

from app.accounts.models import Account, AccountChange
from app.approvals.models import ApprovalRequest, Approver, Verdict
from app.assets.models import Page, Version
from app.conversations.mail_models import Mail, MailKey, MailReference, mail_attachments
from app.conversations.models import conversation_contacts
from app.decisions.models import decision_makers
from app.entries.attachments import Upload
from app.entries.models import Entry, Reaction
from app.entries.reference_models import AccountMention, EntryTag, Mention
from app.entries.revision_models import Revision
from app.export.models import Export
from app.export.scope import Scope
from app.export.sinks import Lines
from app.extensions import db
from app.handoffs.models import handoff_reads
from app.learnings.models import Scope as LearningScope
from app.learnings.models import Vouch
from app.radar.models import Fingerprint
from app.reuse.models import AssetPlace
from app.reviews.draft_models import ReviewDraft
from app.reviews.models import review_authors
from app.reviews.proposal_models import DeckProposal, DraftProposal
from app.reviews.question_models import QuestionVote
from app.sendings.models import sending_contacts
from app.spaces.models import Space

HANGING = (
    (Approver.__table__, ApprovalRequest.asset_id, (Approver.request,)),
    (Verdict.__table__, ApprovalRequest.asset_id, (Verdict.approver, Approver.request)),
    (Reaction.__table__, Reaction.entry_id, ()), (Revision.__table__, Revision.entry_id, ()),
    (Mention.__table__, Mention.entry_id, ()), (AccountMention.__table__, AccountMention.entry_id, ()),
    (EntryTag.__table__, EntryTag.entry_id, ()), (Upload.__table__, Upload.entry_id, ()),
    (LearningScope.__table__, LearningScope.learning_id, ()), (Vouch.__table__, Vouch.learning_id, ()),
    (QuestionVote.__table__, QuestionVote.question_id, ()), (Page.__table__, Version.asset_id, (Page.version,)),
    (AssetPlace.__table__, AssetPlace.asset_id, ()), (handoff_reads, handoff_reads.c.handoff_id, ()),
    (review_authors, review_authors.c.review_id, ()), (decision_makers, decision_makers.c.decision_id, ()),
    (conversation_contacts, conversation_contacts.c.conversation_id, ()),
    (sending_contacts, sending_contacts.c.sending_id, ()),
    (MailReference.__table__, Mail.entry_id, (MailReference.mail,)),
    (mail_attachments, mail_attachments.c.asset_id, ()),
)
"""Further tables: each row belongs to the entry that this column names, in the table or one that is joined."""
LEFT_OUT = {
    # Told in the rows of their entries or cycles.
    "review_channels", "cycle_reviewers",
    # What one person keeps for themselves, and what the house keeps to work.
    "bookmarks", "watches", "activities", "search_documents", "imports", "import_members", "arrivals",
    "mail_imports", "imported_letters",
    "expiry_notices", "notifications", "notification_mails", "notification_rules", "mutes", "mail_replies",
    # Made anew from the files.
    "fingerprints", "fingerprint_keys", "likenesses", "meant_twos",
}
"""Tables that point at what is exported, of which nothing is."""
PRIVATE = {MailKey, Export, ReviewDraft, DraftProposal, DeckProposal, Fingerprint}
"""Records that live in an entry or a space, but are somebody's own wait to be said or are made anew."""
ABOUT = {("shares", "space_id"), ("derivations", "origin_id"), ("collected", "asset_id"),
         ("learning_evidence", "entry_id"),
         ("handoff_reads", "entry_id"), ("sending_items", "asset_id")}
"""What a row is about: without it, it would only tell that there is something the reader may not know of."""
DERIVED = {"body_html", "brief_html", "origin_changed"}


def plain(value):
    """A value of a column as JSON has it: moments in UTC with a Z, amounts as text, bytes in base64."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def chains(owner: type) -> Iterator[tuple[type, list]]:
    """Each model whose records live in `owner` (Entry or Space), with the relations that lead there."""
    for mapper in sorted(db.Model.registry.mappers, key=lambda each: each.local_table.name):
        model, path = mapper.class_, []
        if issubclass(model, (Entry, Space)) or model in PRIVATE or not hasattr(model, "lives_in"):
            continue
        while not issubclass(model, (Entry, Space)):
            path.append(getattr(model, model.lives_in))
            model = path[-1].property.mapper.class_
        if issubclass(model, owner):
            yield mapper.class_, path


def _joined(model: type, path: list):
    """The rows of a model, and the column that names what they live in."""
    query = select(model.__table__).select_from(model)
    for relation in path[:-1]:
        query = query.join(relation)
    [owner_id] = path[-1].property.local_columns
    return query, owner_id


def _through(table: Table, relations: tuple):
    query = select(table)
    for relation in relations:
        query = query.join(relation)
    return query


class Records:
    """Writes rows into a file of lines per table, without ids of what the reader may not know of."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.files: dict[str, Lines] = {}
        self._of_entries = [(model.__table__, *_joined(model, path)) for model, path in chains(Entry)]
        self._of_entries += [(table, _through(table, relations), owner) for table, owner, relations in HANGING]
        self._of_space = [(model.__table__, *_joined(model, path)) for model, path in chains(Space)]
        tables = {mapper.local_table for mapper in Entry.__mapper__.self_and_descendants}
        self.entry_tables, self.space_tables = tables, {Space.__table__}

    def add_those_of(self, ids: list[int]) -> None:
        """All records of these entries: one statement per table, and five for what they point at."""
        self._add([(table, self._rows(query.where(owner.in_(ids)), table))
                   for table, query, owner in self._of_entries])

    def add_those_of_space(self) -> None:
        """All records of the space itself: its project or account, who belongs to it."""
        found = [(table, self._rows(query.where(owner == self.scope.space.id), table))
                 for table, query, owner in self._of_space]
        for table, rows in found:
            if table is AccountChange.__table__:
                self._hide_accounts([row for row in rows if row["field"] == "parent_id"])
        self._add(found)

    def _hide_accounts(self, changes: list[dict]) -> None:
        """The history of a record names other accounts by their ids, as text."""
        known = self._known_accounts({int(row[name]) for row in changes for name in ("old", "new") if row[name]})
        for row in changes:
            row |= {name: "" for name in ("old", "new") if row[name] and int(row[name]) not in known}

    def _rows(self, query, table: Table) -> list[dict]:
        return [dict(row) for row in db.session.execute(query.order_by(*table.primary_key)).mappings()]

    def _add(self, found: list[tuple[Table, list[dict]]]) -> None:
        self.scrub(found)
        for table, rows in found:
            for row in filter(None, rows):
                self.lines(f"data/records/{table.name}.jsonl").add(
                    {name: plain(value) for name, value in row.items() if name not in DERIVED})

    def lines(self, name: str) -> Lines:
        """The file of this name, new when it is needed first."""
        return self.files.setdefault(name, Lines(name))

    def scrub(self, found: list[tuple[Table, list[dict]]]) -> None:
        """Take ids out of rows that name things which the reader may not know of; empty the rows about such."""
        kinds = ((self.entry_tables, self._known_entries), (self.space_tables, self._known_spaces),
                 ({Account.__table__}, self._known_accounts))
        for targets, known in kinds:
            named = [(table, row, column.name) for table, rows in found for column in table.columns
                     if any(key.column.table in targets for key in column.foreign_keys) for row in rows]
            allowed = known({row[name] for _table, row, name in named if row.get(name) is not None})
            for table, row, name in named:
                if row and row.get(name) not in allowed:
                    hidden = row[name] is not None and (table.name, name) in ABOUT
                    row[name] = None
                    if hidden:
                        row.clear()

    def _known_entries(self, ids: set[int]) -> set[int]:
        return set(self.scope.spots(ids))

    def _known_spaces(self, ids: set[int]) -> set[int]:
        return set(self.scope.spaces(ids))

    def _known_accounts(self, ids: set[int]) -> set[int]:
        query = select(Account.id, Account.space_id).where(Account.id.in_(ids))
        spaces = dict(db.session.execute(query).tuples().all()) if ids else {}
        known = self.scope.spaces(set(spaces.values()))
        return {key for key, space_id in spaces.items() if space_id in known}
