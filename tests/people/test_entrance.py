"""Coming in and going out: passwords, invitations, resets, sessions, the first visitor."""

import re

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.extensions import db
from app.people.actions import deactivate, invite, set_password
from app.people.models import Invitation, Person, SignIn
from app.spaces.models import Membership
from tests.world import PASSWORD


@pytest.fixture
def lena(world) -> Person:
    set_password(world.lena, PASSWORD)
    commit()
    return world.lena


def sign_in(client, email: str, password: str = PASSWORD, where: str = "/sign-in"):
    return client.post(where, data={"email": email, "password": password})


def mails(app) -> list[str]:
    """The texts of the mails that were kept, oldest first."""
    files = sorted((app.config["DATA_FOLDER"] / "mail").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [path.read_text() for path in files]


def link_in(mail: str) -> str:
    """The path of the link in a mail, its soft line breaks undone."""
    return re.search(r"http://[^/]+(/\S+)", mail.replace("=\n", "")).group(1)


def test_the_right_password_lets_in(client, lena):
    assert sign_in(client, "Lena@Example.com ").headers["Location"] == "/"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("email", "password"), [("lena@example.com", "wrong"), ("nobody@example.com", PASSWORD),
                                                ("jon@example.com", PASSWORD)])
def test_a_wrong_one_says_the_same_whoever_it_is(client, lena, email, password):
    answer = sign_in(client, email, password)
    assert answer.status_code == 422 and "do not fit together" in answer.text and email in answer.text


def test_after_signing_in_one_is_where_one_wanted_to_be(client, lena):
    assert client.get("/reviews?quarter=2026-Q3").headers["Location"].endswith("next=/reviews?quarter%3D2026-Q3")
    assert sign_in(client, "lena@example.com", where="/sign-in?next=/reviews").headers["Location"] == "/reviews"


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)",
                                    "/%0d%0aX-Evil:1", "/%00", "/%e2%80%a8"])
def test_and_never_on_another_site(client, lena, target):
    assert sign_in(client, "lena@example.com", where=f"/sign-in?next={target}").headers["Location"] == "/"


def test_who_is_signed_in_is_not_led_astray_either(client, lena):
    sign_in(client, "lena@example.com")
    answer = client.get("/sign-in?next=/%0d%0aX-Evil:1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/") and "X-Evil" not in answer.headers


def test_guessing_is_slowed_down(client, lena):
    answers = [sign_in(client, "lena@example.com", f"guess {number}").status_code for number in range(12)]
    assert answers[:10] == [422] * 10 and answers[-1] == 429


def test_signing_out_ends_the_session_on_the_server(client, lena):
    sign_in(client, "lena@example.com")
    client.post("/sign-out")
    assert client.get("/").status_code == 302
    assert not db.session.scalars(select(SignIn)).all()


def test_another_browser_can_be_signed_out(client, lena, browser_of):
    sign_in(client, "lena@example.com")
    other = browser_of(lena)
    key = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()
    assert other.get("/").status_code == 200
    client.post(f"/settings/browsers/{key}/revocation")
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_nobody_signs_out_somebody_else(world, browser_of):
    browser_of(world.lena)
    key = db.session.scalars(select(SignIn.id)).one()
    assert browser_of(world.jon).post(f"/settings/browsers/{key}/revocation").status_code == 404


def test_who_left_is_out_at_once(world, browser_of):
    jon = browser_of(world.jon)
    deactivate(world.jon)
    commit()
    assert jon.get("/").status_code == 302


def test_an_invitation_lets_in_once_and_into_its_space(app, world, browser_of, client):
    space = world.space("project", "closed")
    browser_of(world.lena).post(f"/spaces/{space.slug}/people", data={"email": "new@agency.example", "role": "guest"})
    link = link_in(mails(app)[-1])
    answer = client.post(link, data={"name": "Nina New", "password": "a long password"})
    assert answer.headers["Location"] == space.url and client.get(space.url).status_code == 200
    nina = db.session.scalars(select(Person).where(Person.email == "new@agency.example")).one()
    assert nina.role == "guest"
    assert [each.space_id for each in db.session.scalars(select(Membership).where(Membership.person_id == nina.id))] \
        == [space.id]
    assert app.test_client().get(link).status_code == 404


def test_an_old_invitation_lets_nobody_in(world, client):
    invitation, secret = invite("late@example.com", actor=world.lena)
    invitation.created_at = invitation.created_at.replace(year=2020)
    commit()
    assert client.get(f"/invitations/{secret}").status_code == 404


def test_a_short_password_is_refused_and_the_name_stays(world, client):
    _invitation, secret = invite("new@example.com", actor=world.lena)
    commit()
    answer = client.post(f"/invitations/{secret}", data={"name": "Nina New", "password": "short"})
    assert answer.status_code == 422 and "Nina New" in answer.text and "at least 10" in answer.text
    assert db.session.scalars(select(Invitation)).one().accepted_at is None


def test_a_forgotten_password_is_replaced_by_mail(app, client, lena):
    client.post("/password", data={"email": "lena@example.com"})
    link = link_in(mails(app)[-1])
    assert client.post(link, data={"password": "another long one"}).status_code == 303
    assert app.test_client().get(link).status_code == 404, "the link works once"
    assert sign_in(app.test_client(), "lena@example.com").status_code == 422
    assert sign_in(app.test_client(), "lena@example.com", "another long one").status_code == 303


def test_asking_for_an_unknown_address_says_the_same_and_sends_nothing(app, world, client):
    before = len(mails(app))
    known = client.post("/password", data={"email": "lena@example.com"})
    unknown = client.post("/password", data={"email": "nobody@example.com"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert len(mails(app)) == before + 1


def test_a_new_password_signs_other_browsers_out(client, lena, browser_of):
    other = browser_of(lena)
    sign_in(client, "lena@example.com")
    data = {"current": PASSWORD, "password": "another long one", "again": "another long one"}
    assert client.post("/settings/password", data=data).status_code == 303
    assert client.get("/").status_code == 200 and other.get("/").status_code == 302


def test_forms_without_their_token_are_refused(app, world, browser_of):
    lena = browser_of(world.lena)
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = lena.post("/posts", data={"space_id": world.commons.id, "body": "forged"})
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400


def test_a_token_is_shown_once_and_can_be_revoked(world, browser_of):
    lena = browser_of(world.lena)
    page = lena.post("/settings/tokens", data={"name": "script"}).text
    assert re.search(r"qd_[\w-]{40,}", page)
    assert not re.search(r"qd_[\w-]{40,}", lena.get("/settings").text)


def test_a_profile_is_changed_and_bad_input_keeps_what_was_typed(world, browser_of):
    lena = browser_of(world.lena)
    data = {"name": "Lena F.", "title": "Head of campaigns", "team": "Marketing", "locale": "de",
            "timezone": "Europe/Berlin"}
    assert lena.post("/settings", data=data).status_code == 303
    assert "Head of campaigns" in browser_of(world.jon).get("/people/lena").text
    answer = lena.post("/settings", data=data | {"timezone": "Atlantis", "title": "Typed"})
    assert answer.status_code == 422 and "Typed" in answer.text and "Continent/City" in answer.text


@pytest.mark.parametrize("path", ["/admin", "/admin/people/1/role", "/admin/people/1/deactivation"])
def test_only_admins_administer(world, browser_of, path):
    method = "get" if path == "/admin" else "post"
    assert getattr(browser_of(world.lena), method)(path, data={"role": "admin"}).status_code == 403


def test_an_admin_changes_roles_but_not_their_own(world, browser_of):
    ada = browser_of(world.ada)
    ada.post(f"/admin/people/{world.otto.id}/role", data={"role": "guest"})
    ada.post(f"/admin/people/{world.ada.id}/role", data={"role": "member"})
    assert (world.otto.role, world.ada.role) == ("guest", "admin")
