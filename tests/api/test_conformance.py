"""Schemathesis reads the description and tries every operation with what it allows and what it does not.

Half of the ids point to something, so that answers are seen as well as problems. On PostgreSQL alone, which takes less:
the other tests of the API run on both databases.
"""

from contextlib import ExitStack
from contextvars import Context
from io import BytesIO

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks

from app.activity.models import Notification
from app.api.description import description
from app.api.models import Webhook
from app.approvals.actions import ask as ask_for_approval
from app.assets.actions import hold, keep, upload
from app.contacts.actions import add_contact
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.promises import Said
from app.conversations.receiving import file_all
from app.cycles.actions import Owed, start_cycle
from app.decisions.actions import decide
from app.entries.actions import comment
from app.export.actions import ask_for
from app.extensions import db
from app.handoffs.actions import hand_over
from app.handoffs.queue_actions import open_queue
from app.learnings.actions import apply_learning
from app.learnings.models import Learning
from app.library.actions import begin_collection
from app.lists.actions import begin_list, put, save_filter
from app.notifications.choosing import set_rule
from app.outgoing import Page
from app.people.sessions import new_token
from app.reuse.actions import adapt
from app.reviews.actions import post_review
from app.reviews.drafting import start_draft
from app.reviews.questions import ask
from app.tasks.actions import add_milestone, add_task
from app.uploads.imports import start_import
from app.voices.actions import subscribe
from app.voices.asking import Asked
from app.voices.found import Reading
from tests.making.mails import mail as letter
from tests.world import World

CHECKS = [checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
          checks.response_headers_conformance, checks.response_schema_conformance]
SETTINGS = settings(
    max_examples=4, derandomize=True, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
NAMES = sorted(f"{method.upper()} {path}" for path, each in description()["paths"].items() for method in each)


def targets(world) -> dict:
    """Something of every kind, by the names that ids have."""
    space = world.space("project", "open")
    post = world.first_post(space)
    review = post_review(space, "Spring", actor=world.lena, quarter="2026-Q1", cost=100, leads=4, next_steps=["Again"],
                         channels=["webinar"], learnings=[{"claim": "Short invitations work"}])
    [learning] = db.session.scalars(db.select(Learning).where(Learning.review_id == review.id))
    asset = upload(space, keep(BytesIO(b"Words"), "words.txt"), actor=world.lena)
    copy = upload(space, keep(BytesIO(b"Words"), "copy.txt"), actor=world.lena)
    webhook = Webhook(person_id=world.lena.id, url="https://example.com/", secret="s" * 16)
    db.session.add(webhook)
    trial = apply_learning(learning, "DACH", actor=world.lena)
    question = ask(review, "Why Spring?", actor=world.jon)
    answer = comment(review, "It is warm", actor=world.mei, parent=question.comment)
    adapt(asset.current, space, actor=world.lena)
    collection = begin_collection(space, "Fairs", actor=world.lena)
    draft = start_draft({"title": "Autumn"}, actor=world.lena)
    export = ask_for(space, actor=world.lena)
    day = review.created_at.date()
    cycle = start_cycle(space, "2026-Q2", actor=world.lena, due_on=day, closes_on=day,
                        owed=[Owed("Fairs", "", world.jon)])
    words = keep(BytesIO(b"Words"), "words.txt")
    held, imported = hold(words, actor=world.lena), start_import(space, words, actor=world.lena)
    approval = ask_for_approval(asset, actor=world.lena, people=[world.lena])
    question_open = decide(space, "Which hall?", actor=world.lena)
    milestone = add_milestone(space, "Doors open", day, actor=world.lena)
    task = add_task(space, "Book the hall", actor=world.lena, milestone=milestone)
    queue = open_queue("Sales", actor=world.ada, people=[world.lena, world.jon])
    handoff = hand_over(world.space("account", "open"), "Wants a quote", actor=world.lena, queue=queue, reads=[post])
    account = world.space("account", "open").account
    contact = add_contact(account, "Anna Weber", actor=world.lena)
    conversation = log_conversation(account, "Five", actor=world.lena, contacts=[contact], promised=[
        Said("ours", "Send the offer")])
    feed = subscribe(account, Asked("https://a.example/", Page("https://a.example/", 200), Reading("Acme")),
                     actor=world.lena)
    [(mail, _new)] = file_all(account, read(keep(BytesIO(letter()), "letter.eml")), actor=world.lena)
    told = db.session.scalars(db.select(Notification).where(Notification.person_id == world.lena.id)).first()
    rule = set_rule(world.lena, "all", space=space)
    db.session.commit()
    found = begin_list("Launch", actor=world.lena)
    put(found, person=world.jon)
    db.session.commit()
    saved = save_filter("Webinars", "/search", "q=webinar", actor=world.lena)
    db.session.commit()
    return {
        "list_id": found.id, "item_id": found.items[0].id, "filter_id": saved.id, "quote_id": post.id,
        "notification_id": told.id, "rule_id": rule.id,
        "contact_id": contact.id, "promise_id": conversation.promises[0].id, "mail_id": mail.id,
        "feed_id": feed.id,
        "handoff_id": handoff.id, "queue_id": queue.id, "tier": "A",
        "decision_id": question_open.id,
        "approval_id": approval.id,
        "upload_id": held.id, "import_id": imported.id, "draft_id": draft.id, "cycle_id": cycle.id,
        "task_id": task.id, "before_id": task.id, "milestone_id": milestone.id, "owner_id": world.jon.id,
        "space_id": space.id, "entry_id": post.id, "person_id": world.jon.id, "review_id": review.id,
        "learning_id": learning.id, "trial_id": trial.id, "asset_id": asset.id, "deck_id": asset.id, "number": 1,
        "page": 1, "account_id": world.space("account", "open").account.id, "webhook_id": webhook.id,
        "question_id": question.id, "comment_id": answer.id, "emoji": "👍",
        "commitment_id": review.commitments[0].id, "other_id": copy.id, "export_id": export.id,
        "collection_id": collection.id,
    }


@pytest.fixture(scope="module")
def stage(application):
    """The API as its description tells it, Lena's token as an admin's, and what ids may point to; made once."""
    app, database = application
    with ExitStack() as end:
        with app.app_context():
            end.enter_context(database.another_template())
            world = World()
            world.lena.role = "admin"
            known = targets(world)
            _token, text = new_token(world.lena, "conformance")
            db.session.commit()
            db.session.remove()
            database.keep()
            schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        yield schema, {"Authorization": f"Bearer {text}"}, known


@pytest.fixture
def described(stage, app):
    """The same, in a database where nothing has happened since."""
    return stage


def aim(case, known: dict) -> None:
    """Let the ids of a request point to something."""
    for name in case.path_parameters or {}:
        case.path_parameters[name] = known.get(name, case.path_parameters[name])
    for part in (case.body, case.query):
        for name in set(part) & set(known) if isinstance(part, dict) else ():
            part[name] = known[name]


@pytest.mark.parametrize("name", NAMES)
def test_operation(described, name):
    schema, headers, known = described
    method, path = name.split()
    made = []

    def check(case) -> None:
        made.append(case)
        if len(made) % 2:
            aim(case, known)
        Context().run(case.call_and_validate, headers=headers, checks=CHECKS)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        SETTINGS(given(case=schema[path][method].as_strategy(mode))(check))()
