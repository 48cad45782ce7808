"""The reference of the API for people, made from its description."""

from collections import defaultdict

from flask import Blueprint, render_template

from app.api.description import description

docs = Blueprint("api_docs", __name__)


def _type(schema: dict) -> str:
    """A schema in a few words: "integer or null", "list of Reaction"."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join("null" if each is None else str(each) for each in schema["enum"])
    kinds = schema.get("type", "any")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "array" in kinds:
        return f"[{_type(schema.get('items', {}))}]"
    return " | ".join(kinds)


def _fields(schema: dict) -> list[dict]:
    """The fields of an object schema, for a table."""
    required = schema.get("required", [])
    return [
        {"name": name, "type": _type(each), "required": name in required, "description": each.get("description", "")}
        for name, each in schema.get("properties", {}).items()
    ]


def _operations(spec: dict) -> dict[str, list[dict]]:
    """The operations by their tag, each with what its entry on the page shows."""
    groups = defaultdict(list)
    for path, methods in spec["paths"].items():
        for method, each in methods.items():
            content = next(iter(each.get("requestBody", {}).get("content", {}).items()), (None, {}))
            success = next(iter(each["responses"].items()))
            answers = next(iter(success[1].get("content", {}).values()), {}).get("schema", {})
            groups[each["tags"][0]].append(each | {
                "method": method.upper(), "path": path, "status": success[0], "media": content[0],
                "body": _type(content[1]["schema"]) if content[1] else None, "answers": _answers(answers),
                "problems": [code for code in each["responses"] if code >= "400"],
                "parameters": [one | {"type": _type(one["schema"])} for one in each["parameters"]],
            })
    return dict(sorted(groups.items()))


def _answers(schema: dict) -> str | None:
    if "items" in schema.get("properties", {}):
        return _type(schema["properties"]["items"])
    return _type(schema) if schema else None


@docs.get("/api/docs")
def reference():
    """The reference: operations by resource, then the shapes they take and answer."""
    spec = description()
    shapes = {
        name: {"description": schema.get("description", ""), "fields": _fields(schema),
               "kinds": [_type(each) for each in schema.get("anyOf", []) if "$ref" in each]}
        for name, schema in sorted(spec["components"]["schemas"].items())
    }
    return render_template("api/docs.html", info=spec["info"], groups=_operations(spec), shapes=shapes)
