"""Page, API and invitation refuse the same people that the command line refuses."""

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.extensions import db
from app.people import rules
from app.people.actions import (
    LastAdmin,
    accept,
    add_person,
    change_profile,
    change_role,
    deactivate,
    invite,
    set_password,
)
from app.people.models import Person
from app.people.sessions import new_token

HIDDEN = ("Lena\nFischer", "Lena\x00Fischer", "Lena\u202egnp.exe", "Lena\u2066x", "Lena\u2028Fischer", " ", "\u200b")


@pytest.mark.parametrize("name", [*HIDDEN, "L" * 121])
def test_a_name_that_is_none_is_refused_wherever_it_is_given(world, browser_of, name):
    invitation, _secret = invite("nina@example.com", actor=world.ada)
    for attempt in (
        lambda: add_person("nina@example.com", name),
        lambda: change_profile(world.lena, name=name),
        lambda: accept(invitation, name=name, password="a calm harbour"),
    ):
        with pytest.raises(rules.Unacceptable) as refused:
            attempt()
        assert refused.value.field == "name" and str(refused.value)
    db.session.rollback()
    assert world.lena.name == "Lena Fischer"


@pytest.mark.parametrize("name", ["王梅", "D'Arcy O’Neil-Ünal", "علی‌رضا", "R. J. 3rd"])
def test_names_of_all_the_world_are_names(name):
    assert rules.name(f" {name} ") == name


@pytest.mark.parametrize("name", HIDDEN[2:4])
def test_form_and_api_say_what_is_wrong_with_a_name(app, world, browser_of, name):
    data = {"name": name, "locale": "en", "timezone": "UTC"}
    page = browser_of(world.lena).post("/settings", data=data)
    assert page.status_code == 422 and "characters that nobody sees" in page.text
    _token, text = new_token(world.lena, "test")
    answer = app.test_client().patch(f"/api/v1/people/{world.lena.id}", json={"name": name},
                                     headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 422 and "nobody sees" in answer.text
    assert world.lena.name == "Lena Fischer"


@pytest.mark.parametrize("address", ["notanemail", "a@b", "nina@exa\nmple.com", f"{'n' * 250}@example.com", ""])
def test_nobody_is_invited_to_what_is_no_address(world, address):
    with pytest.raises(rules.Unacceptable):
        invite(address, actor=world.ada)


@pytest.mark.parametrize("password", ["", "x", "ninechars", "x" * 201])
def test_a_password_is_long_and_not_endless(world, password):
    with pytest.raises(rules.Unacceptable):
        set_password(world.lena, password)


def test_somebody_stays_admin(world):
    for leave in (deactivate, lambda person: change_role(person, "member")):
        with pytest.raises(LastAdmin):
            leave(world.ada)
    change_role(world.jon, "admin")
    deactivate(world.ada)
    commit()
    admins = db.session.scalars(select(Person.handle).where(Person.role == "admin", Person.deactivated_at.is_(None)))
    assert admins.all() == ["jon"]
