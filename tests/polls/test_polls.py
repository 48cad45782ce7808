"""Polls: a post with answers, chosen by who may answer there, one or several, until a day."""

from datetime import timedelta

import pytest

from app.access import can
from app.db import now
from app.extensions import db
from app.polls.actions import NoChoice, answers, ask, choose
from app.polls.models import PollVote


@pytest.fixture
def poll(world):
    return ask(world.space("project", "closed"), "Which **hall**?", ["Hall 4", "Hall 5", "None"], actor=world.lena).poll


def counts(poll) -> list[int]:
    return [len(each.votes) for each in poll.options]


def test_one_asks_and_others_choose_and_choose_anew(world, browser_of):
    lena, jon, space = browser_of(world.lena), browser_of(world.jon), world.space("project", "open")
    sent = {"question": "Which hall?", "options": "Hall 4\n\n Hall  4\nHall 5", "closes_on": ""}
    refused = lena.post(f"/spaces/{space.slug}/polls/new", data=sent | {"options": "Hall 4"})
    assert refused.status_code == 422 and "two to 10 answers" in refused.text and "Which hall?" in refused.text
    asked = lena.post(f"/spaces/{space.slug}/polls/new", data=sent)
    assert asked.status_code == 303
    page = jon.get(space.url).text
    assert page.count('type="radio"') == 2 and "0 people chose" in page
    [four, five] = [int(part.split('"')[0]) for part in page.split('name="option" value="')[1:]]
    address = page.split('hx-post="/polls')[1].split('"')[0]
    chosen = jon.post(f"/polls{address}", data={"option": four}, headers={"HX-Request": "true"}).text
    assert "1 person chose" in chosen and "Choose anew" in chosen
    jon.post(f"/polls{address}", data={"option": five})
    assert db.session.scalars(db.select(PollVote.option_id)).all() == [five]
    assert jon.post(f"/polls{address}", data={"option": [four, five]}).status_code == 400


def test_several_are_chosen_where_that_is_allowed_and_nothing_takes_it_back(world, poll):
    poll.is_multiple = True
    first, second, _third = poll.options
    choose(poll, [first.id, second.id], actor=world.jon)
    choose(poll, [second.id], actor=world.lena)
    assert counts(poll) == [1, 2, 0] and len(poll.voters) == 2
    choose(poll, [], actor=world.jon)
    assert counts(poll) == [0, 1, 0]


def test_answers_of_another_poll_are_none(world, poll):
    other = ask(world.commons, "And which day?", ["Monday", "Friday"], actor=world.lena).poll
    with pytest.raises(NoChoice):
        choose(poll, [other.options[0].id], actor=world.jon)


def test_it_is_open_to_who_may_answer_until_the_end_of_its_day(world, poll):
    assert [can(who, "choose", poll) for who in (world.jon, world.otto, world.gita)] == [True, False, False]
    poll.closes_on = now().date() - timedelta(days=2)
    assert not can(world.jon, "choose", poll)


@pytest.mark.parametrize("lines", [[], ["One"], ["One", " One "], [f"{n}" for n in range(11)]])
def test_too_few_and_too_many_are_refused(lines):
    with pytest.raises(NoChoice):
        answers(lines)


def test_what_one_began_to_write_becomes_the_question(world, browser_of):
    lena, space = browser_of(world.lena), world.space("project", "open")
    assert 'formaction="/polls/new"' in lena.get("/projects/project-open").text
    begun = lena.post("/polls/new", data={"space_id": space.id, "body": "Which <day>?"})
    assert begun.status_code == 200 and "Which &lt;day&gt;?" in begun.text
    assert 'action="/spaces/project-open/polls/new"' in begun.text
    closed = world.space("project", "closed").id
    assert browser_of(world.otto).post("/polls/new", data={"space_id": closed, "body": "x"}).status_code == 403
    assert lena.post("/polls/new", data={"body": "x"}).status_code == 404
    assert lena.get("/polls/new").headers["Location"] == "/write"
