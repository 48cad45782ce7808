"""Review cycles, drafts and closing through the API."""

from io import BytesIO

from app.activity.delivery import commit
from app.extensions import db
from app.learnings.models import Learning
from app.reviews.actions import post_review
from app.reviews.drafting import invite_author, start_draft
from app.reviews.models import Review
from tests.api.conftest import errors
from tests.making import documents

CYCLE = {"quarter": "2026-Q3", "due_on": "2026-10-20", "closes_on": "2026-11-03"}


def start(world, lena, **changes):
    owed = [{"programme": "Webinars", "region": "EMEA", "owner_id": world.lena.id},
            {"programme": "Fairs", "owner_id": world.jon.id}]
    return lena.post("/cycles", CYCLE | {"space_id": world.commons.id, "owed": owed,
                                         "reviewer_ids": [world.mei.id]} | changes)


def test_a_cycle_is_started_settled_changed_and_repeated(world, api_of):
    lena, otto = api_of(world.lena), api_of(world.otto)
    started = start(world, lena)
    path = f"/cycles/{started.json['id']}"
    assert started.status_code == 201 and started.headers["Location"].endswith(path)
    posted = lena.post("/reviews", {"space_id": world.commons.id, "title": "Spring", "programme": "webinars",
                                    "region": "EMEA", "quarter": "2026-Q3"}).json
    owed = {each["programme"]: each for each in otto.get(path).json["owed"]}
    assert (owed["Webinars"]["state"], owed["Webinars"]["review_id"]) == ("published", posted["id"])
    assert owed["Fairs"]["state"] == "late" and owed["Fairs"]["review_id"] is None
    changed = lena("PATCH", path, {"closes_on": "2026-12-01"}).json
    assert changed["closes_on"] == "2026-12-01" and len(changed["owed"]) == 2
    following = lena("POST", f"{path}/next").json
    assert (following["quarter"], following["due_on"]) == ("2026-Q4", "2027-01-20")
    assert errors(lena("POST", f"{path}/next")).keys() == {"cycle_id"}
    assert [each["id"] for each in otto.get("/cycles").json["items"]] == [following["id"], started.json["id"]]


def test_who_may_not_manage_or_see_does_not(world, api_of):
    lena, otto = api_of(world.lena), api_of(world.otto)
    secret = {"space_id": world.space("project", "secret").id}
    assert errors(start(world, lena, **secret)).keys() == {"reviewer_ids"}
    hidden = start(world, lena, **secret, reviewer_ids=[]).json
    assert otto.get(f"/cycles/{hidden['id']}").status_code == 404 and otto.get("/cycles").json["items"] == []
    key = start(world, lena).json["id"]
    assert start(world, otto).status_code == otto("PATCH", f"/cycles/{key}", {}).status_code == 403
    assert errors(start(world, lena)).keys() == {"quarter"}
    assert errors(start(world, lena, quarter="2026-Q2", reviewer_ids=[world.gus.id])).keys() == {"reviewer_ids"}


def test_a_draft_is_written_together_and_posted(world, api_of, tmp_path):
    lena, jon, mei = api_of(world.lena), api_of(world.jon), api_of(world.mei)
    draft = lena.post("/drafts", {"typed": {"title": "Spring", "leads": "many"}}).json
    path = f"/drafts/{draft['id']}"
    assert mei.get(path).status_code == 404 and mei.get("/drafts").json["items"] == []
    lena("PUT", f"{path}/authors/{world.jon.id}")
    deck = documents.deck(tmp_path / "deck.pptx").read_bytes()
    with_deck = lena.post(f"{path}/deck", data={"file": (BytesIO(deck), "deck.pptx")}).json
    assert mei.get(f"/assets/{with_deck['deck_id']}").status_code == 404
    jon("PATCH", path, {"typed": {"quarter": "2026-Q3", "space_id": str(world.commons.id), "currency": "EUR"}})
    assert errors(jon("POST", f"{path}/publication")).keys() == {"leads"}
    jon("PATCH", path, {"typed": {"leads": "1.200", "learnings": "Short titles work\n\nFridays do not"}})
    review = jon("POST", f"{path}/publication")
    assert review.status_code == 201 and review.json["metrics"]["leads"] == 1200
    assert (review.json["author_id"], review.json["co_author_ids"]) == (world.jon.id, [world.lena.id])
    learned = db.session.scalars(db.select(Learning).order_by(Learning.id)).all()
    assert [(each.title, each.review_id) for each in learned] == [
        ("Short titles work", review.json["id"]), ("Fridays do not", review.json["id"])]
    assert review.json["deck_id"] == with_deck["deck_id"] and lena.get(path).status_code == 404
    assert mei.get(f"/assets/{with_deck['deck_id']}").json["space_id"] == world.commons.id


def test_a_list_of_drafts_takes_as_many_statements_whatever_its_length(world, api_of, statements):
    def listed() -> tuple[list[dict], int]:
        db.session.expire_all()
        statements.clear()
        items = lena.get("/drafts").json["items"]
        return items, len(statements)

    lena = api_of(world.lena)
    drafts = [start_draft({"title": "Spring"}, actor=world.lena) for _number in range(2)]
    commit()
    listed()
    few = listed()[1]
    drafts += [start_draft({"title": "Autumn"}, actor=world.lena) for _number in range(6)]
    invite_author(drafts[0], world.jon, actor=world.lena)
    commit()
    items, many = listed()
    authors = {each["id"]: each["author_ids"] for each in items}
    assert authors.pop(drafts[0].id) == [world.lena.id, world.jon.id] and many <= few
    assert authors == {each.id: [world.lena.id] for each in drafts[1:]}


def test_what_the_deck_of_a_draft_says_is_taken_over_or_not(world, api_of, tmp_path):
    lena, mei = api_of(world.lena), api_of(world.mei)
    path = f"/drafts/{lena.post('/drafts', {'typed': {}}).json['id']}"
    deck = documents.deck(tmp_path / "deck.pptx").read_bytes()
    lena.post(f"{path}/deck", data={"file": (BytesIO(deck), "deck.pptx")})
    proposed = lena.get(f"{path}/proposals").json["items"]
    first = proposed[0]
    assert mei("POST", f"/draft-proposals/{first['id']}/acceptance").status_code == 404
    taken = lena("POST", f"/draft-proposals/{first['id']}/acceptance").json
    assert taken["typed"][first["field"]]
    for each in proposed[1:]:
        assert lena("POST", f"/draft-proposals/{each['id']}/dismissal").status_code == 204
    assert lena.get(f"{path}/proposals").json["items"] == []
    assert lena("DELETE", path).status_code == 204 and lena.get("/drafts").json["items"] == []


def test_a_review_is_closed_and_opened_again(world, api_of):
    review: Review = post_review(world.commons, "Spring", actor=world.lena, quarter="2026-Q3")
    commit()
    lena, jon = api_of(world.lena), api_of(world.jon)
    path = f"/reviews/{review.id}"
    assert jon("PUT", f"{path}/closing").status_code == 403
    assert lena("PUT", f"{path}/closing").json["closed_at"]
    assert jon.post(f"{path}/questions", {"body": "Too late?"}).status_code == 403
    assert jon.post(f"/entries/{review.id}/comments", {"body": "A follow-up"}).status_code == 201
    assert lena("DELETE", f"{path}/closing").status_code == 204
    assert jon.post(f"{path}/questions", {"body": "Now?"}).status_code == 201
