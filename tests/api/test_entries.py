"""Posts, entries of any kind, comments, reactions, shares, and the lists they stand in."""

import pytest

from app.db import now
from app.entries.actions import post
from app.entries.models import Entry
from app.extensions import db
from tests.api.conftest import errors


def test_a_post_is_answered_as_it_was_written(lena, world):
    space = world.space("project", "open")
    answer = lena.post("/posts", {"space_id": space.id, "body": "**Hello** #launch @jon"})
    assert answer.status_code == 201
    entry = answer.json
    assert entry["kind"] == "post" and entry["space_id"] == space.id and entry["author_id"] == world.lena.id
    assert entry["body"] == "**Hello** #launch @jon" and "<strong>Hello</strong>" in entry["body_html"]
    assert entry["thread_id"] is None and entry["created_at"].endswith("Z") and entry["url"] == f"/posts/{entry['id']}"
    assert answer.headers["Location"] == f"/api/v1/entries/{entry['id']}"
    assert lena.get(f"/entries/{entry['id']}").json == entry


def test_an_edit_keeps_how_it_read_before(lena, world):
    key = world.first_post(world.space("project", "open")).id
    answer = lena("PATCH", f"/entries/{key}", {"body": "Now this"})
    assert answer.status_code == 200 and answer.json["body"] == "Now this" and answer.json["edited_at"]
    db.session.expire_all()
    assert [each.body for each in db.session.get(Entry, key).revisions] == ["Hello from project-open"]


def test_a_deleted_entry_is_gone_and_its_comment_a_gravestone(lena, world):
    root = world.first_post(world.space("project", "open")).id
    said = lena.post(f"/entries/{root}/comments", {"body": "Never mind"}).json["id"]
    assert lena("DELETE", f"/entries/{said}").status_code == 204
    last = lena.get(f"/entries/{root}/comments").json["items"][-1]
    assert last["id"] == said and last["body"] == last["body_html"] == "" and last["deleted_at"]
    assert lena("DELETE", f"/entries/{root}").status_code == 204
    for path in (f"/entries/{root}", f"/entries/{said}"):
        assert lena.get(path).status_code == 404


def test_an_answer_to_a_comment_stays_in_its_thread(lena, world):
    root = world.first_post(world.space("project", "open")).id
    first = lena.post(f"/entries/{root}/comments", {"body": "One"}).json
    second = lena.post(f"/entries/{root}/comments", {"body": "Two", "parent_id": first["id"]}).json
    assert second["parent_id"] == first["id"] and second["thread_id"] == first["thread_id"] == root
    elsewhere = world.first_post(world.space("project", "closed")).id
    answer = lena.post(f"/entries/{elsewhere}/comments", {"body": "Lost", "parent_id": first["id"]})
    assert answer.status_code == 422 and "parent_id" in errors(answer)


def test_an_anchor_needs_a_page(lena, world):
    root = world.first_post(world.space("project", "open")).id
    answer = lena.post(f"/entries/{root}/comments", {"body": "There", "anchor": {"page": 3, "x": 0.5}})
    assert answer.status_code == 422 and "anchor.page" in errors(answer)
    answer = lena.post(f"/entries/{root}/comments", {"body": "There", "anchor": {"page": 1, "x": 1.5}})
    assert "anchor.x" in errors(answer)


def test_reactions_are_put_once_and_taken_back(lena, world):
    key = world.first_post(world.space("project", "open")).id
    for _each in range(2):
        assert lena("PUT", f"/entries/{key}/reactions/👍").status_code == 204
    reactions = lena.get(f"/entries/{key}").json["reactions"]
    assert reactions == [{"emoji": "👍", "count": 1, "mine": True, "names": ["Lena Fischer"]}]
    assert lena("DELETE", f"/entries/{key}/reactions/👍").status_code == 204
    assert lena.get(f"/entries/{key}").json["reactions"] == []
    assert "emoji" in errors(lena("PUT", f"/entries/{key}/reactions/yes"))


def test_a_shared_entry_names_only_spaces_the_reader_knows(lena, world, api_of):
    entry, secret = world.first_post(world.space("project", "open")).id, world.space("project", "secret").id
    closed = world.space("community", "closed").id
    for space_id in (secret, closed):
        assert lena.post(f"/entries/{entry}/shares", {"space_id": space_id}).status_code == 201
    assert lena.get(f"/entries/{entry}").json["shared_into"] == [secret, closed]
    assert api_of(world.otto).get(f"/entries/{entry}").json["shared_into"] == [closed]


def test_a_share_is_taken_back(lena, world, api_of):
    entry, there = world.first_post(world.space("project", "secret")).id, world.space("community", "open").id
    lena.post(f"/entries/{entry}/shares", {"space_id": there})
    otto = api_of(world.otto)
    assert otto("DELETE", f"/entries/{entry}/shares/{there}").status_code == 403
    assert lena("DELETE", f"/entries/{entry}/shares/{there}").status_code == 204
    assert otto.get(f"/entries/{entry}").status_code == 404
    assert lena("DELETE", f"/entries/{entry}/shares/{there}").status_code == 404


def test_paging_shows_everything_once(lena, world):
    space = world.space("project", "open")
    for number in range(23):
        post(space, f"Number {number}", actor=world.lena)
    db.session.commit()
    for path in ("/feed", f"/spaces/{space.id}/entries", "/spaces", "/people"):
        at_once = [each["id"] for each in lena.everything(path, 100)]
        in_pieces = [each["id"] for each in lena.everything(path, 3)]
        assert in_pieces == at_once and len(set(at_once)) == len(at_once), path
    assert len(lena.everything("/feed", 7)) >= 23


def test_comments_are_paged_oldest_first(lena, world):
    root = world.first_post(world.space("project", "open")).id
    for number in range(5):
        lena.post(f"/entries/{root}/comments", {"body": f"Answer {number}"})
    bodies = [each["body"] for each in lena.everything(f"/entries/{root}/comments", 2)]
    assert bodies == ["An answer in project-open", *(f"Answer {number}" for number in range(5))]


def test_a_list_costs_the_same_number_of_statements_however_long(lena, world, statements):
    space = world.space("project", "open")

    def cost() -> int:
        del statements[:]
        assert lena.get("/feed?limit=100").status_code == 200
        return len(statements)

    few = cost()
    for number in range(30):
        post(space, f"Number {number}", actor=world.jon)
    db.session.commit()
    assert cost() <= few + 1


# What each may do with Lena's post in a space of each access: read, comment, edit.
ACCESS = {
    "open": {"jon": (200, 201, 403), "otto": (200, 201, 403), "gita": (404, 404, 404), "ada": (200, 201, 403)},
    "closed": {"jon": (200, 201, 403), "otto": (404, 404, 404), "gita": (404, 404, 404), "ada": (404, 404, 404)},
    "secret": {"jon": (200, 201, 403), "otto": (404, 404, 404), "gita": (404, 404, 404), "ada": (404, 404, 404)},
}


@pytest.mark.parametrize("access", ACCESS)
def test_who_may_do_what_to_an_entry(world, api_of, access):
    key = world.first_post(world.space("project", access)).id
    for who, expected in ACCESS[access].items():
        api = api_of(world.person(who))
        got = (api.get(f"/entries/{key}").status_code,
               api.post(f"/entries/{key}/comments", {"body": "Hm"}).status_code,
               api("PATCH", f"/entries/{key}", {"body": "Mine now"}).status_code)
        assert got == expected, who


def test_an_archived_space_takes_nothing(lena, world):
    space = world.space("project", "open")
    entry = world.first_post(space)
    space.archived_at = now()
    db.session.commit()
    assert lena.get(f"/entries/{entry.id}").status_code == 200
    assert lena.post("/posts", {"space_id": space.id, "body": "Too late"}).status_code == 403
    assert lena("PATCH", f"/entries/{entry.id}", {"body": "Too late"}).status_code == 403


def test_a_post_quotes_an_entry_for_those_who_may_see_it(world, api_of):
    secret, commons = world.first_post(world.space("project", "secret")), world.commons.id
    made = api_of(world.jon).post("/posts", {"space_id": commons, "body": "See this", "quote_id": secret.id}).json
    assert (made["quoted_id"], made["is_quote"]) == (secret.id, True)
    assert api_of(world.lena).get(f"/entries/{secret.id}").json["quoted_times"] == 1
    assert api_of(world.otto).get(f"/entries/{made['id']}").json["quoted_id"] is None
    refused = api_of(world.otto).post("/posts", {"space_id": commons, "body": "See", "quote_id": secret.id})
    assert refused.status_code == 404
