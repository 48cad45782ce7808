"""Next steps as commitments: written, kept through edits, settled, carried into the next review, and owed at home."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.access import can
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.db import now
from app.entries.actions import remove, share
from app.extensions import db
from app.feed.rail import due
from app.reviews import commitments
from app.reviews.actions import change_review, post_review
from app.reviews.commitment_models import Commitment
from app.reviews.models import Review
from app.reviews.said import said_before, said_for, variance
from app.reviews.step_owners import Misunderstood, understood
from app.reviews.steps import Step
from app.search.finder import find
from tests.test_pages import count

SOON = date(2030, 12, 15)


def review_in(space, author, quarter="2026-Q2", **fields) -> Review:
    named = {"programme": "Leak Clinic", "region": "DACH"} | fields
    review = post_review(space, f"Leak Clinic {quarter}", actor=author, quarter=quarter, **named)
    commit()
    return review


@pytest.fixture
def review(world) -> Review:
    """Lena's, in the open project: Jon owes a translation, nobody in particular a new invitation."""
    steps = [Step("Translate the deck", world.jon.id, SOON), Step("Shorter invitations")]
    return review_in(world.space("project", "open"), world.lena, steps=steps)


@pytest.fixture
def following(world, review) -> Review:
    """The review of the quarter after."""
    return review_in(world.space("project", "open"), world.lena, "2026-Q3")


def told(person) -> list[str]:
    query = select(Activity.kind).join(Notification).where(Notification.person_id == person.id)
    kinds = db.session.scalars(query.order_by(Activity.id))
    return [kind for kind in kinds if kind.startswith("review.commitment")]


def test_who_owes_something_hears_of_it_once_and_finds_it_at_home(world, review):
    assert told(world.jon) == ["review.commitment_made"]
    [owed] = [each for each in due(world.jon) if each.within]
    assert (owed.title, owed.day, owed.within) == ("Translate the deck", SOON, review.title)
    assert owed.url == f"/reviews/{review.id}#step-{review.commitments[0].id}" and not owed.is_late
    commitments.settle(review.commitments[0], "done", actor=world.jon)
    assert not [each for each in due(world.jon) if each.within]


def test_an_edit_keeps_what_it_does_not_change(world, review):
    translating, inviting = review.commitments
    commitments.settle(inviting, "done", actor=world.lena, did="60 words")
    change_review(review, actor=world.lena, next_steps=["Shorter invitations", "Translate the deck into French", "New"])
    commit()
    assert [each.id for each in review.commitments][:2] == [inviting.id, translating.id]
    assert (translating.text, translating.owner_id) == ("Translate the deck into French", None)
    assert (inviting.outcome, inviting.did, review.next_steps[2]) == ("done", "60 words", "New")
    assert len(review.revisions) == 1
    change_review(review, actor=world.lena, steps=list(review.steps))
    assert len(review.revisions) == 1


def test_only_who_owes_something_new_is_told_again(world, review):
    change_review(review, actor=world.lena, steps=[*review.steps, Step("Call Acme", world.mei.id)])
    assert told(world.jon) == told(world.mei) == ["review.commitment_made"]


@pytest.mark.parametrize(("owner", "text", "is_new"), [
    ("mei", "Translate the deck into French", True), ("mei", "Translate the deck", True),
    ("jon", "Translate the deck into French", False),
])
def test_what_one_has_done_is_not_done_for_who_owes_it_next(world, review, owner, text, is_new):
    done = commitments.settle(review.commitments[0], "done", actor=world.jon, did="French")
    change_review(review, actor=world.lena, steps=[Step(text, world.person(owner).id), review.steps[1]])
    commit()
    first = review.commitments[0]
    assert (first.is_open, first.did, first is not done) == ((True, "", True) if is_new else (False, "French", False))
    assert told(world.mei) == (["review.commitment_made"] if is_new else [])


def test_a_step_is_found_by_its_words(world, review):
    assert [hit.entry_id for hit in find(world.otto, "translate deck").items] == [review.id]


@pytest.mark.parametrize(("line", "problem"), [
    ("Translate @nobody", "Nobody here is called @nobody."), ("Translate @jon 2026-02-30", "No calendar has the day"),
    ("Translate @otto", "Otto Outsider cannot see this review"), ("@jon until 2026-12-15", "Say what is to be done"),
])
def test_a_line_that_names_nobody_who_can_owe_it_is_refused(world, line, problem):
    with pytest.raises(Misunderstood, match=problem):
        understood([line], Review(space_id=world.space("project", "secret").id), actor=world.lena)


def test_whoever_reads_a_review_where_it_is_shared_can_owe_it(world, review):
    secret = review_in(world.space("project", "secret"), world.lena)
    share(secret, world.commons, actor=world.jon)
    assert understood(["Translate @otto"], secret, actor=world.lena) == [Step("Translate", world.otto.id)]


def test_the_form_writes_them_as_one_types_them(world, browser_of, review):
    lena = browser_of(world.lena)
    form = {"title": review.title, "quarter": review.quarter, "currency": "EUR", "space_id": review.space_id}
    assert f"Translate the deck @jon {SOON}\nShorter invitations</textarea>" in lena.get(review.edit_url).text
    refused = lena.post(review.edit_url, data=form | {"next_steps": "Translate @nobody\nShorter invitations"})
    assert refused.status_code == 422 and "Nobody here is called @nobody." in refused.text
    assert "Translate @nobody\nShorter invitations</textarea>" in refused.text
    lena.post(review.edit_url, data=form | {"next_steps": "Translate the deck @mei\nShorter invitations @jon"})
    db.session.expire_all()
    assert review.steps == [Step("Translate the deck", world.mei.id), Step("Shorter invitations", world.jon.id)]


def test_a_form_tells_nothing_of_who_is_in_a_secret_space(world, browser_of):
    form = {"title": "Spy", "quarter": "2026-Q3", "currency": "EUR", "space_id": world.space("project", "secret").id}
    for handle in ("jon", "mei"):
        answer = browser_of(world.otto).post("/reviews/new", data=form | {"next_steps": f"Translate @{handle}"})
        assert answer.status_code == 404


def test_settling_by_form_and_correcting_it(world, browser_of, review):
    path = f"/commitments/{review.commitments[0].id}/outcome"
    jon, lena = browser_of(world.jon), browser_of(world.lena)
    refused = jon.post(path, data={"outcome": "dropped"})
    assert refused.status_code == 422 and "Say why it is dropped." in refused.text
    tomorrow = (now() + timedelta(days=1)).date()
    assert "yet to come" in jon.post(path, data={"outcome": "done", "day": tomorrow.isoformat()}).text
    sent = {"outcome": "partly", "told": "Half of it", "day": "2026-01-05"}
    assert jon.post(path, data=sent).headers["Location"].endswith(path.split("/")[2])
    db.session.expire_all()
    commitment = review.commitments[0]
    assert (commitment.outcome, commitment.did, commitment.done_on) == ("partly", "Half of it", date(2026, 1, 5))
    assert commitment.settled_by == world.jon and told(world.lena) == ["review.commitment_settled"]
    page = lena.get(review.url).text
    assert "Partly done" in page and "Half of it" in page and "months early" in page
    assert "Half of it</textarea>" in lena.get(path).text
    lena.post(path, data={"outcome": "open"})
    db.session.expire_all()
    assert commitment.is_open and commitment.did == "" and told(world.jon)[-1] == "review.commitment_reopened"
    assert browser_of(world.mei).post(path, data=sent).status_code == 403


def test_in_an_archived_space_nothing_is_settled(world, review):
    review.space.archived_at = now()
    assert not any(can(person, "settle", review.commitments[0]) for person in (world.lena, world.jon))


def test_the_next_review_opens_with_what_was_said(world, browser_of, review, following):
    commitments.settle(review.commitments[1], "done", actor=world.lena, did="60 words each")
    commit()
    assert said_for(world.jon, following) == review.commitments and said_for(world.jon, review) == []
    page = browser_of(world.jon).get(following.url).text
    assert "Said last quarter" in page and "60 words each" in page and "Done, carried over" not in page
    assert "Done, carried over" in browser_of(world.lena).get(following.url).text


@pytest.mark.parametrize(("programme", "region", "quarter", "how_many"), [
    ("Leak Clinic", "DACH", "2026-Q3", 2), ("Leak Clinic", "", "2027-Q1", 2), ("Leak Clinic", "Italy", "2026-Q3", 0),
    ("Fairs", "DACH", "2026-Q3", 0), ("", "DACH", "2026-Q3", 0), ("Leak Clinic", "DACH", "2026-Q2", 0),
])
def test_programme_region_and_quarter_decide(world, review, programme, region, quarter, how_many):
    assert len(said_before(world.jon, programme, region, quarter)) == how_many


def test_older_quarters_tell_only_what_somebody_still_owes(world, review, following):
    change_review(following, actor=world.lena, next_steps=["Something else"])
    texts = [each.text for each in said_before(world.jon, "Leak Clinic", "DACH", "2026-Q4")]
    assert texts == ["Something else", "Translate the deck"]


def test_what_one_may_not_see_was_not_said(world, following):
    secret = review_in(world.space("project", "secret"), world.lena, "2026-Q2", next_steps=["Between us"])
    later = review_in(world.commons, world.otto, "2026-Q3")
    assert "Between us" not in [each.text for each in said_for(world.otto, later)]
    assert "Between us" in [each.text for each in said_for(world.jon, later)]
    remove(secret, actor=world.lena)
    assert "Between us" not in [each.text for each in said_for(world.jon, later)]


def test_carrying_over_promises_it_again_by_a_new_day(world, browser_of, review, following):
    origin = review.commitments[0]
    path = f"/reviews/{following.id}/said/{origin.id}/outcome"
    assert browser_of(world.jon).post(path, data={"outcome": "carried"}).status_code == 403
    browser_of(world.lena).post(path, data={"outcome": "carried", "day": "2031-01-31", "told": "No time"})
    db.session.expire_all()
    [again] = following.commitments
    assert again.step == Step("Translate the deck", world.jon.id, date(2031, 1, 31)) and again.carried_from is origin
    assert (origin.outcome, origin.did, origin.told_in_id) == ("carried", "No time", following.id)
    assert told(world.jon) == ["review.commitment_made", "review.commitment_carried"]
    assert [each.day for each in due(world.jon) if each.within] == [date(2031, 1, 31)]
    with pytest.raises(commitments.IsCarried):
        commitments.carry(origin, following, actor=world.lena)
    with pytest.raises(commitments.IsCarried):
        commitments.settle(origin, "done", actor=world.jon)


def test_the_next_review_settles_or_drops_what_it_opens_with(world, browser_of, review, following):
    lena, [translating, inviting] = browser_of(world.lena), review.commitments
    lena.post(f"/reviews/{following.id}/said/{translating.id}/outcome", data={"outcome": "done", "told": "On time"})
    path = f"/reviews/{following.id}/said/{inviting.id}/outcome"
    assert lena.post(path, data={"outcome": "dropped"}).status_code == 422
    lena.post(path, data={"outcome": "dropped", "told": "Nobody reads them"})
    db.session.expire_all()
    assert (inviting.outcome, inviting.reason, inviting.told_in_id) == ("dropped", "Nobody reads them", following.id)
    assert (translating.outcome, translating.did) == ("done", "On time")
    assert lena.post(f"/reviews/{review.id}/said/{inviting.id}/outcome", data={"outcome": "done"}).status_code == 404


def test_what_is_partly_done_can_be_carried_and_stays_partly_done(world, review, following):
    origin = commitments.settle(review.commitments[0], "partly", actor=world.jon, did="French")
    again = commitments.carry(origin, following, actor=world.lena)
    assert (origin.outcome, origin.did, again.due_on) == ("partly", "French", SOON)


@pytest.mark.parametrize("how", ["edited away", "review removed"])
def test_what_is_no_longer_carried_is_open_again(world, review, following, how):
    origin = review.commitments[0]
    commitments.carry(origin, following, actor=world.lena)
    if how == "edited away":
        change_review(following, actor=world.lena, steps=[])
    else:
        remove(following, actor=world.lena)
    commit()
    assert origin.is_open and origin.settled_at is None
    assert len(db.session.scalars(select(Commitment)).all()) == 2


@pytest.mark.parametrize(("days", "words"), [
    (0, "on time"), (1, "1 day late"), (5, "5 days late"), (-14, "2 weeks early"), (90, "3 months late"),
])
def test_variance_in_words(app, days, words):
    due_on = date(2026, 6, 1)
    said = Commitment(text="Translate", due_on=due_on, outcome="done", done_on=due_on + timedelta(days=days))
    assert variance(said) == words


def test_an_open_one_is_late_from_the_day_after(app):
    today = now().date()
    assert variance(Commitment(due_on=today - timedelta(days=3))) == "3 days late"
    assert not Commitment(due_on=today).is_late and variance(Commitment(due_on=today)) is None


def test_the_page_takes_as_many_statements_however_much_was_said(world, browser_of, statements, review, following):
    lena = browser_of(world.lena)
    lena.get("/healthz")
    few = count(lena, statements, following.url)
    people = [world.jon.id, world.lena.id, world.mei.id, world.otto.id]
    more = [Step(f"Step {number}", people[number % 4], SOON) for number in range(12)]
    change_review(review, actor=world.lena, steps=[*review.steps, *more])
    for each in review.commitments[:6]:
        commitments.carry(each, following, actor=world.lena)
    commit()
    assert count(lena, statements, following.url) <= few
