"""Every blueprint of the house, in the order of its floors. Importing the views attaches them to theirs."""

from app import presence
from app.accounts import record_routes as account_record_routes
from app.accounts.routes import accounts
from app.admin.routes import admin
from app.annotations.routes import annotations
from app.api.docs import docs
from app.api.resources import api
from app.approvals import reminding as approval_reminding
from app.approvals.routes import approvals
from app.assets import carrying, clearing
from app.assets.routes import assets
from app.contacts.routes import contacts
from app.conversations import mail_import_job, mail_import_routes, mail_routes, showing
from app.conversations import reminding as promise_reminding
from app.conversations.routes import conversations
from app.cycles import calendar_routes, reminding
from app.cycles.routes import cycles
from app.decisions.routes import decisions
from app.entries import discussion_routes, important_routes, pin_routes, presence_routes, quote_routes, resolving_routes
from app.entries.routes import entries
from app.entries.writing import writing
from app.export import making
from app.export.routes import exports
from app.feed import catch_up_routes, visit_routes
from app.feed.routes import feed
from app.handoffs import account_tab as handoffs_of_account
from app.handoffs import queue_routes, report_routes, step_routes
from app.handoffs import reminding as handoff_reminding
from app.handoffs.routes import handoffs
from app.learnings import digest_mail, digest_routes, record_routes, reminders
from app.learnings.routes import learnings
from app.library import collection_routes
from app.library.routes import library
from app.lists.routes import lists
from app.notifications import mailing, push_routes, unsubscribe_routes
from app.notifications import settings_routes as notification_settings_routes
from app.notifications.routes import notifications
from app.operations import operations
from app.people import entrance, routes
from app.people.blueprint import people
from app.polls.routes import polls
from app.projects.routes import projects
from app.radar import fingerprinting
from app.radar.routes import radar
from app.reuse import background as reuse_background
from app.reuse.routes import reuse
from app.reviews import (
    closing,
    closing_routes,
    commitment_routes,
    deck_reading,
    draft_routes,
    figures_file_routes,
    key_point_routes,
    proposal_routes,
    question_routes,
)
from app.reviews.compare_routes import comparing
from app.reviews.routes import reviews
from app.search.routes import search
from app.sendings import shelf_tab
from app.sendings.routes import sendings
from app.spaces import standing_routes
from app.spaces.routes import spaces
from app.tasks import milestone_routes
from app.tasks import reminding as task_reminding
from app.tasks.routes import tasks
from app.uploads import import_job
from app.uploads.routes import uploads
from app.versions.routes import versions
from app.voices import claiming as feed_claiming
from app.voices import fetching as feed_fetching
from app.voices.routes import voices

FURTHER_VIEWS = (
    account_record_routes, important_routes, quote_routes, presence_routes,
    entrance, routes, record_routes, digest_routes, proposal_routes, question_routes, draft_routes, closing_routes,
    calendar_routes, figures_file_routes, commitment_routes, key_point_routes, resolving_routes,
    discussion_routes, standing_routes, visit_routes, catch_up_routes, pin_routes, milestone_routes, collection_routes,
    queue_routes, report_routes, step_routes, mail_routes, mail_import_routes, showing, shelf_tab, handoffs_of_account,
    notification_settings_routes, unsubscribe_routes, push_routes, presence,
)
BACKGROUND_WORK = (
    carrying, clearing, import_job, reminders, digest_mail, deck_reading, closing, reminding, fingerprinting,
    approval_reminding, task_reminding, handoff_reminding, making, reuse_background, promise_reminding, mailing,
    feed_claiming, feed_fetching, mail_import_job,
)
BLUEPRINTS = (
    operations, people, spaces, entries, writing, feed, reviews, comparing, cycles, learnings, uploads, assets,
    approvals, radar, annotations, versions, decisions, tasks, handoffs, reuse, library, lists, polls, projects,
    accounts, contacts, conversations, sendings, voices, exports, search, notifications, admin, api, docs,
)
