"""Every error of the REST API as `application/problem+json` (RFC 9457), with what is wrong with each field."""

import json

from flask import Response
from flask_babel import gettext as _
from werkzeug.exceptions import Conflict, HTTPException, PreconditionFailed, UnprocessableEntity

from app.assets.uploads import form_limit

MEDIA_TYPE = "application/problem+json"
BODY = "body"
"""Under this name stands what is wrong with a body as a whole."""


class Invalid(UnprocessableEntity):
    """What was sent cannot be accepted; `errors` says why, a list of sentences for each field."""

    def __init__(self, errors: dict) -> None:
        super().__init__()
        self.errors = dict(_flat(errors))


class Taken(Conflict):
    """Somebody else was first, or the thing is not in a state for this."""


class Stale(PreconditionFailed):
    """It changed since the caller read it."""


def _flat(errors, path: str = ""):
    """`{"metrics": {"cost": ["…"]}}` as `("metrics.cost", ["…"])`."""
    if isinstance(errors, dict):
        for name, inner in errors.items():
            here = path if name == "_schema" else f"{path}.{name}" if path else str(name)
            yield from _flat(inner, here)
    else:
        yield path or BODY, [str(each) for each in (errors if isinstance(errors, list) else [errors])]


def _detail(error: HTTPException) -> str:
    """What happened and what to do, in the reader's language."""
    sentences = {
        401: lambda: _("Send “Authorization: Bearer” and a token that is valid; tokens are made in the settings."),
        403: lambda: _("You can see this, but you may not do that."),
        404: lambda: _("There is nothing here that you can see."),
        405: lambda: _("This address does not know that method; “Allow” names those it does."),
        409: lambda: _("Somebody else was first. Read it again, then decide."),
        412: lambda: _("It changed since you read it. Read it again, then repeat your change."),
        413: lambda: _("That is too much: files may have up to %(size)d MB, everything else up to 4.",
                       size=form_limit() // 1024**2),
        422: lambda: _("Something in it cannot be accepted; “errors” says what."),
        429: lambda: _("Too many requests. Wait as long as “Retry-After” says."),
        500: lambda: _("Something broke on our side. It has been written down."),
    }
    # A sentence given by whoever stopped the request says more than ours.
    own = error.description if error.description != type(error).description and error.code not in (429, 500) else None
    return str(own or sentences.get(error.code, lambda: error.description or "")())


def problem(error: HTTPException) -> Response:
    """The answer for an error, with the headers the error brings."""
    body = {"type": "about:blank", "title": error.name, "status": error.code, "detail": _detail(error)}
    if isinstance(error, Invalid):
        body["errors"] = error.errors
    response = Response(json.dumps(body), error.code, mimetype=MEDIA_TYPE)
    for name, value in error.get_headers():
        if name != "Content-Type":
            response.headers[name] = value
    if error.code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Quarterdeck"'
    if error.code == 413:
        response.headers["Connection"] = "close"
    return response
