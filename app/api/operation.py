"""One operation of the API: its address, what it takes and answers, and the order in which a request is worked off.

Read what was sent → store a file → take the `Idempotency-Key` → the view (fetch with access, one action) → serialise →
keep the answer for the key → one commit for all of it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from flask import Response, request
from marshmallow import EXCLUDE, Schema
from sqlalchemy.exc import DataError, IntegrityError

from app.activity.delivery import commit
from app.api import idempotency
from app.api.blueprint import api
from app.api.paging import PageQuery, written
from app.api.problems import BODY, Invalid, Taken
from app.api.reading import form_body, json_body, load
from app.web import Page

OPERATIONS: list["Operation"] = []


@dataclass
class Answer:
    """What a view returns when there is more to say than the thing itself."""

    thing: object
    status: int | None = None
    etag: str | None = None
    location: str | None = None


@dataclass(frozen=True)
class Operation:
    """What is said of an operation once, for routing, for working it off and for describing it."""

    method: str
    path: str
    view: Callable
    tag: str
    query: Schema | None = None
    body: Schema | None = None
    prepare: Callable | None = None
    ahead: Callable | None = None
    returns: object = None
    status: int = 200
    paged: bool = False
    etag: bool = False
    also: tuple[int, ...] = ()
    media: str | None = None
    raw: str | None = None

    @property
    def name(self) -> str:
        return self.view.__name__

    @property
    def takes_file(self) -> bool:
        return self.prepare is not None

    @property
    def writes(self) -> bool:
        return self.method != "GET"


def operation(method: str, path: str, **named):
    """Register a view as an operation.

    `query`, `body`: schemas of what it takes; the view gets them as arguments of these names. `returns`: a schema of
    what it answers; `paged`: a list of them. `prepare` (for uploads): called before anything is locked, with the
    view's arguments; what it keeps is given to the view as `file`. `ahead`: called at the same moment, for what asks
    other servers; what it finds is given as `found`. `etag`: it answers one and heeds `If-Match`. `also`:
    problems it answers besides those that follow from the rest. `media`: the type of a file that the view answers.
    `raw`: the type of a file that may be the whole body in place of a form.
    """

    def register(view: Callable) -> Callable:
        known = Operation(method=method, path=path, view=view, tag=view.__module__.rpartition(".")[2], **named)
        OPERATIONS.append(known)

        @wraps(view)
        def run(**path_values):
            try:
                return _work_off(known, path_values)
            except IntegrityError:
                raise Taken() from None
            except DataError:
                raise Invalid({BODY: ["Something in it is more than a database holds."]}) from None

        api.add_url_rule(path, endpoint=known.name, view_func=run, methods=[method])
        return view

    return register


class PlainQuery(Schema):
    """The base of what an address may carry besides the path; what nobody knows is ignored, as usual on the web."""

    class Meta:
        unknown = EXCLUDE


def _work_off(known: Operation, arguments: dict) -> Response:
    if known.query:
        arguments["query"] = load(known.query, request.args.to_dict())
    if known.body is not None:
        arguments["body"] = _body(known)
    if known.prepare:
        arguments["file"] = known.prepare(**arguments)
    if known.ahead:
        arguments["found"] = known.ahead(**arguments)
    if known.method == "POST":
        repeated = idempotency.claim(arguments["file"].sha256 if known.prepare else None)
        if repeated:
            return repeated
    response = _answer(known, known.view(**arguments))
    if known.method == "POST":
        idempotency.keep(response)
    if known.writes:
        commit()
    return response


def _body(known: Operation) -> dict:
    if known.raw and request.mimetype == known.raw:
        return load(known.body, {})
    return (form_body if known.takes_file else json_body)(known.body)


def _answer(known: Operation, result) -> Response:
    if isinstance(result, Response):
        return result
    answer = result if isinstance(result, Answer) else Answer(result)
    if known.returns is None:
        return Response(status=answer.status or 204)
    if isinstance(answer.thing, Page):
        body = {"items": known.returns.dump(answer.thing.items, many=True), "next": written(answer.thing.next)}
    else:
        body = known.returns.dump(answer.thing)
    response = Response(json.dumps(body), answer.status or known.status, mimetype="application/json")
    if answer.etag:
        response.set_etag(answer.etag)
    if answer.location:
        response.headers["Location"] = answer.location
    return response


def paged_query(schema: type[Schema] | None = None) -> Schema:
    """The query of a list, with `limit` and `cursor` beside its own filters."""
    bases = (schema, PageQuery) if schema else (PageQuery,)
    return type(f"{schema.__name__ if schema else ''}Paged", bases, {"Meta": PlainQuery.Meta})()
