"""Opening, joining, leaving, inviting; and what a newcomer, an outsider and a guest see of it."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.extensions import db
from app.people.models import Invitation
from app.projects.models import Project
from app.spaces.actions import open_space, slug_for
from app.spaces.models import Membership


def members(space) -> set[str]:
    rows = select(Membership).where(Membership.space_id == space.id)
    return {each.person.handle for each in db.session.scalars(rows)}


def test_a_project_is_started_with_its_space(world, browser_of):
    data = {"name": "Grüner Greifer 2027", "goal": "Sell it", "access": "closed", "state": "planned",
            "starts_on": "2026-12-01", "ends_on": "2027-03-31"}
    answer = browser_of(world.jon).post("/projects/new", data=data)
    assert answer.status_code == 303
    project = db.session.scalars(select(Project).order_by(Project.id.desc())).first()
    assert (project.space.access, project.state, str(project.ends_on)) == ("closed", "planned", "2027-03-31")
    assert members(project.space) == {"jon"}


def test_dates_in_the_wrong_order_keep_the_form(world, browser_of):
    data = {"name": "Late", "access": "open", "state": "planned", "starts_on": "2027-01-01", "ends_on": "2026-01-01"}
    answer = browser_of(world.jon).post("/projects/new", data=data)
    assert answer.status_code == 422 and "ends before it starts" in answer.text and 'value="Late"' in answer.text


def test_an_account_takes_in_both_owners(world, browser_of):
    data = {"name": "Nordwind AG", "access": "open", "tier": "A", "marketing_owner_id": world.lena.id,
            "sales_owner_id": world.mei.id}
    browser_of(world.jon).post("/accounts/new", data=data)
    account = db.session.scalars(select(Account).order_by(Account.id.desc())).first()
    assert members(account.space) == {"jon", "lena", "mei"}


@pytest.mark.parametrize("path", ["/projects/new", "/accounts/new", "/communities/new", "/spaces/new", "/reviews/new"])
def test_a_guest_opens_nothing(world, browser_of, path):
    assert browser_of(world.gus).get(path).status_code == 403


def test_joining_an_open_space_and_leaving_it(world, browser_of):
    space, otto = world.space("project", "open"), browser_of(world.otto)
    otto.post(f"/spaces/{space.slug}/membership")
    assert "otto" in members(space)
    otto.post(f"/spaces/{space.slug}/membership/end")
    assert "otto" not in members(space)


@pytest.mark.parametrize(("access", "status"), [("closed", 403), ("secret", 404)])
def test_nobody_joins_a_space_that_is_not_open(world, browser_of, access, status):
    space = world.space("project", access)
    assert browser_of(world.otto).post(f"/spaces/{space.slug}/membership").status_code == status


def test_the_last_owner_stays(world, browser_of):
    space = world.space("project", "open")
    browser_of(world.lena).post(f"/spaces/{space.slug}/membership/end")
    assert "lena" in members(space)


def test_a_closed_space_shows_its_door_only(world, browser_of):
    page = browser_of(world.otto).get("/projects/project-closed")
    assert page.status_code == 200 and "Members read this space" in page.text
    assert "Hello from project-closed" not in page.text


def test_a_secret_space_does_not_exist_for_others(world, browser_of):
    otto = browser_of(world.otto)
    for path in ("/projects/project-secret", "/spaces/project-secret/people", "/spaces/project-secret"):
        assert otto.get(path).status_code == 404
    assert "project-secret" not in otto.get("/projects").text
    assert "project-secret" not in otto.get("/search/suggest?q=project").text


def test_a_guest_sees_their_space_and_nothing_else(world, browser_of):
    gus = browser_of(world.gus)
    assert "Hello from project-open" in gus.get("/").text
    assert "community-open" not in gus.get("/").text
    assert gus.get("/communities/community-open").status_code == 404
    listed = gus.get("/people").text
    assert "Lena Fischer" in listed and "Otto Outsider" not in listed


def test_only_managers_invite_and_take_out(world, browser_of):
    space = world.space("project", "open")
    data = {"email": "otto@example.com", "role": "member"}
    assert browser_of(world.jon).post(f"/spaces/{space.slug}/people", data=data).status_code == 403
    browser_of(world.lena).post(f"/spaces/{space.slug}/people", data=data)
    assert "otto" in members(space)
    assert browser_of(world.jon).post(f"/spaces/{space.slug}/people/{world.otto.id}/end").status_code == 403
    browser_of(world.lena).post(f"/spaces/{space.slug}/people/{world.otto.id}/end")
    assert "otto" not in members(space)


def test_what_was_there_before_one_came_counts_as_read(world, browser_of):
    browser_of(world.otto).post("/spaces/project-open/membership")
    counts = browser_of(world.otto).get("/unread").json["spaces"]
    assert counts[str(world.space("project", "open").id)] == 0


def test_unread_counts_are_exact_and_go_when_read(world, browser_of):
    space, jon = world.space("project", "open"), browser_of(world.jon)
    lena = browser_of(world.lena)
    for number in range(3):
        lena.post("/posts", data={"space_id": space.id, "body": f"News {number}"})
    before = jon.get("/unread").json["spaces"][str(space.id)]
    jon.post(f"/spaces/{space.slug}/read", data={"entry_id": 10**6})
    assert (before, jon.get("/unread").json["spaces"][str(space.id)]) == (4, 0)


def test_slugs_are_readable_free_and_start_with_a_letter(world):
    assert slug_for("Acme Robotics & Söhne") == "acme-robotics-söhne"
    assert slug_for("project open") == "project-open-2"
    assert slug_for("2027") == "space-2027"
    assert slug_for("王府井") == "王府井"


def test_no_space_takes_the_address_of_a_page(world, browser_of):
    browser_of(world.jon).post("/projects/new", data={"name": "New", "access": "open", "state": "planned"})
    project = db.session.scalars(select(Project).order_by(Project.id.desc())).first()
    assert "New" in browser_of(world.jon).get(project.space.url).text and project.space.url != "/projects/new"


def test_who_is_invited_from_outside_comes_as_a_guest_and_can_be_taken_back(world, browser_of):
    space, lena = world.space("project", "closed"), browser_of(world.lena)
    path = f"/spaces/{space.slug}/people"
    for email in ("nina@agency.example", "carl@example.com"):
        lena.post(path, data={"email": email, "role": "member"})
    invited = {each.email: each for each in db.session.scalars(db.select(Invitation))}
    assert {key: each.role for key, each in invited.items()} == {
        "nina@agency.example": "guest", "carl@example.com": "member"}
    page = lena.get(path).text
    assert "nina@agency.example" in page and "as a guest" in page
    assert "nina@agency.example" not in browser_of(world.jon).get(path).text
    end = f"/spaces/{space.slug}/invitations/{invited['nina@agency.example'].id}/end"
    assert browser_of(world.jon).post(end).status_code == 403
    lena.post(end)
    assert [each.email for each in db.session.scalars(db.select(Invitation))] == ["carl@example.com"]


def test_the_address_of_a_secret_space_tells_nobody_that_its_name_is_taken(world):
    hidden = open_space("project", "Price move", actor=world.lena, access="secret")
    assert open_space("project", "Price move", actor=world.otto).slug == "price-move"
    assert hidden.slug.startswith("price-move-") and len(hidden.slug) == len("price-move-") + 6
