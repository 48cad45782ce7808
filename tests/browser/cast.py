"""Fills an empty house for browsers: `python -m tests.browser.cast`, and prints where things stand as JSON.

The cast of world.py, all with its password, and one thing of every kind with long words and other scripts in it.
A process of its own, so that nothing of it lives in the process that runs the tests.
"""

import io
import json
import tempfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from app import create_app
from app.activity.delivery import commit
from app.approvals.actions import answer, standing
from app.approvals.actions import ask as ask_for_approval
from app.assets.actions import KeptFile, add_version, keep, upload
from app.assets.models import Asset
from app.contacts.actions import change_contact
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.promises import Said
from app.conversations.receiving import file_all, make_address
from app.cycles.actions import Owed, begin_review, start_cycle
from app.db import at
from app.decisions.actions import decide
from app.entries.actions import comment, post, react
from app.entries.resolving import resolve
from app.extensions import db
from app.handoffs.actions import accept as accept_handoff
from app.handoffs.actions import ask_back, decline, hand_over, tell_outcome
from app.handoffs.queue_actions import open_queue
from app.learnings.actions import (
    Ground,
    add_ground,
    apply_learning,
    contradict,
    end_trial,
    state_learning,
    vouch,
)
from app.library.actions import begin_collection, collect
from app.people.actions import change_profile, set_password
from app.people.models import Person
from app.reuse.actions import adapt, say_rights
from app.reviews.actions import post_review
from app.reviews.breaking_down import replace_breakdown
from app.reviews.commitments import settle
from app.reviews.key_points import make_point
from app.reviews.models import Review
from app.reviews.questions import accept, ask, vote
from app.reviews.steps import Step
from app.sendings.actions import record_sending
from app.spaces.actions import open_space
from app.spaces.models import Space
from app.tasks.actions import add_milestone, add_task, move
from tests import world
from tests.making import documents, mail_files, mails, sound

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
SLIDES = ("Where we stand", "What it cost", "What we learned", "Not for the customer")
EVERYTHING = f"""**{LONG_WORD}** and https://example.com/{"a-long-path/" * 12}

| Channel | Leads | Cost per lead | MQLs | SQLs | Opportunities |
|---|---|---|---|---|---|
| Webinar | 42 | 40 | 20 | 9 | 3 |

> A quotation

- [x] done
- [ ] open

```
select * from leads where channel = 'webinar' and quarter = '2026-Q3' and region in ('EMEA', 'DACH')
```
"""
FIGURES = {"budget": 30_000, "cost": 28_000, "sent": 12_000, "responses": 900, "leads": 700, "mqls": 120, "sqls": 40,
           "opportunities": 12, "pipeline": 640_000, "won": 210_000, "target_leads": 600, "target_sqls": 50}


def _kept(make, name: str) -> KeptFile:
    with tempfile.TemporaryDirectory() as folder, make(Path(folder, name)).open("rb") as file:
        return keep(file, name)


def _talk(space: Space, lena: Person, jon: Person) -> dict[str, str]:
    words = post(space, EVERYTHING, actor=lena)
    post(space, "季度回顾：机器人抓手的网络研讨会带来了四十二条线索，下一季度我们将继续投入。", actor=lena)
    arabic = post(space, "مراجعة الحملة: حققت الندوة عبر الإنترنت 42 عميلاً محتملاً بتكلفة أقل من المتوقع.", actor=jon)
    answer = comment(words, "Deep", actor=jon)
    for number in range(4):
        answer = comment(words, f"Deeper still, {number}", actor=lena if number % 2 else jon, parent=answer)
    for emoji in ("👍", "💡", "🥨"):
        react(words, emoji, actor=jon)
    return {"post": words.url, "history": f"/e/{words.id}/history", "edit": f"/e/{words.id}/edit",
            "share": f"/e/{words.id}/share", "arabic": arabic.url}


def _pinned(project: Space, lena: Person, jon: Person) -> dict[str, str]:
    """A document in two versions with pins on it, one of them settled, and a recording with a moment."""
    words = ("The whole plan", "What it costs in May", "Who is in it"), ("The whole plan", "What it costs in June")
    plan = upload(project, _kept(lambda path: documents.pdf(path, words[0]), "plan.pdf"), actor=lena, title="The plan")
    add_version(plan, _kept(lambda path: documents.pdf(path, words[1]), "plan.pdf"), actor=lena, note="June")
    for body, region in ((f"Too long {LONG_WORD}", {"x": 0.1, "y": 0.1, "w": 0.5, "h": 0.2}),
                         ("المزيد هنا", {"x": 0.8, "y": 0.5}), ("Done", {"x": 0.3, "y": 0.9})):
        said = comment(plan, body, actor=jon, version=plan.current, page=1, region=region)
    resolve(said, actor=lena)
    call = upload(project, keep(io.BytesIO(sound.tone(4)), "call.wav"), actor=lena, title="A call")
    comment(call, f"Too loud {LONG_WORD}", actor=jon, version=call.played(), at=2.5)
    return {"pinned": f"{plan.url}?pins=all", "compare": f"{plan.url}/compare?from=1&to=2", "recording": call.url,
            "wipe": f"{plan.url}/compare?from=1&to=2&view=wipe"}


def _reused(project: Space, plan: Asset, sheet: Asset, lena: Person, jon: Person) -> dict[str, str]:
    """A copy whose origin moved on and was decided about, rights that ended, and a collection."""
    copy = adapt(plan.current, project, actor=lena, title="Plan for the fair", why=f"Shorter {LONG_WORD}")
    decide(project, "How long may the plan be?", "Two pages", actor=lena, about=plan, options=["Two pages", LONG_WORD])
    add_version(plan, _kept(lambda path: documents.pdf(path, ("The plan", "June")), "launch plan.pdf"), actor=jon)
    say_rights(sheet, actor=jon, licence=f"Bought {LONG_WORD}", usable_until=date(2026, 1, 31),
               places={"region": ["EMEA", "الشرق الأوسط"], "channel": ["fair"]})
    fair = begin_collection(project, f"For the fair {LONG_WORD}", actor=lena, note="What we hand out.")
    collect(fair, [plan, copy], actor=lena)
    return {"adapted": copy.url, "adapt": f"{copy.url}/adapt", "rights": f"{copy.url}/rights", "collection": fair.url,
            "used": f"{plan.url}/uses"}


def _asked(project: Space, lena: Person, jon: Person) -> dict[str, str]:
    """A leaflet that waits for approval a second time, and a question that waits to be decided."""
    leaflet = upload(project, keep(io.BytesIO(f"Leaflet {LONG_WORD}".encode()), "leaflet.txt"), actor=lena)
    answer(ask_for_approval(leaflet, actor=lena, people=[jon], due_on=date(2026, 11, 2), note=f"Page one {LONG_WORD}"),
           "changes", actor=jon, note=f"Say less of {LONG_WORD}")
    add_version(leaflet, keep(io.BytesIO(b"Leaflet, shorter"), "leaflet.txt"), actor=lena)
    request = standing(leaflet)
    talk = post(project, "How do we ship them?", actor=lena, title=f"Shipping {LONG_WORD}")
    said = comment(talk, "By rail?", actor=jon)
    comment(talk, "To the hall", actor=lena, parent=said)
    waiting = decide(project, f"Who ships {LONG_WORD}?", "", actor=lena, options=["Rail", "Road"], deciders=[jon],
                     needed_by=date(2026, 12, 1), about=said)
    return {"approval": request.url, "approving": leaflet.url, "ask approval": f"{leaflet.url}/approvals/new",
            "move": f"/e/{said.id}/move", "discussion": talk.url, "open decision": waiting.url,
            "edit decision": f"{waiting.url}/edit"}


def _handed_over(lena: Person, jon: Person) -> dict[str, str]:
    """What waits in a queue, late and with long words, what marketing owes an answer to, and what came of something."""
    account = db.session.scalars(select(Space).where(Space.slug == "account-open")).one()
    review = db.session.scalars(select(Review).order_by(Review.id.desc())).first()
    queue = open_queue(f"Sales {LONG_WORD[:60]}", actor=lena, people=[lena, jon], leaders=[lena])
    with at(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        late = hand_over(account, f"Wants a quote {LONG_WORD}", actor=jon, queue=queue, body="يريدون عرض أسعار",
                         contact_name="王芳", contact_role=LONG_WORD, contact_email=f"{'x' * 60}@example.com",
                         source="Webinar", review=review, reads=[review], permission_words=LONG_WORD)
    asked = hand_over(account, "Who services grippers in Porto?", actor=lena, person=jon, programme="Fairs")
    ask_back(asked, "For whom?", actor=jon)
    won = hand_over(account, "A visit", actor=lena, queue=queue, review=review)
    accept_handoff(won, actor=lena, note="Mine")
    tell_outcome(won, "won", actor=lena, amount=Decimal(1_250_000), currency="EUR")
    decline(hand_over(account, "A call", actor=lena, person=jon, review=review), "The wrong person", actor=jon)
    return {"pass on": f"{late.url}?do=passings",
            "late hand-off": late.url, "decline hand-off": f"{late.url}?do=declinations", "won hand-off": won.url,
            "asked hand-off": asked.url, "edit hand-off": asked.edit_url, "queue": queue.url}


def _sent(space: Space, lena: Person, jon: Person) -> dict[str, str]:
    """A file that suits the account and went to it, though something is known against that."""
    file = db.session.scalars(select(Asset).order_by(Asset.id)).first()
    say_rights(file, actor=lena, places={"industry": ["Robotics"], "channel": [LONG_WORD[:60]]})
    sending = record_sending(space.account, [file.current], actor=jon, channel="event", note=f"For {LONG_WORD}",
                             people=[("王芳", ""), (LONG_WORD[:100], "")], reason=f"They asked {LONG_WORD}")
    return {"sending": sending.url, "record sending": f"{space.url}/sendings/new?asset={file.id}",
            "choose account": f"{file.url}/send"}


def _spoken(space: Space, lena: Person, jon: Person) -> dict[str, str]:
    """A meeting with promises on both sides, and a thread of letters: quoting, inviting, with files, unreadable."""
    account = space.account
    make_address(account, actor=lena)
    meeting = log_conversation(
        account, f"They need *five* {LONG_WORD}", actor=lena, channel="meeting",
        people=[("Anna Weber", ""), (LONG_WORD, "")],
        promised=[Said("ours", f"Send the offer {LONG_WORD}", jon, date(2026, 11, 2)), Said("theirs", "ارسال الرسم")])
    change_contact(meeting.contacts[0], actor=lena, title="Head of production")
    quoting = mails.mail(f"Five, please: {LONG_WORD}\n\nOn Mon, 2 Nov 2026, Lena wrote:\n> How many?", head={
        "Subject": f"Grippers {LONG_WORD}"})
    inviting = mails.many(
        mails.part(mail_files.INVITATION, "text/calendar"), mails.part("مرحبا، نحتاج خمسة"),
        mails.attached(b"words", f"{LONG_WORD}.txt", "text/plain"),
        head={"Message-ID": "<2@acme.example>", "References": "<1@acme.example>"})
    [(letter, _new)] = file_all(account, read(keep(io.BytesIO(quoting), "letter.eml")), actor=lena)
    for data in (inviting, mails.PNG):
        file_all(account, read(keep(io.BytesIO(data), "letter.eml")), actor=lena)
    return {"conversation": meeting.url, "edit conversation": meeting.edit_url, "letter": letter.entry.url,
            "promise": f"/promises/{meeting.promises[0].id}/outcome",
            "contact": f"/contacts/{meeting.contacts[0].id}/edit"}


def furnish(lena: Person, jon: Person, project: Space) -> dict[str, str]:
    """One thing of every kind in the open project; gives the addresses of their pages."""
    before = post_review(
        project, "Gripper webinars of spring", actor=lena, programme="Grippers", quarter="2026-Q2", region="EMEA",
        channels=[], steps=[Step("Ask for a recording", lena.id, date(2026, 6, 30)),
                            Step(f"Publish the calculator {LONG_WORD}", jon.id, date(2026, 9, 30)), Step("More fairs")],
    )
    settle(before.commitments[0], "done", actor=lena, did="It is in the form.", done_on=date(2026, 7, 2))
    review = post_review(
        project, f"Gripper webinars for mid-market {LONG_WORD}", actor=lena, body="Forty opportunities for €28,000.",
        deck=_kept(lambda path: documents.deck(path, SLIDES), "review.pptx"), programme="Grippers", quarter="2026-Q3",
        region="EMEA", segment="mid-market", channels=["webinar", "e-mail"], what_worked="Short forms.\n\n- really",
        what_did_not="The second reminder.", next_steps=["Run it in DACH", "Drop the reminder"], **FIGURES,
    )
    for kind, labels in (("channel", ("webinar", f"e-mail {LONG_WORD}")), ("week", ("W27", "W28", "W29"))):
        rows = [(label, {"cost": 1000 * at, "leads": 90 * at + at % 2}) for at, label in enumerate(labels, start=1)]
        replace_breakdown(review, kind, rows, actor=lena)
    post_review(project, "Grippers in spring", actor=lena, quarter="2026-Q2", programme="Grippers", region="EMEA",
                currency="USD", rate=Decimal("0.92"), rate_on=date(2026, 6, 30), cost=20_000, leads=500)
    make_point(review, "Three fields bring twice the leads of nine.", actor=lena, page=1)
    make_point(review, f"Ask for the *rest* later: {LONG_WORD}", actor=jon)
    open_question = ask(review, f"Which fair, and why? {LONG_WORD}", actor=jon)
    vote(open_question, actor=lena)
    settled = ask(review, "مراجعة الحملة؟", actor=jon)
    accept(settled, comment(review, "As **planned**.", actor=lena, parent=settled.comment), actor=jon)
    owed = [Owed("Grippers", "EMEA", lena), Owed(f"Fairs {LONG_WORD}", "", jon), Owed("Letters", "", lena)]
    late = start_cycle(project, "2026-Q2", actor=lena, due_on=date(2026, 7, 20), closes_on=date(2026, 8, 3), owed=owed,
                       reviewers=[jon])
    [letters] = [each for each in late.owed if each.programme == "Letters"]
    draft = begin_review(letters, {"what_worked": f"Short {LONG_WORD}", "leads": "many"}, actor=lena)
    asset = upload(project, _kept(documents.pdf, "launch plan.pdf"), actor=lena, title="Launch plan", body="For *all*.")
    sheet = upload(project, _kept(documents.workbook, "budget.xlsx"), actor=jon)
    learning = state_learning(
        project, "A form with three fields brings twice the leads of one with nine", actor=lena,
        evidence="See slide 2.", holds_for="webinar · EMEA · mid-market", advice="Ask for the rest later.",
        review=review,
    )
    other = state_learning(project, "Nine fields bring better leads", actor=jon, review=review)
    contradict(learning, other, actor=jon)
    vouch(learning, actor=jon)
    add_ground(learning, Ground(review, page=2), actor=lena)
    for place, result in (("DACH", "worked"), ("France", "failed"), ("Nordics", "mixed"), ("Iberia", None)):
        trial = apply_learning(learning, place, actor=jon, adaptation="Translated")
        if result:
            end_trial(trial, result, actor=jon, note="As told", lift=12.5)
    decision = decide(project, "Which fair do we go to?", "Munich", actor=lena, why="Two key accounts are there.",
                      options=["Munich", "Hannover", "None"])
    milestone = add_milestone(project, f"Doors open {LONG_WORD}", date(2026, 12, 15), actor=lena)
    task = add_task(project, f"Book the hall {LONG_WORD}", actor=jon, owner=lena, due_on=date(2026, 11, 3), about=asset,
                    milestone=milestone, body="With *two* doors.")
    for title, owner, state in (("Ship the robots", jon, "doing"), ("حجز القاعة", None, "open"), ("Ask", lena, "done")):
        move(add_task(project, title, actor=jon, owner=owner), state, actor=jon)
    post(project, f"@lena see $account-open, #pricing. {learning.title}", actor=jon)
    wide = open_space("community", f"Wide {LONG_WORD * 2}"[:120], actor=lena)
    wide_file = upload(wide, _kept(documents.workbook, f"{LONG_WORD}_{'x' * 120}.xlsx"), actor=lena)
    further = _pinned(project, lena, jon) | _asked(project, lena, jon) | _reused(project, asset, sheet, lena, jon)
    further |= _handed_over(lena, jon)
    return further | {"wide space": wide.url, "wide file": wide_file.url, "review": review.url,
            "asset": asset.url, "sheet": sheet.url, "learning": learning.url,
            "edit learning": learning.edit_url, "relate learning": f"{learning.url}/relation",
            "outcome": f"/commitments/{before.commitments[1].id}/outcome", "said": before.url,
            "decision": decision.url, "edit review": f"{review.url}/edit",
            "figures file": f"{review.url}/figures-file", "cycle": late.url,
            "draft": draft.url, "task": task.url} | _talk(project, lena, jon)


def main() -> None:
    """Everybody and everything, in a database made for them."""
    upgrade()
    world.build()
    cast = world.World()
    for person in db.session.scalars(select(Person)):
        set_password(person, world.PASSWORD)
    change_profile(cast.lena, title="Head of campaigns", region="EMEA", expertise="webinars", about="Grippers.")
    places = furnish(cast.lena, cast.jon, cast.space("project", "open"))
    for tell in (_spoken, _sent):
        places |= tell(cast.space("account", "open"), cast.lena, cast.jon)
    commit()
    print(json.dumps(places))


if __name__ == "__main__":
    with create_app().app_context():
        main()
