"""Starting a cycle, its board, writing what is owed, and the calendar."""

from datetime import date

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.cycles.forms import written
from app.cycles.models import OwedReview, ReviewCycle
from app.extensions import db
from app.reviews.actions import post_review
from app.reviews.draft_models import ReviewDraft
from app.reviews.models import Review
from app.reviews.steps import Step
from tests.cycles.test_cycles import cycle_of, owed

FORM = {"quarter": "2026-Q3", "due_on": "2026-10-20", "closes_on": "2026-11-03", "reviewers": "@mei",
        "owed": "Webinars, EMEA, @lena\nFairs, @jon"}


def start(world, browser_of, **changes):
    return browser_of(world.lena).post("/reviews/cycles/new", data=FORM | {"space_id": world.commons.id} | changes)


def test_a_cycle_is_started_from_lines(world, browser_of):
    answer = start(world, browser_of)
    cycle = db.session.scalars(select(ReviewCycle)).one()
    assert answer.headers["Location"] == cycle.url and cycle.reviewers == [world.mei]
    assert {(each.programme, each.region, each.owner) for each in cycle.owed} == {
        ("Webinars", "EMEA", world.lena), ("Fairs", "", world.jon)}
    page = browser_of(world.otto).get(cycle.url).text
    assert "0 of 2 reviews are there" in page and "Webinars · EMEA" in page and "Remind" not in page


@pytest.mark.parametrize(("changes", "message"), [
    ({"owed": "Webinars, EMEA, @nobody"}, "Line 1: nobody who can see this place is called @nobody."),
    ({"owed": "Webinars, @lena\nFairs"}, "Line 2, Fairs: name its owner"),
    ({"owed": "@lena"}, "Line 1 names no programme."),
    ({"owed": "Webinars, @gus"}, "nobody who can see this place is called @gus"),
    ({"closes_on": "2026-10-01"}, "Questions cannot end before the reviews are due."),
    ({"quarter": "Q3"}, "Write it like 2026-Q3."),
    ({"reviewers": "@mei, @nobody"}, "Nobody who can see this place is called @nobody."),
])
def test_what_is_wrong_is_said_and_kept(world, browser_of, changes, message):
    answer = start(world, browser_of, **changes)
    assert answer.status_code == 422 and message in answer.text
    assert next(iter(changes.values())).split("\n")[0] in answer.text
    assert not db.session.scalars(select(ReviewCycle)).all()


def test_a_second_cycle_for_the_quarter_is_refused(world, browser_of):
    start(world, browser_of)
    answer = start(world, browser_of)
    assert answer.status_code == 422 and "Commons has a cycle for this quarter." in answer.text


def test_the_form_proposes_who_reported_the_quarter_before(world, browser_of, monkeypatch):
    for quarter in ("2026-Q3", "2026-Q2"):
        post_review(world.commons, "Fair", actor=world.jon, programme=f"Fairs {quarter}", quarter=quarter)
    post_review(world.space("project", "secret"), "X", actor=world.jon, programme="Hush", quarter="2026-Q3")
    commit()
    from_now = browser_of(world.ada).get("/reviews/cycles/new").text
    assert "Hush" not in from_now


def test_who_manages_no_space_starts_and_changes_none(world, browser_of):
    cycle = cycle_of(world)
    otto = browser_of(world.otto)
    assert otto.get("/reviews/cycles/new").status_code == 403
    for path in ("edit", "next", "reminders"):
        assert otto.post(f"{cycle.url}/{path}").status_code == 403, path
    assert browser_of(world.gita).get(cycle.url).status_code == 404


def test_a_change_keeps_what_was_begun(world, browser_of):
    start(world, browser_of)
    cycle = db.session.scalars(select(ReviewCycle)).one()
    browser_of(world.lena).post(f"/owed/{owed(cycle, 'Webinars').id}")
    begun = owed(cycle, "Webinars").draft_id
    data = FORM | {"space_id": world.commons.id, "owed": "Webinars, EMEA, @jon\nBriefs, @mei", "due_on": "2026-10-22"}
    browser_of(world.lena).post(f"{cycle.url}/edit", data=data)
    db.session.expire_all()
    assert {each.programme for each in cycle.owed} == {"Webinars", "Briefs"} and cycle.due_on == date(2026, 10, 22)
    assert owed(cycle, "Webinars").owner is world.jon and owed(cycle, "Webinars").draft_id == begun


def test_a_change_keeps_names_with_commas_and_who_has_left_and_tells_who_is_new(world, browser_of):
    start(world, browser_of, owed="Events, fairs, EMEA, @lena\nLetters, forms,, @jon\nFairs, @jon")
    cycle = db.session.scalars(select(ReviewCycle)).one()
    names = {("Events, fairs", "EMEA"), ("Letters, forms", ""), ("Fairs", "")}
    assert {each.key for each in cycle.owed} == names
    world.jon.deactivated_at = world.jon.created_at
    commit()
    lines = "\n".join(written(cycle.owed).splitlines() + ["Briefs, @otto"])
    answer = browser_of(world.lena).post(f"{cycle.url}/edit", data=FORM | {"space_id": world.commons.id, "owed": lines})
    assert answer.status_code == 303 and {each.key for each in cycle.owed} == names | {("Briefs", "")}
    told = select(Notification.person_id).join(Activity).where(Activity.kind == "cycle.changed")
    assert db.session.scalars(told).all() == [world.otto.id]


def test_what_somebody_else_owes_is_not_begun_for_them(world, browser_of):
    cycle = cycle_of(world)
    path = f"/owed/{owed(cycle, 'Webinars').id}"
    assert browser_of(world.jon).post(path).status_code == 403
    begun = browser_of(world.lena).post(path).headers["Location"]
    assert browser_of(world.lena).post(path).headers["Location"] == begun


def test_what_is_owed_leads_to_its_draft_and_then_to_its_review(world, browser_of):
    cycle = cycle_of(world)
    path, lena = f"/owed/{owed(cycle, 'Webinars').id}", browser_of(world.lena)
    assert lena.get(path).headers["Location"] == f"{cycle.url}#owed-{owed(cycle, 'Webinars').id}"
    draft_url = lena.post(path).headers["Location"]
    draft = db.session.scalars(select(ReviewDraft)).one()
    assert draft_url == draft.url == lena.post(path).headers["Location"] == lena.get(path).headers["Location"]
    assert browser_of(world.jon).get(path).headers["Location"].startswith(cycle.url)
    lena.post(draft.url, data=draft.fields | {"space_id": world.commons.id, "then": "publish"})
    review = db.session.scalars(select(Review)).one()
    assert lena.get(path).headers["Location"] == review.url
    assert db.session.scalars(select(OwedReview.programme).where(OwedReview.review_id == review.id)).all() == [
        "Webinars"]


def test_who_owes_is_reminded_at_once(world, browser_of, postbox):
    cycle = cycle_of(world)
    browser_of(world.lena).post(f"{cycle.url}/reminders")
    assert sorted(mail["To"] for mail in postbox.mails) == [world.jon.email, world.lena.email]


def test_the_calendar_holds_what_is_mine_and_opens_by_its_address_alone(world, browser_of, client):
    cycle = cycle_of(world)
    post_review(world.commons, "Spring", actor=world.lena, quarter="2026-Q2", closes_on=date(2026, 12, 1),
                steps=[Step("Translate it", world.lena.id, date(2026, 12, 24)), Step("Not mine", world.jon.id, None)])
    commit()
    lena = browser_of(world.lena)
    lena.post("/calendar")
    path = f"/calendar/{world.lena.calendar_key}.ics"
    assert path in lena.get("/reviews/cycles").text
    answer = client.get(path)
    events = {str(each["summary"]): each for each in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert answer.mimetype == "text/calendar" and set(events) == {
        "Review due: Webinars · EMEA, Q3 2026", "Questions end: Spring", "Translate it"}
    assert events["Questions end: Spring"]["dtstart"].dt == date(2026, 12, 1)
    assert str(events["Review due: Webinars · EMEA, Q3 2026"]["url"]).endswith(f"/owed/{owed(cycle, 'Webinars').id}")
    lena.post("/calendar")
    assert client.get(path).status_code == 404


def test_the_calendar_of_who_left_is_closed(world, browser_of, client):
    browser_of(world.jon).post("/calendar")
    world.jon.deactivated_at = world.jon.created_at
    commit()
    assert client.get(f"/calendar/{world.jon.calendar_key}.ics").status_code == 404
