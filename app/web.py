"""What every route shares: login by default, a page or its fragment, keyed paging, headers, readable errors."""

import json
import logging
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy import Select
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import IntegerConverter

from app.access import LARGEST_KEY
from app.activity.delivery import rollback
from app.api.problems import problem
from app.assets.store import StoreError
from app.assets.uploads import as_http, form_limit
from app.built import BuiltFiles
from app.db import only_reading, set_only_reading
from app.extensions import csrf, db
from app.people.sessions import speaks_tokens

log = logging.getLogger(__name__)
PAGE_SIZE = 20
MEGABYTE = 1024 * 1024
RAW_MAIL = "message/rfc822"
"""The type of a message that is the whole body of a request to the API."""
RAW_MAIL_LIMIT = 128 * MEGABYTE
LONGEST_RETURN = 2000
"""Characters of an address that is come back to after signing in: quoted once more it must fit into one itself."""
JSON_LIMIT = 4 * MEGABYTE
"""Bytes of one request to the API that brings no file."""
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self' ws: wss:; media-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def public(view):
    """Mark a view that needs no sign-in; every other one does."""
    view.is_public = True
    return view


def without_form_token(view):
    """Mark a view that takes posts from elsewhere than our pages: what it is sent carries its own proof."""
    view.needs_no_form_token = True
    return view


def streaming(view):
    """Mark a view that reads the body of its request itself, however long it is, and then calls `received()`."""
    view.is_streaming = True
    return view


@dataclass
class Page:
    """Some rows of a list that is paged by key, and the key to go on from."""

    items: list
    next: int | None


def paged(query: Select, key, *, before: int | None = None, limit: int = PAGE_SIZE) -> Page:
    """The first `limit` rows of `query` whose `key` is below `before`, newest first, never by offset."""
    if before is not None:
        query = query.where(key < before)
    rows = list(db.session.scalars(query.order_by(key.desc()).limit(limit + 1)))
    more = len(rows) > limit
    return Page(rows[:limit], getattr(rows[limit - 1], key.key) if more else None)


def whole_number(values, name: str) -> int | None:
    """A key or a count among the arguments or fields of a request; None when it is missing or none of ours."""
    found = values.get(name, type=int)
    return found if found is not None and 0 <= found <= LARGEST_KEY else None


def moment_read(text: str) -> datetime:
    """A moment as `isoformat` wrote it into an address. Raises ValueError for one without a zone or out of reach."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise ValueError(text) from None


def before_argument() -> int | None:
    """`?before=` of a paged page."""
    return whole_number(request.args, "before")


def is_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def page_of_fragment() -> str:
    """The path of the page a fragment is for, as htmx tells it; empty when it does not."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path


def done(message: str, target: str) -> Response:
    """After a plain form: say what happened and go on. htmx follows the same way."""
    flash(message)
    if is_fragment():
        return Response(status=204, headers={"HX-Redirect": target})
    return redirect(target, code=303)


class KeyConverter(IntegerConverter):
    """Numbers in addresses are keys or page numbers: what no column holds leads nowhere."""

    def __init__(self, map, fixed_digits: int = 0, min=None, max=LARGEST_KEY, signed: bool = False) -> None:
        super().__init__(map, fixed_digits, min, max, signed)


def init_app(app: Flask) -> None:
    """Attach the guards, headers and error pages."""
    app.url_map.converters["int"] = KeyConverter
    app.before_request(_open_door)
    app.after_request(_add_headers)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _http_error)
    app.register_error_handler(StoreError, _store_error)
    app.wsgi_app = files = BuiltFiles(app.wsgi_app, Path(app.static_folder) / "built")
    app.add_template_global(_asset_urls(files), "asset_url")


def is_api() -> bool:
    """Whether the request is for the REST API, which speaks JSON and knows tokens only."""
    return speaks_tokens(request.path)


def _open_door():
    """Know the person, then receive the body, and only then let a transaction take the write lock.

    A slow or huge upload would otherwise keep every other writer waiting.
    """
    set_only_reading(True)
    view = current_app.view_functions.get(request.endpoint or "")
    is_public = view is None or getattr(view, "is_public", False) or request.endpoint.endswith("static")
    if not is_public and not current_user.is_authenticated:
        return _ask_to_sign_in()
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return None
    is_streaming = getattr(view, "is_streaming", False)
    if not is_api():
        if not getattr(view, "needs_no_form_token", False):
            _check_form_token()
    elif not is_streaming:
        is_upload = request.mimetype == "multipart/form-data"
        raw_limit = min(RAW_MAIL_LIMIT, form_limit()) if request.mimetype == RAW_MAIL else JSON_LIMIT
        request.max_content_length = form_limit() + MEGABYTE if is_upload else raw_limit
        request.get_data(parse_form_data=True)
    if not is_streaming:
        received()
    return None


def received() -> None:
    """The body of the request is here: from now on a transaction may take the write lock."""
    db.session.commit()
    set_only_reading(False)


def _check_form_token() -> None:
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()


def _ask_to_sign_in():
    if is_api():
        abort(401)
    if is_fragment():
        here = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = f"{here.path}?{here.query}".rstrip("?") or None
        return Response(status=401, headers={"HX-Redirect": url_for("people.sign_in", next=back)})
    target = request.full_path.rstrip("?") if request.method == "GET" else _form_page()
    if len(target) > LONGEST_RETURN:
        target = "/"
    return redirect(url_for("people.sign_in", next=target if target != "/" else None))


def _form_page() -> str:
    """The page of ours that a form was sent from: there its draft waits."""
    page = urlsplit(request.referrer or "")
    return f"{page.path}?{page.query}".rstrip("?") if page.netloc == request.host and page.path else "/"


@contextmanager
def looking_first():
    """For routes that keep a file: check access without the write lock, and let go before the file is stored."""
    with only_reading():
        yield
        db.session.commit()


def without_idle_retry(response: Response) -> Response:
    """`Retry-After` tells when to come back; the limiter puts it on every answer."""
    if response.status_code not in (429, 503):
        response.headers.pop("Retry-After", None)
    return response


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if "Cache-Control" not in response.headers and not (request.endpoint or "").endswith("static"):
        response.headers["Cache-Control"] = "no-store" if current_user.is_authenticated else "no-cache"
    return response


ERRORS = {
    400: lambda: (_("That could not be read"), _("The form was incomplete or too old. Go back and try again.")),
    403: lambda: (_("You may look, but not change this"), _("Ask an owner of this space if you need to.")),
    404: lambda: (_("Nothing here that you can see"), _("It may be gone, or in a space you are not in.")),
    413: lambda: (_("That file is too large"), _("Files may have up to %(size)s MB.",
                                                 size=form_limit() // 1024**2)),
    500: lambda: (_("Something broke on our side"), _("It has been written down. What you sent before this is saved.")),
    429: lambda: (_("Too many tries"), _("Wait a minute, then try again.")),
}


# Of these whoever stopped the request may know more than we.
OWN_WORDS = {400, 413}


def _http_error(error: HTTPException):
    rollback()
    if error.response is not None:
        return error.response
    if is_api():
        return problem(error)
    title, text = ERRORS.get(error.code, lambda: (error.name, error.description))()
    if error.code in OWN_WORDS and error.description != type(error).description:
        text = error.description
    if is_fragment() or request.headers.get("Accept", "").startswith("application/json"):
        return Response(json.dumps({"error": str(title), "detail": str(text)}), error.code,
                        mimetype="application/json", headers=error.get_headers() and {})
    html = render_template("layouts/error.html", code=error.code, title=title, text=text)
    response = Response(html, error.code)
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    return response


def _store_error(error: StoreError):
    log.error("the store could not serve %s: %s", request.path, error)
    return _http_error(as_http(error))


def _asset_urls(files: BuiltFiles):
    """The addresses of built files, each looked up once."""

    @cache
    def asset_url(name: str) -> str:
        """The address of a built file, with its content hash, so that browsers keep it for good."""
        return url_for("static", filename=f"built/{name}", v=files.versions().get(name))

    return asset_url
