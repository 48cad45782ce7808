"""All resources. Importing them attaches their operations to the blueprint, in the order of the description."""

from app.api import (
    accounts,
    approvals,
    assets,
    breakdowns,
    catch_up,
    collections,
    commitments,
    compare,
    contacts,
    conversations,
    cycles,
    decisions,
    discussions,
    drafts,
    duplicates,
    entries,
    exports,
    handoffs,
    key_points,
    learnings,
    ledger,
    lists,
    mail,
    milestones,
    notification_wishes,
    notifications,
    people,
    polls,
    proposals,
    questions,
    queues,
    reuse,
    reviews,
    search,
    spaces,
    standing,
    tasks,
    uploads,
    versions,
    webhooks,
)
from app.api import deliveries as deliveries
from app.api import description as description
from app.api.blueprint import api as api

RESOURCES = (
    people, spaces, standing, entries, catch_up, lists, polls, discussions, reviews, breakdowns, drafts, cycles,
    commitments, key_points, questions, proposals, compare, learnings, ledger, assets, uploads, approvals,
    duplicates, versions, reuse, collections, decisions, tasks, milestones, accounts, handoffs, queues, contacts,
    conversations, mail, exports, search, notifications, notification_wishes, webhooks,
)
