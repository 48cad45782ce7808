"""A client of the API for each of the cast."""

import json
from collections.abc import Callable

import pytest
from flask import Flask

from app.extensions import db
from app.people.models import Person
from app.people.sessions import new_token


class Api:
    """A script with somebody's token. Answers are Flask's test responses."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, body=None, *, headers=None, **options):
        if body is not None:
            options["json"] = body
        return self.client.open(f"/api/v1{path}", method=method, headers=self.headers | (headers or {}), **options)

    def get(self, path: str, **options):
        return self("GET", path, **options)

    def post(self, path: str, body=None, **options):
        return self("POST", path, body, **options)

    def raw(self, method: str, path: str, data: bytes, content_type: str = "application/json"):
        return self(method, path, data=data, content_type=content_type)

    def everything(self, path: str, limit: int) -> list[dict]:
        """All items of a list, page by page."""
        found, cursor = [], ""
        while cursor is not None:
            answer = self.get(path, query_string={"limit": limit} | ({"cursor": cursor} if cursor else {}))
            assert answer.status_code == 200, answer.data
            assert len(answer.json["items"]) <= limit
            found += answer.json["items"]
            cursor = answer.json["next"]
        return found


@pytest.fixture
def api_of(app) -> Callable[[Person | None], Api]:
    """The API in the name of a person; of nobody without one."""

    def make(person: Person | None) -> Api:
        if person is None:
            return Api(app, None)
        _token, text = new_token(person, "test")
        db.session.commit()
        return Api(app, text)

    return make


@pytest.fixture
def lena(world, api_of) -> Api:
    """Lena, who owns everything."""
    return api_of(world.lena)


def errors(answer) -> dict:
    """The errors of a problem, after checking that it is one."""
    assert answer.mimetype == "application/problem+json", answer.data
    problem = json.loads(answer.data)
    assert problem["status"] == answer.status_code
    return problem.get("errors", {})
