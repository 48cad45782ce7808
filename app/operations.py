"""Is it alive, is it ready, how is it doing: for load balancers and monitoring."""

import time
from ipaddress import ip_address

from flask import Blueprint, Response, abort, current_app, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

from app import jobs, schema
from app.extensions import db
from app.people.sessions import person_of_token
from app.web import public

operations = Blueprint("operations", __name__)
REQUESTS = Counter("quarterdeck_requests", "Requests answered", ["endpoint", "method", "status"])
SECONDS = Histogram("quarterdeck_request_seconds", "Time to answer, in seconds", ["endpoint"])


@operations.before_app_request
def start_clock() -> None:
    g.started = time.perf_counter()


@operations.after_app_request
def count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    REQUESTS.labels(endpoint, request.method, response.status_code).inc()
    if "started" in g:
        SECONDS.labels(endpoint).observe(time.perf_counter() - g.started)
    return response


@operations.get("/healthz")
@public
def alive():
    """The process answers."""
    return jsonify(status="ok")


def _database() -> None:
    schema.check(db.engine)


def _storage() -> None:
    current_app.extensions["store"].check()


@operations.get("/readyz")
@public
def ready():
    """Database, queue and storage answer; else 503 and which does not."""
    parts = {}
    for name, check in (("database", _database), ("queue", jobs.check), ("storage", _storage)):
        try:
            check()
            parts[name] = "ok"
        except Exception as error:
            current_app.logger.warning("%s is not ready: %s", name, error)
            parts[name] = "failed"
    failed = sorted(name for name, state in parts.items() if state != "ok")
    return jsonify(status="failed" if failed else "ok", failed=failed, **parts), 503 if failed else 200


@operations.get("/metrics")
@public
def metrics():
    """Prometheus figures, for an admin's token or from this machine itself."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    person = person_of_token(token) if scheme.lower() == "bearer" else None
    # Behind a proxy everything seems to come from this machine, so only a direct call counts as local.
    is_direct = "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers
    is_local = is_direct and ip_address(request.remote_addr or "0.0.0.0").is_loopback
    if not is_local and not (person and person.is_admin):
        abort(403)
    return Response(generate_latest(), mimetype=CONTENT_TYPE_LATEST)
