"""All resources. Importing them attaches their operations to the blueprint, in the order of the description."""

from app.api import (
    accounts,
    assets,
    breakdowns,
    collections,
    commitments,
    compare,
    cycles,
    decisions,
    discussions,
    drafts,
    duplicates,
    entries,
    key_points,
    learnings,
    ledger,
    notifications,
    people,
    proposals,
    questions,
    reuse,
    reviews,
    search,
    spaces,
    uploads,
    versions,
    webhooks,
)
from app.api import deliveries as deliveries
from app.api import description as description
from app.api.blueprint import api as api

RESOURCES = (
    people, spaces, entries, discussions, reviews, breakdowns, drafts, cycles, commitments, key_points, questions,
    proposals, compare, learnings, ledger, assets, uploads, duplicates, versions, reuse, collections, decisions,
    accounts, search, notifications, webhooks,
)
