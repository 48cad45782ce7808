"""The description of the API, OpenAPI 3.1, made from the operations themselves."""

import re
from functools import cache

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import jsonify
from marshmallow import Schema

from app.access import LARGEST_KEY
from app.api.blueprint import PREFIX, api
from app.api.entry_edits import EDITS
from app.api.entry_schemas import SCHEMAS
from app.api.fields import FileOrUpload, Output, Upload
from app.api.idempotency import HEADER, LONGEST_KEY
from app.api.operation import OPERATIONS, Operation
from app.api.problems import MEDIA_TYPE
from app.api.review_inputs import LearningNoteIn
from app.web import public

TITLE, VERSION = "Quarterdeck", "1"
INTRODUCTION = """Everything the application does, for scripts. A request acts as the person its token belongs to, and \
sees what they see. Errors are problems (RFC 9457). Lists are paged: pass `next` as `cursor` to go on.

Large files, and lines that break: `/api/v1/uploads` speaks tus 1.0.0 (creation, termination, expiration) with \
the same token, for any tus client. `POST` it `Tus-Resumable: 1.0.0`, `Upload-Length`, `Upload-Metadata: \
filename BASE64`; add bytes to its `Location` by `PATCH` with `Upload-Offset` and the type \
`application/offset+octet-stream`; when the line was broken, `HEAD` tells the offset to go on from. The answer \
to the last byte carries `Upload-Id`, which assets, versions and imports take as `upload_id` in place of a \
`file`. What nothing comes of for a week is given up."""
PROBLEMS = {
    400: "The body could not be read.", 401: "No valid token.", 403: "Seen, but forbidden.",
    404: "Nothing there that the caller can see.", 409: "Somebody else was first, or it is not in a state for this.",
    412: "It changed since the caller read it (If-Match).", 413: "Larger than this server takes.",
    415: "Another media type is expected.", 422: "Something in it cannot be accepted; `errors` says what.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    503: "The file could not be stored just now.",
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}},
                   "description": "What is wrong, by field (“metrics.cost”); of the body as a whole under “body”."},
    },
}


def _name_of(schema) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")


def _any_of(schemas: dict[str, Schema]) -> dict:
    return {"anyOf": [{"$ref": f"#/components/schemas/{_name_of(each)}"} for each in schemas.values()]}


def _reference(schema) -> dict:
    return {"$ref": f"#/components/schemas/{_name_of(schema)}"}


def _problems(known: Operation) -> list[int]:
    """What can go wrong, as it follows from what the operation is."""
    found = {401, 429, *known.also}
    if "<" in known.path or known.method in ("POST", "PATCH"):
        found.add(404)
    if known.writes:
        found.add(403)
    if known.path.startswith(("/spaces/<", "/trials")):
        found.add(403)
    if known.body is not None:
        found |= {400, 413, 415, 422}
    if known.query or known.method == "POST":
        found.add(422)
    if known.method in ("POST", "PUT", "PATCH"):
        found.add(409)
    if known.etag and known.method in ("PATCH", "DELETE"):
        found.add(412)
    if known.takes_file:
        found.add(503)
    return sorted(found)


def _problem_response(code: int) -> dict:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answer = {"description": PROBLEMS[code], "content": content}
    if code == 429:
        answer["headers"] = {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds."}}
    return answer


def _success(known: Operation) -> dict:
    if known.media:
        body = {known.media: {}}
        answers = {"200": {"description": "The bytes.", "content": body}}
        if known.name == "read_file":
            answers["206"] = {"description": "The range that was asked for.", "content": body}
            answers["416"] = {"description": "The file has no such range."}
        return answers | {"304": {"description": "The caller has it (If-None-Match)."}}
    answer = {"description": "Done."}
    if known.returns is not None:
        schema = _reference(known.returns)
        if known.paged:
            schema = {
                "type": "object", "required": ["items", "next"], "additionalProperties": False,
                "properties": {"items": {"type": "array", "items": schema}, "next": {"type": ["string", "null"]}},
            }
        answer["content"] = {"application/json": {"schema": schema}}
    if known.etag and known.returns is not None:
        answer["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "Its state, for If-Match."}}
    return {str(known.status): answer}


def _path_parameters(known: Operation) -> list[dict]:
    number = {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
    return [
        {"name": name, "in": "path", "required": True,
         "schema": number if converter == "key:" else {"type": "string", "minLength": 1}}
        for converter, name in re.findall(r"<(key:)?(\w+)>", known.path)
    ]


def _header_parameters(known: Operation) -> list[dict]:
    found = []
    if known.method == "POST":
        found.append({
            "name": HEADER, "in": "header", "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
            "description": "A text of your choice. The same request with the same key is answered for a day with the "
                           "first answer, and makes nothing twice.",
        })
    if known.etag and known.method in ("PATCH", "DELETE"):
        found.append({"name": "If-Match", "in": "header", "schema": {"type": "string"},
                      "description": "The ETag you know; if it changed since, 412."})
    if known.name == "read_file":
        found.append({"name": "Range", "in": "header", "schema": {"type": "string"}, "description": "bytes=0-99"})
    return found


def _request_body(known: Operation) -> dict:
    schema = _reference(known.body)
    media = "multipart/form-data" if known.takes_file else "application/json"
    return {"required": True, "content": {media: {"schema": schema}}}


def _without_null(parameter: dict) -> dict:
    """A parameter that may be left out; an address has no null."""
    schema = {name: value for name, value in parameter["schema"].items() if (name, value) != ("default", None)}
    if isinstance(schema.get("type"), list):
        schema["type"] = schema["type"][0]
    if "enum" in schema:
        schema["enum"] = [each for each in schema["enum"] if each is not None]
    return parameter | {"schema": schema}


def _describe(known: Operation, plugin: MarshmallowPlugin) -> dict:
    summary, _, more = known.view.__doc__.strip().partition(". ")
    parameters = _path_parameters(known) + _header_parameters(known)
    if known.query:
        in_query = plugin.converter.schema2parameters(known.query, location="query")
        parameters += [_without_null(each) for each in in_query]
    described = {
        "operationId": known.name, "tags": [known.tag], "summary": summary.rstrip("."), "parameters": parameters,
        "responses": _success(known) | {str(code): _problem_response(code) for code in _problems(known)},
    }
    if more:
        described["description"] = more
    if known.body is not None:
        described["requestBody"] = _request_body(known)
    return described


def _strict(name: str, schema: dict, known: Schema) -> None:
    """Answers hold all their fields and no others; what else a schema's Meta says of itself."""
    if isinstance(known, Output):
        optional = getattr(known.Meta, "optional", ())
        schema["required"] = [each for each in schema["properties"] if each not in optional]
        schema["additionalProperties"] = False
    if isinstance(known, Upload):
        schema["properties"]["file"] = {"type": "string", "contentMediaType": "application/octet-stream"}
        if not isinstance(known, FileOrUpload):
            schema["required"] = [*schema.get("required", []), "file"]
    schema |= getattr(known.Meta, "openapi", {})
    if type(known).__doc__ and type(known).__module__.startswith("app."):
        schema["description"] = " ".join(type(known).__doc__.split())


@cache
def description() -> dict:
    """The whole description, as JSON values."""
    plugin = MarshmallowPlugin(schema_name_resolver=_name_of)
    spec = APISpec(
        TITLE, VERSION, "3.1.0", plugins=[plugin], info={"description": INTRODUCTION},
        servers=[{"url": "/"}], security=[{"token": []}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    spec.components.schema("Problem", component=PROBLEM)
    for schema in (*SCHEMAS.values(), *EDITS.values(), LearningNoteIn()):
        spec.components.schema(_name_of(schema), schema=schema)
    spec.components.schema("AnyEntry", component=_any_of(SCHEMAS) | {"description": "An entry; `kind` says which."})
    spec.components.schema("AnyEdit", component=_any_of(EDITS) | {"description": "An edit, as the kind has it."})
    for known in OPERATIONS:
        for schema in (known.body, known.returns):
            if isinstance(schema, Schema) and _name_of(schema) not in spec.components.schemas:
                spec.components.schema(_name_of(schema), schema=schema)
        path = PREFIX + re.sub(r"<(?:key:)?(\w+)>", r"{\1}", known.path)
        spec.path(path, operations={known.method.lower(): _describe(known, plugin)})
    for (schema, *_), name in plugin.converter.refs.items():
        _strict(name, spec.components.schemas[name], schema())
    return spec.to_dict()


@api.get("/openapi.json")
@public
def openapi():
    """The description of the API, for machines."""
    return jsonify(description())


