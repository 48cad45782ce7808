"""People, spaces, accounts, reviews, learnings, search, notifications."""

import pytest

from app.activity.models import Activity
from app.db import now
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership
from tests.api.conftest import errors

REVIEW = {
    "title": "Grippers in spring", "programme": "Grippers", "quarter": "2026-Q3", "region": "EMEA",
    "channels": ["webinar", "e-mail"], "next_steps": ["Ask Acme"], "what_worked": "Short invitations",
    "metrics": {"budget": 12000, "cost": 9000.5, "leads": 100, "mqls": 40, "sqls": 10, "margin": 18001},
    "learnings": ["Short invitations work", {"title": "Tuesdays are best", "holds_for": "DACH"}],
}


def test_me(lena, world):
    me = lena.get("/me").json
    assert me["id"] == world.lena.id and me["email"] == "lena@example.com" and me["team"] == "Marketing"
    assert me["unread_notifications"] == 9  # Jon answered in each of her nine spaces


def test_only_admins_add_people(lena, world, api_of):
    sent = {"email": "New@Example.com", "name": "Nell New", "team": "Sales", "role": "guest", "title": "Analyst"}
    assert lena.post("/people", sent).status_code == 403
    ada = api_of(world.ada)
    made = ada.post("/people", sent)
    assert made.status_code == 201 and made.json["email"] == "new@example.com" and made.json["role"] == "guest"
    again = ada.post("/people", sent)
    assert again.status_code == 422 and list(errors(again)) == ["email"]


def test_profiles_are_changed_by_their_owner_and_roles_by_admins(lena, world, api_of):
    path = f"/people/{world.jon.id}"
    assert lena("PATCH", path, {"about": "Not mine"}).status_code == 403
    jon = api_of(world.jon)
    assert jon("PATCH", path, {"about": "Robots", "team": "Product"}).json["team"] == "Product"
    assert jon("PATCH", path, {"role": "admin"}).status_code == 403
    ada = api_of(world.ada)
    assert ada("PATCH", path, {"role": "admin"}).json["role"] == "admin"
    assert list(errors(ada("PATCH", f"/people/{world.ada.id}", {"role": "member"}))) == ["role"]
    assert "timezone" in errors(jon("PATCH", path, {"timezone": "Moon/Sea"}))


def test_addresses_are_for_their_owners_and_admins(lena, world, api_of):
    path = f"/people/{world.jon.id}"
    assert lena.get(path).json["email"] is None
    assert api_of(world.ada).get(path).json["email"] == "jon@example.com"


def test_a_guest_knows_only_who_shares_a_space(world, api_of):
    gus = api_of(world.gus)
    assert {each["handle"] for each in gus.everything("/people", 100)} == {"lena", "jon", "gus"}
    assert gus.get(f"/people/{world.otto.id}").status_code == 404
    assert [each["slug"] for each in gus.everything("/spaces", 100)] == ["project-open"]
    assert gus.post("/spaces", {"kind": "community", "name": "Mine"}).status_code == 403


@pytest.mark.parametrize("kind", ["project", "account", "community"])
def test_a_space_of_each_kind_is_opened_with_its_record(lena, kind):
    made = lena.post("/spaces", {"kind": kind, "name": "Acme Robotics", "access": "closed", "description": "Robots"})
    assert made.status_code == 201
    space = made.json
    assert space["slug"] == "acme-robotics" and space["access"] == "closed" and space["my_role"] == "owner"
    assert (space["account_id"] is not None) == (kind == "account")
    assert lena.get(f"/spaces/{space['id']}").json == space
    assert lena.client.get(space["url"]).status_code == 302  # a page, once signed in


# What each sees of a space of each access: the space, its entries; and whether they may change it.
SPACES = {
    "open": {"otto": (200, 200, 403), "gita": (404, 404, 404), "ada": (200, 200, 200), "jon": (200, 200, 403)},
    "closed": {"otto": (200, 403, 403), "gita": (404, 404, 404), "ada": (200, 403, 200), "jon": (200, 200, 403)},
    "secret": {"otto": (404, 404, 404), "gita": (404, 404, 404), "ada": (404, 404, 404), "jon": (200, 200, 403)},
}


@pytest.mark.parametrize("access", SPACES)
def test_who_may_do_what_to_a_space(world, api_of, access):
    key = world.space("account", access).id
    for who, (sees, reads, changes) in SPACES[access].items():
        api = api_of(world.person(who))
        assert api.get(f"/spaces/{key}").status_code == sees, who
        # A closed space is known to all colleagues, so that its entries are forbidden and not unseen.
        assert api.get(f"/spaces/{key}/entries").status_code == reads, who
        assert api("PATCH", f"/spaces/{key}", {"description": "Ours"}).status_code == changes, who


def test_membership_is_put_and_taken(lena, world, api_of):
    space, otto = world.space("community", "closed"), world.otto
    path = f"/spaces/{space.id}/members/{otto.id}"
    assert api_of(otto)("PUT", path, {}).status_code == 403
    assert lena("PUT", path, {"role": "owner"}).json["role"] == "owner"
    assert {each["person_id"] for each in lena.everything(f"/spaces/{space.id}/members", 1)} >= {otto.id, world.jon.id}
    assert api_of(otto).get(f"/spaces/{space.id}/entries").status_code == 200
    assert lena("DELETE", path).status_code == 204
    assert api_of(world.otto).get(f"/spaces/{space.id}/entries").status_code == 403
    last = lena("DELETE", f"/spaces/{space.id}/members/{world.lena.id}")
    assert last.status_code == 409 and errors(last) == {}


def test_everybody_joins_an_open_space_but_not_as_its_owner(world, api_of):
    path = f"/spaces/{world.space('community', 'open').id}/members/{world.otto.id}"
    otto = api_of(world.otto)
    assert otto("PUT", path, {"role": "owner"}).status_code == 403
    assert otto("PUT", path).status_code == 200
    assert otto("DELETE", path).status_code == 204
    assert not db.session.scalars(db.select(Membership).where(Membership.person_id == world.otto.id)).all()[1:]


def test_a_review_is_answered_with_its_figures(lena, world):
    made = lena.post("/reviews", REVIEW | {"space_id": world.space("project", "open").id})
    assert made.status_code == 201
    review = made.json
    assert review["kind"] == "review" and review["quarter"] == "2026-Q3" and review["channels"] == ["webinar", "e-mail"]
    assert review["metrics"]["cost"] == 9000.5 and review["metrics"]["sent"] is None
    kpis = review["kpis"]
    assert kpis["cpl"]["value"] == pytest.approx(90.005) and kpis["cpl"]["missing"] == [] and kpis["cpl"]["definition"]
    assert kpis["romi"]["value"] == pytest.approx((18001 - 9000.5) / 9000.5)
    assert kpis["response_rate"]["value"] is None and kpis["response_rate"]["missing"] == ["responses", "sent"]
    assert lena.get(f"/entries/{review['id']}").json == review
    assert lena.get("/reviews?quarter=2026-Q3&channel=webinar").json["items"] == [review]
    assert lena.get("/reviews?channel=fax").json["items"] == []


def test_what_a_review_taught_becomes_learnings(lena, world):
    space = world.space("project", "open").id
    review = lena.post("/reviews", REVIEW | {"space_id": space}).json
    assert [each["title"] for each in review["learnings"]] == ["Short invitations work", "Tuesdays are best"]
    learning = lena.get(f"/learnings/{review['learnings'][1]['id']}").json
    assert learning["review_id"] == review["id"] and learning["holds_for"] == "DACH" and learning["space_id"] == space


def test_a_figure_is_changed_and_taken_back(lena, world):
    review = lena.post("/reviews", REVIEW | {"space_id": world.space("project", "open").id}).json
    path = f"/entries/{review['id']}"
    changed = lena("PATCH", path, {"metrics": {"cost": None, "leads": 7}, "channels": ["fair"]}).json
    assert changed["metrics"]["cost"] is None and changed["metrics"]["leads"] == 7 and changed["channels"] == ["fair"]
    assert changed["metrics"]["budget"] == 12000 and changed["title"] == review["title"]
    assert lena.get(path).json == changed


@pytest.mark.parametrize(("change", "field"), [
    ({"quarter": "2026-Q5"}, "quarter"), ({"quarter": "2026-Q3\n"}, "quarter"),
    ({"metrics": {"leads": -1}}, "metrics.leads"),
    ({"metrics": {"leads": 10**12}}, "metrics.leads"), ({"metrics": {"cost": 1e300}}, "metrics.cost"),
    ({"metrics": {"cost": "9"}}, "metrics.cost"), ({"metrics": {"profit": 9}}, "metrics.profit"),
    ({"currency": "DM"}, "currency"), ({"channels": "webinar"}, "channels"), ({"channels": [1]}, "channels.0"),
    ({"starts_on": "2026-05-01", "ends_on": "2026-04-01"}, "ends_on"), ({"starts_on": "1.5.2026"}, "starts_on"),
    ({"learnings": [{"holds_for": "DACH"}]}, "learnings.0.title"),
])
def test_a_wrong_figure_is_named(lena, world, change, field):
    answer = lena.post("/reviews", REVIEW | {"space_id": world.space("project", "open").id} | change)
    assert answer.status_code == 422 and list(errors(answer)) == [field]


def test_a_trial_runs_from_its_start_to_its_result(lena, world, api_of):
    space = world.space("project", "open").id
    made = lena.post("/learnings", {"space_id": space, "claim": "Short invitations work", "evidence": "Two tests"})
    learning = made.json
    assert made.status_code == 201 and learning["title"] == "Short invitations work" and learning["body"] == "Two tests"
    jon = api_of(world.jon)
    trial = jon.post(f"/learnings/{learning['id']}/trials", {"where": "DACH, spring", "adaptation": "Shorter"})
    assert trial.status_code == 201 and trial.json["result"] is None and trial.json["where"] == "DACH, spring"
    path, result = f"/trials/{trial.json['id']}", {"result": "worked", "note": "Twice the answers", "lift": 12.5}
    assert lena("PATCH", path, result).status_code == 403
    ended = jon("PATCH", path, result).json
    assert ended["result"] == "worked" and ended["lift"] == 12.5 and ended["ended_at"]
    assert lena.get("/learnings").json["items"][0]["trials"] == [ended]


def test_an_account_has_a_group_and_owners_who_belong_to_it(lena, world):
    made = lena.post("/accounts", {"name": "Acme", "tier": "A", "employees": 120, "sales_owner_id": world.jon.id})
    account = made.json
    assert made.status_code == 201 and account["tier"] == "A" and account["slug"] == "acme"
    assert lena.get(f"/spaces/{account['space_id']}").json["kind"] == "account"
    members = {each["person_id"]: each["role"] for each in lena.everything(f"/spaces/{account['space_id']}/members", 9)}
    assert members == {world.lena.id: "owner", world.jon.id: "owner"}
    changed = lena("PATCH", f"/accounts/{account['id']}", {"name": "Acme AG", "employees": None}).json
    assert changed["name"] == "Acme AG" and changed["employees"] is None and changed["tier"] == "A"
    assert "sales_owner_id" in errors(lena.post("/accounts", {"name": "B", "sales_owner_id": world.gus.id}))


def test_accounts_nobody_may_know_of_are_not_listed(lena, world, api_of):
    known = {"account-open", "account-closed"}
    assert {each["slug"] for each in api_of(world.otto).everything("/accounts", 2)} == known
    assert {each["slug"] for each in lena.everything("/accounts", 2)} == known | {"account-secret"}


def test_search_finds_what_one_may_see_and_counts_it(lena, world, api_of):
    found = lena.get("/search?q=hello&limit=4").json
    assert found["total"] == 9 and found["facets"]["kind"] == {"post": 9} and len(found["items"]) == 4
    hit = found["items"][0]
    assert hit["kind"] == "post" and "<mark>" in hit["snippet"] and hit["url"] == f"/posts/{hit['entry_id']}"
    following = lena.get("/search", query_string={"q": "hello", "limit": 4, "cursor": found["next"]}).json
    assert not {each["entry_id"] for each in found["items"]} & {each["entry_id"] for each in following["items"]}
    assert api_of(world.otto).get("/search?q=hello").json["total"] == 3
    space = world.space("project", "open").id
    assert str(space) in lena.get(f"/search?q=hello&space_id={space}&kind=post").json["facets"]["space"]


def test_search_within_days(lena):
    today = now().date().isoformat()
    assert lena.get(f"/search?q=hello&from={today}&until={today}").json["total"] == 9
    assert lena.get("/search?q=hello&until=2020-01-01").json["total"] == 0
    assert "from" in errors(lena.get("/search?q=hello&from=yesterday"))


def test_notifications_are_read(lena, world, api_of):
    entry = lena.post("/posts", {"space_id": world.commons.id, "body": "Look, @jon"}).json
    jon = api_of(world.jon)
    first = jon.get("/notifications").json["items"][0]
    assert first["reason"] == "mention" and first["entry_id"] == entry["id"] and first["read_at"] is None
    assert first["event"] == "entry.posted" and first["text"].startswith("Lena Fischer")
    unread = jon.get("/me").json["unread_notifications"]
    assert jon.post("/notifications/read", {"ids": [first["id"]]}).json == {"unread": unread - 1}
    assert jon.post("/notifications/read").json == {"unread": 0}


def test_what_the_api_does_is_recorded_as_what_people_do(lena, world):
    lena.post("/posts", {"space_id": world.commons.id, "body": "Recorded"})
    last = db.session.scalars(db.select(Activity).order_by(Activity.id.desc())).first()
    assert last.kind == "entry.posted" and last.actor_id == world.lena.id and last.delivered_at
    assert db.session.scalar(db.select(Person.id).where(Person.handle == "lena")) == last.actor_id


def test_the_timeline_of_an_account_is_paged_and_narrowed(world, lena, api_of):
    account = world.space("account", "open").account
    lena("PATCH", f"/accounts/{account.id}", {"tier": "A", "parent_id": None})
    path = f"/accounts/{account.id}/timeline"
    lines = lena.everything(path, 1)
    assert [each["kind"] for each in lines] == ["record", "post"]
    assert (lines[0]["field"], lines[0]["was"], lines[0]["now"]) == ("tier", "B", "A")
    assert lines[1]["title"] == "Hello from account-open" and lines[1]["space_id"] == account.space_id
    assert lena.get(f"{path}?kind=post&person_id={world.jon.id}").json["items"] == []
    assert lena.get(f"{path}?cursor=a2Z4").status_code == 422
    closed = world.space("account", "closed").account
    assert api_of(world.otto).get(f"/accounts/{closed.id}/timeline").status_code == 403
    circle = lena("PATCH", f"/accounts/{account.id}", {"parent_id": account.id})
    assert circle.status_code == 422 and circle.json["errors"]["parent_id"]
